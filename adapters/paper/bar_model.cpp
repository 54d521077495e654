#include "paper/bar_model.hpp"

#include <algorithm>

namespace grekko::paper {
namespace {

Direction direction(const Order& order) {
    return order.buys() ? Direction::buy : Direction::sell;
}

bool immediate(const Order& order) {
    return order.request.time_in_force == GREKKO_IOC || order.request.time_in_force == GREKKO_FOK;
}

bool is_take(const Order& order) {
    return order.request.type == GREKKO_TAKE_PROFIT ||
           order.request.type == GREKKO_TAKE_PROFIT_LIMIT;
}

} // namespace

BarModel::BarModel(Desk& desk) : desk_{desk} {
    for (std::size_t i = 0; i < desk.places(); ++i)
        tracks_.emplace_back(desk.place(i).rules.sigma_day);
}

void BarModel::record(const grekko_market_head& head) {
    if (head.kind != GREKKO_MARKET_BAR) return;
    const std::size_t listing = desk_.find_place(head.instrument);
    if (listing < tracks_.size()) bar(listing, reinterpret_cast<const grekko_bar&>(head));
}

// Fills use the finest interval on the tape: a coarser bar of the same hours is not looked at.
void BarModel::bar(std::size_t listing, const grekko_bar& bar) {
    Track& track = tracks_[listing];
    if (track.any && bar.interval > track.bar.interval) return;
    if (track.any && bar.head.exchange_at < track.end() && bar.interval == track.bar.interval)
        return; // seen before
    const bool gap = track.any && (bar.missing > 0 || bar.head.exchange_at > track.end());
    if (track.any) track.statistics.bar(track.bar);
    track.range_before = track.any ? track.prices().range() : Decimal{};
    track.any = true;
    track.bar = bar;
    const Listing& rules = desk_.place(listing).rules;
    const Decimal share = multiply(bar.volume, desk_.config().bar_share, Round::down);
    const Decimal units = divide(share, rules.contract_size, Round::down);
    track.left[GREKKO_BUY] = track.left[GREKKO_SELL] = round_to(units, rules.lot, Round::down);
    open_bar(listing, gap);
}

// Orders that wait for a market first, in order of arrival; then those that the bar may reach:
// stops before limits, entries before what hangs on them.
void BarModel::open_bar(std::size_t listing, bool gap) {
    const std::set<std::uint64_t> open = desk_.place(listing).open;
    const grekko_time at = tracks_[listing].bar.head.exchange_at;
    for (const std::uint64_t number : open) {
        Order* order = desk_.orders().by_number(number);
        if (order == nullptr || order->phase != Phase::pending) continue;
        if (gap && !order->has_limit() && !order->triggered) {
            desk_.cancel(*order, at, GREKKO_REJECT_NO_MARKET, "the tape has a gap");
        } else {
            at_open(*order, at);
        }
    }
    for (const int pass : {0, 1, 2, 3}) { // stops, limits, stops on entries of this bar, rest
        for (const std::uint64_t number : open) {
            Order* order = desk_.orders().by_number(number);
            if (order == nullptr || !order->open()) continue;
            const bool stop = order->phase == Phase::waiting && !is_take(*order);
            const bool hangs = desk_.entry_of(*order) != nullptr;
            if ((pass == 0 || pass == 2) == stop && (pass > 1) == hangs)
                within(*order);
        }
    }
    for (const std::uint64_t number : open) {
        Order* order = desk_.orders().by_number(number);
        if (order != nullptr && order->phase == Phase::waiting) trail(*order, false);
    }
}

grekko_duration BarModel::tolerance(const Track& track) const {
    return std::min(desk_.config().open_tolerance, track.bar.interval / 10);
}

Decimal BarModel::last_price(std::size_t listing) const {
    const Track& track = tracks_[listing];
    return track.any ? Decimal{track.bar.open} : Decimal{};
}

Decimal BarModel::opening_price(const Order& order, Decimal quantity) const {
    const Track& track = tracks_[order.listing];
    const Listing& rules = desk_.place(order.listing).rules;
    const Decimal open{track.bar.open};
    const Decimal stop{order.request.trigger};
    if (!order.is_stop_type() && stop.is_positive()) {
        const Decimal slip = multiply(track.range_before, desk_.config().bar_stop_slip, Round::up);
        return worse(direction(order), order.buys() ? std::max(open, stop) : std::min(open, stop),
                     half_spread(rules, open) + slip, rules.tick);
    }
    const Decimal share = track.statistics.impact(
        desk_.config().impact, multiply(quantity, rules.contract_size, Round::up),
        track.bar.head.exchange_at);
    return worse(direction(order), open,
                 half_spread(rules, open) + multiply(open, share, Round::up), rules.tick);
}

Decimal BarModel::available(const Order& order, Decimal wanted) const {
    return std::min(wanted, tracks_[order.listing].left[order.request.side]);
}

Refusal BarModel::check(std::size_t listing, const grekko_request& request, grekko_time at) const {
    const Track& track = tracks_[listing];
    const bool market = request.type == GREKKO_MARKET;
    const bool over = !track.any || at > track.end() + tolerance(track);
    if (market && over) return {GREKKO_REJECT_NO_MARKET, "no bar at this time"};
    if (!track.any || at > track.bar.head.exchange_at + tolerance(track)) return {};
    const Decimal open{track.bar.open};
    const bool buy = request.side == GREKKO_BUY;
    if ((request.flags & GREKKO_ORDER_POST_ONLY) != 0) {
        const Decimal limit{request.limit};
        if (buy ? limit > open : limit < open)
            return {GREKKO_REJECT_POST_ONLY_WOULD_TAKE, "the bar opened through the limit"};
    }
    const bool up = (request.type == GREKKO_STOP || request.type == GREKKO_STOP_LIMIT) == buy;
    if (request.type >= GREKKO_STOP && request.type <= GREKKO_TAKE_PROFIT_LIMIT) {
        const Decimal trigger{request.trigger};
        if (up ? open >= trigger : open <= trigger)
            return {GREKKO_REJECT_WOULD_TRIGGER_IMMEDIATELY, "the bar opened beyond the trigger"};
    }
    return {};
}

void BarModel::work(Order& order, grekko_time at) {
    const Track& track = tracks_[order.listing];
    order.phase = order.is_stop_type() && !order.triggered ? Phase::waiting : Phase::pending;
    order.fresh = true;
    const bool near = track.any && !desk_.config().next_opening &&
                      at <= track.bar.head.exchange_at + tolerance(track);
    if (near && order.phase == Phase::pending) at_open(order, at);
    if (near && order.open()) {
        within(order);
        if (order.phase == Phase::waiting) trail(order, true);
    } else if (order.phase == Phase::pending) {
        wait_for_open(order, at);
    }
}

// The next bar should open where this one ends; where none does, there is no market.
void BarModel::wait_for_open(Order& order, grekko_time at) {
    const Track& track = tracks_[order.listing];
    desk_.agenda().remove(order.event);
    order.event = 0;
    if (order.has_limit() && !immediate(order)) return; // it may wait for any time
    if (order.triggered || !track.any) return;          // a stop fills at the first open there is
    Entry entry;
    entry.kind = Happening::no_market;
    entry.at = std::max(at, track.end() + tolerance(track));
    entry.due = std::max(entry.at + order.response, order.last_due);
    entry.order = order.number;
    order.event = desk_.agenda().add(entry);
}

// Market and marketable: the open with its costs. What is left of an immediate order goes, of a
// limit order rests, of a market order waits for the next bar.
void BarModel::at_open(Order& order, grekko_time at) {
    desk_.agenda().remove(order.event);
    order.event = 0;
    Track& track = tracks_[order.listing];
    const Decimal wanted = order.rest();
    const Decimal quantity = available(order, wanted);
    const Decimal price = opening_price(order, quantity);
    const Decimal limit = order.limit();
    const bool within_limit =
        !order.has_limit() || (order.buys() ? price <= limit : price >= limit);
    const bool whole = order.request.time_in_force != GREKKO_FOK || quantity >= wanted;
    const bool takes = within_limit && whole && !order.has(GREKKO_ORDER_POST_ONLY);
    order.fresh = false;
    if (takes && quantity.is_positive()) {
        track.left[order.request.side] -= desk_.fill(order, price, quantity, Liquidity::taker, at);
    }
    if (!order.open()) return;
    if (immediate(order)) {
        desk_.cancel(order, at, GREKKO_REJECT_NONE, "immediate: the rest is cancelled");
    } else if (order.has_limit()) {
        desk_.rest(order, {});
    } else {
        wait_for_open(order, at);
    }
}

bool BarModel::scheduled(const Order& order) const {
    const Entry* entry = desk_.agenda().find(order.event);
    return entry != nullptr && entry->kind == Happening::bar_fill;
}

// A protective order has nothing to do while its entry is open and nothing is held; the take
// profit of an entry is not looked at on the bar that fills it.
bool BarModel::dormant(const Order& order) {
    const Order* entry = desk_.entry_of(order);
    if (entry == nullptr || entry->filled.is_positive()) return false;
    const bool stop = order.phase == Phase::waiting && !is_take(order);
    return !(stop && scheduled(*entry));
}

void BarModel::within(Order& order) {
    if (scheduled(order) || dormant(order)) return;
    if (const Order* other = desk_.linked(order);
        other != nullptr && Desk::one_cancels_other(order, *other) && scheduled(*other))
        return; // the stop of the pair
    if (order.phase == Phase::waiting) {
        stop_within(order);
    } else if (order.phase == Phase::resting) {
        limit_within(order);
    }
}

void BarModel::limit_within(Order& order) {
    const Track& track = tracks_[order.listing];
    const Listing& rules = desk_.place(order).rules;
    const auto price = limit_fill(direction(order), track.prices(), order.limit(), rules.tick);
    if (price) schedule(order, *price, Liquidity::maker, false);
}

void BarModel::stop_within(Order& order) {
    const Track& track = tracks_[order.listing];
    const Listing& rules = desk_.place(order).rules;
    if (order.request.type == GREKKO_TRAILING_STOP && order.extreme.is_zero()) trail(order, true);
    const Decimal trigger = order.trigger_price();
    const Decimal half = half_spread(rules, track.bar.open);
    const Decimal slip = desk_.config().bar_stop_slip;
    const Direction side = direction(order);
    const auto price = is_take(order)
                           ? take_fill(side, track.prices(), trigger, half, slip, rules.tick)
                           : stop_fill(side, track.prices(), trigger, half, slip, rules.tick);
    if (!price) return;
    if (!order.has_limit()) return schedule(order, *price, Liquidity::taker, true);
    const Decimal limit = order.limit();
    if (order.buys() ? *price <= limit : *price >= limit)
        return schedule(order, *price, Liquidity::taker, true);
    // Triggered beyond its limit: it rests there. A take profit that the bar goes on through fills.
    const bool through = is_take(order) && limit_fill(side, track.prices(), limit, rules.tick);
    schedule(order, through ? limit : Decimal{}, Liquidity::maker, true);
}

// Extremes up to the previous bar: the level for this bar is set before its own extreme counts.
void BarModel::trail(Order& order, bool start) {
    if (order.request.type != GREKKO_TRAILING_STOP) return;
    const Track& track = tracks_[order.listing];
    const Decimal reached = start          ? Decimal{track.bar.open}
                            : order.buys() ? Decimal{track.bar.low}
                                           : Decimal{track.bar.high};
    if (order.extreme.is_zero()) {
        order.extreme = reached;
    } else {
        order.extreme =
            order.buys() ? std::min(order.extreme, reached) : std::max(order.extreme, reached);
    }
    order.stop = trailing_level(direction(order), order.extreme, order.request.trail,
                                desk_.place(order).rules.tick);
}

// Price zero: it triggers and then rests. The bar's share is taken now, the fill happens at the
// close, when the bar can be seen.
void BarModel::schedule(Order& order, Decimal price, Liquidity liquidity, bool triggers) {
    Track& track = tracks_[order.listing];
    Decimal quantity;
    if (price.is_positive()) {
        const Order* entry = desk_.entry_of(order);
        const Entry* filling = entry == nullptr ? nullptr : desk_.agenda().find(entry->event);
        quantity = available(order, order.rest());
        if (filling != nullptr && entry->filled.is_zero())
            quantity = std::min(quantity, filling->quantity);
        track.left[order.request.side] -= quantity;
    }
    if (quantity.is_zero() && !triggers) return;
    desk_.agenda().remove(order.event);
    Entry entry;
    entry.kind = Happening::bar_fill;
    entry.at = track.end();
    entry.due = std::max(entry.at, order.last_due);
    entry.order = order.number;
    entry.price = price;
    entry.quantity = quantity;
    entry.liquidity = static_cast<std::uint8_t>(liquidity);
    entry.triggers = triggers;
    order.event = desk_.agenda().add(entry);
}

void BarModel::happen(const Entry& entry, Order& order) {
    order.event = 0;
    if (entry.kind == Happening::no_market)
        return desk_.cancel(order, entry.at, GREKKO_REJECT_NO_MARKET, "no bar opened in time");
    if (entry.triggers) desk_.trigger(order, entry.at);
    if (entry.quantity.is_positive() && order.open()) {
        const auto liquidity = static_cast<Liquidity>(entry.liquidity);
        (void)desk_.fill(order, entry.price, entry.quantity, liquidity, entry.at);
    }
    if (!order.open() || !entry.triggers) return;
    if (immediate(order))
        return desk_.cancel(order, entry.at, GREKKO_REJECT_NONE,
                            "immediate: the rest is cancelled");
    if (order.has_limit()) desk_.rest(order, {}); // a market order's rest stays pending
}

} // namespace grekko::paper
