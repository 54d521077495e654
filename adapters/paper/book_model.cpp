#include "paper/book_model.hpp"

#include "paper/bar_rules.hpp"
#include "paper/queue.hpp"

#include <algorithm>

namespace grekko::paper {
namespace {

bool immediate(const Order& order) {
    return order.request.time_in_force == GREKKO_IOC || order.request.time_in_force == GREKKO_FOK;
}

// Stops of buyers and take profits of sellers wait for a rising price.
bool fires_upward(const Order& order) {
    const bool take =
        order.request.type == GREKKO_TAKE_PROFIT || order.request.type == GREKKO_TAKE_PROFIT_LIMIT;
    return order.buys() != take;
}

// Calls visit(price, level) over the levels an order can take, best first, while it says true.
template <class Visit>
void walk(const ShownBook& book, bool buys, Visit visit) {
    if (buys) {
        for (const auto& [price, level] : book.asks()) {
            if (!visit(price, level)) return;
        }
    } else {
        for (const auto& [price, level] : book.bids()) {
            if (!visit(price, level)) return;
        }
    }
}

} // namespace

BookModel::BookModel(Desk& desk) : desk_{desk} {
    for (std::size_t i = 0; i < desk.places(); ++i)
        tracks_.emplace_back(desk.place(i).rules.sigma_day);
}

void BookModel::record(const grekko_market_head& head) {
    const std::size_t listing = desk_.find_place(head.instrument);
    if (listing >= tracks_.size()) return;
    Track& track = tracks_[listing];
    const grekko_time at = head.received_at;
    switch (head.kind) {
    case GREKKO_MARKET_TRADE: return trade(listing, reinterpret_cast<const grekko_trade&>(head));
    case GREKKO_MARKET_QUOTE:
        changed(listing, track.book.quote(reinterpret_cast<const grekko_quote&>(head)), at);
        return;
    case GREKKO_MARKET_BOOK_RESET: return track.book.reset();
    case GREKKO_MARKET_BOOK_LEVEL:
        return track.book.level(reinterpret_cast<const grekko_book_level&>(head));
    case GREKKO_MARKET_BOOK_COMMIT: return changed(listing, track.book.commit(), at);
    case GREKKO_MARKET_GAP: return track.book.lost();
    case GREKKO_MARKET_BAR: // of a warm-up, before the first trade: volume and volatility
        if (track.last_trade.is_zero())
            track.statistics.bar(reinterpret_cast<const grekko_bar&>(head));
        return;
    default: return;
    }
}

Decimal BookModel::last_price(std::size_t listing) const {
    const Decimal mid = tracks_[listing].book.mid();
    return mid.is_positive() ? mid : tracks_[listing].last_trade;
}

Refusal BookModel::check(std::size_t listing, const grekko_request& request) const {
    const Track& track = tracks_[listing];
    const bool buy = request.side == GREKKO_BUY;
    const Decimal touch = buy ? track.book.best_ask() : track.book.best_bid();
    if (request.type == GREKKO_MARKET && !touch.is_positive())
        return {GREKKO_REJECT_NO_MARKET, "the other side of the book is empty"};
    if ((request.flags & GREKKO_ORDER_POST_ONLY) != 0 && touch.is_positive()) {
        const Decimal limit{request.limit};
        if (buy ? limit >= touch : limit <= touch)
            return {GREKKO_REJECT_POST_ONLY_WOULD_TAKE, "the limit would take"};
    }
    const Decimal last = track.last_trade.is_positive() ? track.last_trade : track.book.mid();
    if (request.type < GREKKO_STOP || request.type > GREKKO_TAKE_PROFIT_LIMIT) return {};
    const bool stop = request.type == GREKKO_STOP || request.type == GREKKO_STOP_LIMIT;
    const Decimal trigger{request.trigger};
    if (last.is_positive() && (stop == buy ? last >= trigger : last <= trigger))
        return {GREKKO_REJECT_WOULD_TRIGGER_IMMEDIATELY, "the last trade is beyond the trigger"};
    return {};
}

void BookModel::work(Order& order, grekko_time at) {
    if (order.is_stop_type() && !order.triggered) return wait(order);
    order.phase = Phase::pending;
    order.fresh = false;
    const Taking taking = plan(order, at);
    const bool whole = order.request.time_in_force != GREKKO_FOK || taking.quantity >= order.rest();
    if (whole && taking.quantity.is_positive() && !order.has(GREKKO_ORDER_POST_ONLY))
        take(order, taking, at);
    if (order.open()) settle_rest(order, at);
}

void BookModel::settle_rest(Order& order, grekko_time at) {
    if (!order.has_limit())
        return desk_.cancel(order, at, GREKKO_REJECT_NO_MARKET, "the book shows no more");
    if (immediate(order))
        return desk_.cancel(order, at, GREKKO_REJECT_NONE, "immediate: the rest is cancelled");
    const Decimal level = tracks_[order.listing].book.shown(order.request.side, order.limit());
    if (!credible(order, level, at)) order.not_credible = true;
    order.peak_left = order.request.shown;
    desk_.rest(order, level);
}

bool BookModel::credible(const Order& order, Decimal level, grekko_time at) const {
    const Decimal share = desk_.config().credible_share;
    const Decimal recent = tracks_[order.listing].statistics.volume_5min(at);
    const bool of_level =
        !level.is_positive() || order.rest() <= multiply(level, share, Round::down);
    const bool of_volume =
        !recent.is_positive() || order.rest() <= multiply(recent, share, Round::down);
    return of_level && of_volume;
}

// ---- Taking --------------------------------------------------------------------------------

Decimal BookModel::reachable(const Order& order, Decimal wanted) const {
    Decimal sum;
    const Decimal limit = order.limit();
    walk(tracks_[order.listing].book, order.buys(), [&](Decimal price, const ShownLevel& level) {
        const bool beyond = limit.is_positive() && (order.buys() ? price > limit : price < limit);
        if (!beyond) sum += level.left();
        return !beyond && sum < wanted;
    });
    return std::min(sum, wanted);
}

Decimal BookModel::natural_value(const Order& order, Decimal quantity) const {
    Decimal value;
    walk(tracks_[order.listing].book, order.buys(), [&](Decimal price, const ShownLevel& level) {
        const Decimal part = std::min(level.left(), quantity);
        value += multiply(price, part, Round::half_even);
        quantity -= part;
        return quantity.is_positive();
    });
    return value;
}

// The mean price is never better than M ± (½ spread + c·σ·√(q/V)). Where the limit does not bear
// that for the whole quantity, only the part is taken for which it does.
BookModel::Taking BookModel::plan(const Order& order, grekko_time at) const {
    const Track& track = tracks_[order.listing];
    const Listing& rules = desk_.place(order.listing).rules;
    const Decimal mid = track.book.mid();
    Taking taking{round_to(reachable(order, order.rest()), rules.lot, Round::down), {}};
    if (!mid.is_positive() || !taking.quantity.is_positive()) return taking;
    const Decimal half =
        multiply(track.book.best_ask() - track.book.best_bid(), 0.5_dec, Round::up);
    const Decimal factor = desk_.config().impact;
    const Decimal limit = order.limit();
    if (limit.is_positive()) {
        const Decimal room = (order.buys() ? limit - mid : mid - limit) - half;
        const Decimal most =
            track.statistics.quantity_within(factor, divide(room, mid, Round::down), at);
        taking.quantity =
            std::min(taking.quantity, round_to(divide(most, rules.contract_size, Round::down),
                                               rules.lot, Round::down));
        if (!taking.quantity.is_positive()) return taking;
    }
    const Decimal share = track.statistics.impact(
        factor, multiply(taking.quantity, rules.contract_size, Round::up), at);
    const Decimal cost = half + multiply(mid, share, Round::up);
    const Decimal bound = order.buys()
                              ? round_to(mid + cost, rules.tick, Round::up)
                              : std::max(round_to(mid - cost, rules.tick, Round::down), rules.tick);
    const Decimal natural = natural_value(order, taking.quantity);
    const Decimal least = multiply(bound, taking.quantity, Round::half_even);
    if (order.buys() ? natural < least : natural > least) taking.floor = bound;
    return taking;
}

void BookModel::take(Order& order, const Taking& taking, grekko_time at) {
    Track& track = tracks_[order.listing];
    Decimal left = taking.quantity;
    std::vector<std::pair<Decimal, Decimal>> parts;
    walk(track.book, order.buys(), [&](Decimal price, const ShownLevel& level) {
        const Decimal part = std::min(level.left(), left);
        if (parts.empty() && !credible(order, level.shown, at)) order.not_credible = true;
        if (part.is_positive()) parts.emplace_back(price, part);
        left -= part;
        return left.is_positive();
    });
    const grekko_side from = order.buys() ? GREKKO_SELL : GREKKO_BUY;
    for (const auto& [price, part] : parts) {
        if (!order.open()) return;
        Decimal paid = price;
        if (taking.floor.is_positive())
            paid = order.buys() ? std::max(price, taking.floor) : std::min(price, taking.floor);
        const Decimal done = desk_.fill(order, paid, part, Liquidity::taker, at);
        track.book.take(from, price, done);
    }
}

// ---- Resting -------------------------------------------------------------------------------

void BookModel::trade(std::size_t listing, const grekko_trade& trade) {
    Track& track = tracks_[listing];
    const grekko_time at = trade.head.received_at;
    const Listing& rules = desk_.place(listing).rules;
    track.statistics.traded(at, multiply(trade.quantity, rules.contract_size, Round::half_even));
    track.last_trade = trade.price;
    if (trade.head.flags != GREKKO_BUY) queue_trades(listing, book::Side::buy, trade);
    if (trade.head.flags != GREKKO_SELL) queue_trades(listing, book::Side::sell, trade);
    if (trade.head.flags == GREKKO_BUY || trade.head.flags == GREKKO_SELL)
        track.book.traded(trade.head.flags, trade.price, trade.quantity);
    fill_beyond(listing, book::Side::buy, trade.price, at);
    fill_beyond(listing, book::Side::sell, trade.price, at);
    set_off(listing, trade.price, at);
    follow(listing, trade.price);
}

// At exactly our price: the queue decides. Several own orders share what the trade brings.
void BookModel::queue_trades(std::size_t listing, book::Side side, const grekko_trade& trade) {
    Desk::Place& place = desk_.place(listing);
    const Decimal price{trade.price};
    if (!is_multiple(price, place.rules.tick)) return;
    const sdk::Int128 tick = price.raw() / place.rules.tick.raw();
    if (tick <= 0 || tick >= book::ticks_max) return;
    Decimal volume{trade.quantity};
    book::Handle handle = place.own.front(side, static_cast<book::Tick>(tick));
    while (handle != 0 && volume.is_positive()) {
        const book::Handle next = place.own.after(handle);
        Order& order = *desk_.orders().by_number(place.own.tag(handle));
        const QueueStep step = queue_trade(order.ahead, order.rest(), volume);
        order.ahead = step.ahead;
        if (step.fill.is_positive()) {
            volume -= step.fill;
            make(order, step.fill, trade.head.received_at);
        }
        handle = place.own.contains(next) ? next : 0;
    }
}

// An iceberg fills its shown part; the next part waits behind all that is shown now.
void BookModel::make(Order& order, Decimal quantity, grekko_time at) {
    quantity = round_to(quantity, desk_.place(order).rules.lot, Round::down);
    const Decimal peak{order.request.shown};
    if (peak.is_positive()) quantity = std::min(quantity, order.peak_left);
    if (!quantity.is_positive()) return;
    const Decimal done = desk_.fill(order, order.limit(), quantity, Liquidity::maker, at);
    if (!order.open() || !peak.is_positive()) return;
    order.peak_left -= done;
    if (order.peak_left.is_positive()) return;
    order.peak_left = std::min(peak, order.rest());
    desk_.rest(order, tracks_[order.listing].book.shown(order.request.side, order.limit()));
}

// A trade or an opposite touch beyond the price: whoever traded there would have met us first.
void BookModel::fill_beyond(std::size_t listing, book::Side side, Decimal price, grekko_time at) {
    Desk::Place& place = desk_.place(listing);
    const bool buy = side == book::Side::buy;
    for (;;) {
        const book::Tick best = place.own.best(side);
        const book::Handle handle = best == book::no_tick ? 0 : place.own.front(side, best);
        if (handle == 0) return;
        Order& order = *desk_.orders().by_number(place.own.tag(handle));
        if (buy ? order.limit() <= price : order.limit() >= price) return;
        (void)desk_.fill(order, order.limit(), order.rest(), Liquidity::maker, at);
        if (order.open()) return;
    }
}

void BookModel::changed(std::size_t listing, const std::vector<LevelChange>& changes,
                        grekko_time at) {
    Desk::Place& place = desk_.place(listing);
    const Config& config = desk_.config();
    for (const LevelChange& change : changes) {
        if (place.own.size() == 0) break;
        if (!is_multiple(change.price, place.rules.tick)) continue;
        const sdk::Int128 tick = change.price.raw() / place.rules.tick.raw();
        if (tick <= 0 || tick >= book::ticks_max) continue;
        const auto side = static_cast<book::Side>(change.side);
        book::Handle handle = place.own.front(side, static_cast<book::Tick>(tick));
        for (; handle != 0; handle = place.own.after(handle)) {
            Order& order = *desk_.orders().by_number(place.own.tag(handle));
            order.ahead = queue_level(config.queue, config.queue_power, order.ahead,
                                      change.before.shown, change.before.traded, change.after);
        }
    }
    touched(listing, at);
}

void BookModel::touched(std::size_t listing, grekko_time at) {
    Track& track = tracks_[listing];
    track.statistics.mid(at, track.book.mid());
    const Decimal ask = track.book.best_ask();
    const Decimal bid = track.book.best_bid();
    if (ask.is_positive()) fill_beyond(listing, book::Side::buy, ask, at);
    if (bid.is_positive()) fill_beyond(listing, book::Side::sell, bid, at);
    if (track.last_trade.is_zero() && track.book.two_sided()) { // a tape without trades
        set_off(listing, track.book.mid(), at);
        follow(listing, track.book.mid());
    }
}

// ---- Stops ---------------------------------------------------------------------------------

void BookModel::wait(Order& order) {
    Track& track = tracks_[order.listing];
    order.phase = Phase::waiting;
    forget_ended(order.listing);
    if (order.request.type == GREKKO_TRAILING_STOP) {
        const Decimal last = last_price(order.listing);
        std::erase(track.trailing, order.number);
        track.trailing.push_back(order.number);
        if (last.is_positive()) follow(order.listing, last);
    } else {
        auto& stops = fires_upward(order) ? track.up : track.down;
        stops.emplace(order.trigger_price(), order.number);
    }
}

// Stops that have ended or moved stay in the lists until these are twice what is open.
void BookModel::forget_ended(std::size_t listing) {
    Track& track = tracks_[listing];
    if (track.up.size() + track.down.size() < 2 * desk_.place(listing).open.size() + 64) return;
    const auto stale = [&](const auto& entry) { return !waits_at(entry.second, entry.first); };
    std::erase_if(track.up, stale);
    std::erase_if(track.down, stale);
}

bool BookModel::waits_at(std::uint64_t number, Decimal trigger) {
    const Order* order = desk_.orders().by_number(number);
    return order != nullptr && order->phase == Phase::waiting && order->trigger_price() == trigger;
}

// After the trade itself, by trigger price and arrival; what they then take sets off nothing more.
void BookModel::set_off(std::size_t listing, Decimal price, grekko_time at) {
    Track& track = tracks_[listing];
    std::vector<std::uint64_t> fired;
    while (!track.up.empty() && track.up.begin()->first <= price) {
        const auto first = track.up.begin();
        if (waits_at(first->second, first->first)) fired.push_back(first->second);
        track.up.erase(first);
    }
    while (!track.down.empty() && track.down.rbegin()->first >= price) {
        const auto first = track.down.lower_bound(track.down.rbegin()->first);
        if (waits_at(first->second, first->first)) fired.push_back(first->second);
        track.down.erase(first);
    }
    std::erase_if(track.trailing, [&](std::uint64_t number) {
        const Order* order = desk_.orders().by_number(number);
        if (order == nullptr || !order->open()) return true;
        if (order->stop.is_zero()) return false;
        const bool hit = order->buys() ? price >= order->stop : price <= order->stop;
        if (hit) fired.push_back(number);
        return hit;
    });
    for (const std::uint64_t number : fired) {
        Order* order = desk_.orders().by_number(number);
        if (order == nullptr || order->phase != Phase::waiting) continue;
        desk_.trigger(*order, at);
        if (order->open()) work(*order, at);
    }
}

// A trailing stop follows the best trade since it came and never goes back.
void BookModel::follow(std::size_t listing, Decimal price) {
    const Decimal tick = desk_.place(listing).rules.tick;
    for (const std::uint64_t number : tracks_[listing].trailing) {
        Order* order = desk_.orders().by_number(number);
        if (order == nullptr || !order->open()) continue;
        const bool better = order->extreme.is_zero() ||
                            (order->buys() ? price < order->extreme : price > order->extreme);
        if (!better) continue;
        order->extreme = price;
        const auto side = order->buys() ? Direction::buy : Direction::sell;
        order->stop = trailing_level(side, price, order->request.trail, tick);
    }
}

} // namespace grekko::paper
