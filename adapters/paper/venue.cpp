#include "paper/venue.hpp"

#include <algorithm>

namespace grekko::paper {
namespace {

constexpr std::size_t travelling_max = 1'000'000;
constexpr grekko_duration fills_told_for = 10 * minute; // in a snapshot, and 100 at least
constexpr std::size_t fills_told = 100;

double sigma_of(const Latency& latency) {
    if (latency.median <= 0 || latency.p99 <= latency.median) return 0;
    return log_normal_sigma(static_cast<double>(latency.median), static_cast<double>(latency.p99));
}

} // namespace

Venue::Venue(const Config& config)
    : config_{config},
      desk_{config},
      bars_{desk_},
      books_{desk_},
      entry_random_{config.seed, 1},
      response_random_{config.seed, 2},
      entry_sigma_{sigma_of(config.entry)},
      response_sigma_{sigma_of(config.response)} {
    for (const std::uint8_t kind : {GREKKO_REPORT_CONNECTED, GREKKO_REPORT_PRIVATE_RESTORED}) {
        grekko_report report{};
        report.kind = kind;
        desk_.send(report, 0);
    }
}

grekko_duration Venue::draw(Random& random, const Latency& latency, double sigma) {
    if (latency.median <= 0) return 0;
    if (sigma <= 0) return latency.median;
    const double drawn = random.log_normal(static_cast<double>(latency.median), sigma);
    return static_cast<grekko_duration>(std::min(drawn, 60e9));
}

Venue::Route& Venue::route(const grekko_request& request) {
    if (request.order == 0) {
        other_ = {0, draw(response_random_, config_.response, response_sigma_)};
        return other_;
    }
    const auto [found, made] = routes_.try_emplace(request.order);
    if (!made) return found->second;
    found->second.response = draw(response_random_, config_.response, response_sigma_);
    routes_made_.push_back(request.order);
    const std::size_t most = std::size_t{config_.open_orders_max} + config_.closed_orders_max;
    if (routes_made_.size() > most) {
        routes_.erase(routes_made_.front());
        routes_made_.pop_front();
    }
    return routes_[request.order];
}

grekko_status Venue::request(const grekko_request& request) {
    if (request.size < sizeof request || request.kind < GREKKO_REQUEST_PLACE ||
        request.kind > GREKKO_REQUEST_SNAPSHOT)
        return GREKKO_ERROR_INVALID;
    if (desk_.agenda().size() >= travelling_max) return GREKKO_ERROR_FULL;
    advance(request.at - 1);
    Route& way = route(request);
    Entry entry;
    entry.kind = Happening::arrival;
    entry.request = request;
    entry.at =
        std::max(request.at + draw(entry_random_, config_.entry, entry_sigma_), way.last_arrival);
    entry.due = entry.at + way.response;
    way.last_arrival = entry.at;
    desk_.agenda().add(entry);
    return GREKKO_OK;
}

void Venue::market(const grekko_market_head& record) {
    const bool bar = record.kind == GREKKO_MARKET_BAR;
    advance(bar ? record.exchange_at : record.received_at);
    desk_.set_cause({});
    if (record.venue != config_.venue) return; // another venue's: it tells the time and no more
    if (record.kind == GREKKO_MARKET_STATUS) {
        const std::size_t listing = desk_.find_place(record.instrument);
        if (listing < desk_.places())
            desk_.place(listing).status =
                reinterpret_cast<const grekko_status_change&>(record).status;
    } else if (config_.fill == FillModel::bars) {
        bars_.record(record);
    } else {
        books_.record(record);
    }
}

// What happens earlier happens first; at one time in the order in which it was arranged.
void Venue::advance(grekko_time now) {
    while (const std::optional<Entry> entry = desk_.agenda().take(now)) {
        const bool in_bar = entry->kind == Happening::bar_fill;
        desk_.set_cause({entry->due, in_bar});
        happen(*entry);
        desk_.set_cause({});
        if (desk_.outbox().next() <= entry->due) continue;
        // The host was told of a report at this time: it gets one, whatever has become of it.
        grekko_report clock{};
        clock.kind = GREKKO_REPORT_CLOCK;
        desk_.send(clock, entry->due);
    }
}

void Venue::happen(const Entry& entry) {
    if (entry.kind == Happening::arrival) return arrive(entry);
    Order* order = desk_.orders().by_number(entry.order);
    if (order == nullptr || !order->open()) return;
    if (entry.kind == Happening::expiry) {
        order->expiry = 0;
        desk_.expire(*order, entry.at);
    } else {
        bars_.happen(entry, *order);
    }
}

void Venue::arrive(const Entry& entry) {
    const grekko_duration response = entry.due - entry.at;
    switch (entry.request.kind) {
    case GREKKO_REQUEST_PLACE: return place(entry.request, entry.at, response);
    case GREKKO_REQUEST_CANCEL: return cancel(entry.request, entry.at, response);
    case GREKKO_REQUEST_REPLACE: return replace(entry.request, entry.at, response);
    case GREKKO_REQUEST_QUERY: return query(entry.request, entry.at, response);
    default: return snapshot(entry.request.expires_at, entry.at, response);
    }
}

grekko_time Venue::next_report() const {
    const grekko_time ready = const_cast<Desk&>(desk_).outbox().next();
    const auto coming = const_cast<Desk&>(desk_).agenda().next_due();
    return coming ? std::min(ready, *coming) : ready;
}

bool Venue::take_report(grekko_time now, grekko_report& report) {
    advance(now);
    return desk_.outbox().take(now, report);
}

Decimal Venue::last_price(std::size_t listing) const {
    return config_.fill == FillModel::bars ? bars_.last_price(listing) : books_.last_price(listing);
}

void Venue::work(Order& order, grekko_time at) {
    if (config_.fill == FillModel::bars) {
        bars_.work(order, at);
    } else {
        books_.work(order, at);
    }
}

void Venue::answer(std::uint8_t kind, const grekko_request& request, Refusal refusal,
                   grekko_time at, grekko_duration response) {
    grekko_report out{};
    out.kind = kind;
    out.reject = refusal.reason;
    out.instrument = request.instrument;
    out.order = request.order;
    out.exchange_at = at;
    write_text(out.client_id, read_text(request.client_id));
    write_text(out.text, refusal.text);
    desk_.send(out, at + response);
}

// ---- Place ---------------------------------------------------------------------------------

// An order that would meet an own one on the other side: a limit order any that it crosses, a
// market order those at the touch or better, since the tape's levels come before the others.
Refusal Venue::self_trade(const grekko_request& request, std::size_t listing, grekko_time at) {
    const bool limited = request.type == GREKKO_LIMIT;
    if (config_.self_trade == SelfTrade::allow || (!limited && request.type != GREKKO_MARKET))
        return {};
    Desk::Place& place = desk_.place(listing);
    const bool buy = request.side == GREKKO_BUY;
    const auto other = buy ? book::Side::sell : book::Side::buy;
    const bool bars = config_.fill == FillModel::bars;
    const Decimal touch = bars ? bars_.last_price(listing) : books_.touch(listing, buy);
    const Decimal reach = limited ? Decimal{request.limit} : touch;
    for (;;) {
        const book::Tick best = place.own.best(other);
        if (best == book::no_tick) return {};
        Order& own = *desk_.orders().by_number(place.own.tag(place.own.front(other, best)));
        if (reach.is_positive() && (buy ? own.limit() > reach : own.limit() < reach)) return {};
        const bool spares_old = config_.self_trade == SelfTrade::cancel_newest;
        const Refusal refusal{GREKKO_REJECT_SELF_TRADE, "it would trade with an own order"};
        if (spares_old) return refusal;
        desk_.cancel(own, at, GREKKO_REJECT_SELF_TRADE, "an own newer order would trade with it");
        if (config_.self_trade == SelfTrade::cancel_both) return refusal;
    }
}

Refusal Venue::refuse(const grekko_request& request, grekko_time at) {
    const std::size_t listing = desk_.find_place(request.instrument);
    if (listing == desk_.places()) return {GREKKO_REJECT_UNKNOWN_INSTRUMENT, "not listed here"};
    const std::string_view client_id = read_text(request.client_id);
    if (client_id.empty()) return {GREKKO_REJECT_INVALID, "no client id"};
    if (desk_.orders().taken(client_id))
        return {GREKKO_REJECT_DUPLICATE_CLIENT_ID, "this client id is taken"};
    Desk::Place& place = desk_.place(listing);
    if (const Refusal refusal =
            check_rules(place.rules, request, place.status, last_price(listing)))
        return refusal;
    const bool full =
        place.rules.open_orders_max != 0 && place.open.size() >= place.rules.open_orders_max;
    if (full || desk_.orders().open_count() >= config_.open_orders_max)
        return {GREKKO_REJECT_TOO_MANY_ORDERS, "too many open orders"};
    const Order* other = request.linked == 0 ? nullptr : desk_.orders().by_host(request.linked);
    const bool has_entry = other != nullptr && other->open();
    const bool nothing = desk_.ledger().at(place.base).total < place.rules.lot;
    if ((request.flags & GREKKO_ORDER_REDUCE_ONLY) != 0 && !has_entry &&
        (request.side == GREKKO_BUY || nothing))
        return {GREKKO_REJECT_REDUCE_ONLY, "there is nothing to reduce"};
    const Refusal market = config_.fill == FillModel::bars ? bars_.check(listing, request, at)
                                                           : books_.check(listing, request);
    return market ? market : self_trade(request, listing, at);
}

void Venue::place(const grekko_request& request, grekko_time at, grekko_duration response) {
    if (const Refusal refusal = refuse(request, at))
        return answer(GREKKO_REPORT_REJECTED, request, refusal, at, response);
    Order draft;
    draft.request = request;
    draft.listing = desk_.find_place(request.instrument);
    draft.response = response;
    draft.last_due = at + response;
    if (!desk_.hold(draft, last_price(draft.listing)))
        return answer(GREKKO_REPORT_REJECTED, request,
                      {GREKKO_REJECT_INSUFFICIENT_FUNDS, "the free balance is too small"}, at,
                      response);
    start(desk_.orders().add(draft), at);
}

void Venue::start(Order& order, grekko_time at) {
    desk_.accept(order, at);
    set_expiry(order);
    work(order, at);
}

void Venue::set_expiry(Order& order) {
    desk_.agenda().remove(order.expiry);
    order.expiry = 0;
    if (order.request.time_in_force != GREKKO_GTD) return;
    Entry entry;
    entry.kind = Happening::expiry;
    entry.at = order.request.expires_at;
    entry.due = std::max(entry.at + order.response, order.last_due);
    entry.order = order.number;
    order.expiry = desk_.agenda().add(entry);
}

// ---- Cancel, replace, query ----------------------------------------------------------------

void Venue::cancel(const grekko_request& request, grekko_time at, grekko_duration response) {
    Order* order = desk_.orders().find(request);
    if (order != nullptr && order->open())
        return desk_.cancel(*order, at, GREKKO_REJECT_NONE, "as requested");
    const char* why = order == nullptr ? "unknown order" : "the order has ended";
    answer(GREKKO_REPORT_CANCEL_REJECTED, request, {GREKKO_REJECT_OTHER, why}, at, response);
}

Refusal Venue::refuse_replace(const Order& order, const grekko_request& request, grekko_time at) {
    const Decimal quantity{request.quantity};
    if (request.type != order.request.type || request.side != order.request.side)
        return {GREKKO_REJECT_INVALID, "type and side cannot be replaced"};
    if (quantity <= order.filled)
        return {GREKKO_REJECT_SIZE_OUT_OF_RANGE, "as much has filled already"};
    const std::string_view client_id = read_text(request.client_id);
    if (desk_.orders().taken(client_id) && desk_.orders().by_client(client_id) != &order)
        return {GREKKO_REJECT_DUPLICATE_CLIENT_ID, "this client id is taken"};
    const Desk::Place& place = desk_.place(order.listing);
    if (const Refusal refusal =
            check_rules(place.rules, request, place.status, last_price(order.listing)))
        return refusal;
    const bool moved = Decimal{request.limit} != Decimal{order.request.limit};
    if (!moved || order.phase != Phase::resting) return {};
    const Refusal market = config_.fill == FillModel::bars ? bars_.check(order.listing, request, at)
                                                           : books_.check(order.listing, request);
    return market ? market : self_trade(request, order.listing, at);
}

// Less at the same price keeps its place; another price or more goes to the back.
void Venue::replace(const grekko_request& request, grekko_time at, grekko_duration response) {
    grekko_request old{};
    old.order = request.order;
    write_text(old.client_id, read_text(request.replaces));
    Order* order = desk_.orders().find(old);
    if (order == nullptr || !order->open())
        return answer(GREKKO_REPORT_REPLACE_REJECTED, request,
                      {GREKKO_REJECT_OTHER, "the order has ended or is unknown"}, at, response);
    grekko_request next = request;
    next.linked = order->request.linked;
    Refusal refusal = refuse_replace(*order, next, at);
    const grekko_request before = order->request;
    if (!refusal && order->open()) {
        order->request = next;
        if (!desk_.hold(*order, last_price(order->listing))) {
            order->request = before;
            refusal = {GREKKO_REJECT_INSUFFICIENT_FUNDS, "the free balance is too small"};
        }
    }
    if (refusal || !order->open())
        return answer(GREKKO_REPORT_REPLACE_REJECTED, request, refusal, at, response);
    desk_.orders().name(*order, read_text(request.client_id));
    desk_.send(desk_.report(GREKKO_REPORT_REPLACED, *order, at), *order, at);
    set_expiry(*order);
    const bool keeps = Decimal{before.limit} == Decimal{next.limit} &&
                       Decimal{before.trigger} == Decimal{next.trigger} &&
                       Decimal{next.quantity} <= Decimal{before.quantity} &&
                       Decimal{before.shown} == Decimal{next.shown};
    if (keeps) return;
    desk_.unrest(*order);
    desk_.agenda().remove(order->event);
    order->event = 0;
    work(*order, at);
}

grekko_report Venue::state_of(const Order& order, grekko_time at) {
    grekko_report out = desk_.report(GREKKO_REPORT_ORDER_STATE, order, at);
    out.status = order.status;
    if (order.filled.is_positive()) out.price = divide(order.value, order.filled, Round::half_even);
    return out;
}

void Venue::query(const grekko_request& request, grekko_time at, grekko_duration response) {
    Order* order = desk_.orders().find(request);
    if (order == nullptr) return answer(GREKKO_REPORT_NOT_FOUND, request, {}, at, response);
    desk_.send(state_of(*order, at), *order, at);
}

void Venue::snapshot(grekko_time fills_from, grekko_time at, grekko_duration response) {
    const grekko_time due = at + response;
    const auto tell = [&](grekko_report report) {
        report.exchange_at = report.exchange_at == 0 ? at : report.exchange_at;
        desk_.send(report, due);
    };
    grekko_report mark{};
    mark.kind = GREKKO_REPORT_SNAPSHOT_BEGIN;
    tell(mark);
    mark.kind = GREKKO_REPORT_CLOCK; // the offset of a simulated clock is zero
    tell(mark);
    for (std::size_t listing = 0; listing < desk_.places(); ++listing) {
        for (const std::uint64_t number : desk_.place(listing).open)
            tell(state_of(*desk_.orders().by_number(number), at));
    }
    const auto& fills = desk_.fills();
    for (std::size_t i = 0; i < fills.size(); ++i) {
        const bool recent = fills[i].exchange_at + fills_told_for >= at;
        const bool told = recent || i + fills_told >= fills.size();
        const bool wanted = fills[i].exchange_at >= fills_from;
        if (fills_from == 0 ? told : wanted) tell(fills[i]);
    }
    for (const Ledger::Balance& balance : desk_.ledger().balances()) {
        grekko_report out{};
        out.kind = GREKKO_REPORT_BALANCE;
        write_text(out.currency, balance.currency);
        out.total = balance.total;
        out.held = balance.held;
        tell(out);
    }
    mark.kind = GREKKO_REPORT_SNAPSHOT_END;
    tell(mark);
}

} // namespace grekko::paper
