// The events of a strategy as C++ types: amounts are Decimal, texts are views, enums are typed.
// Views and texts are good during the handler alone: copy what you want to keep. The C records are
// strategy_events.h; strategy.hpp makes these from them and calls the handlers.
#pragma once

#include <grekko/actions.h>
#include <grekko/decimal.hpp>
#include <grekko/plugin.h>
#include <grekko/strategy_events.h>
#include <grekko/text.hpp>
#include <grekko/time.hpp>

#include <cstdint>
#include <string_view>

namespace grekko::sdk {

enum class Side : std::uint8_t { none = 0, buy = GREKKO_BUY, sell = GREKKO_SELL };
enum class Mode : std::uint8_t {
    aggressive = GREKKO_AGGRESSIVE,
    balanced = GREKKO_BALANCED,
    conservative = GREKKO_CONSERVATIVE
};
enum class DecisionStatus : std::uint8_t {
    accepted = GREKKO_DECISION_ACCEPTED,
    refused,
    rejected,
    denied,
    expired,
    superseded,
    cancelled
};

struct Trade {
    std::uint16_t instrument{0}, venue{0};
    Side side{Side::none}; // of who took
    Decimal price, quantity;
    Time exchange_at{0};
};

struct Quote {
    std::uint16_t instrument{0}, venue{0};
    Decimal bid, bid_quantity, ask, ask_quantity;
    Time exchange_at{0};
};

// The book changed: read it through the host.
struct Book {
    std::uint16_t instrument{0}, venue{0};
};

struct Bar { // closed
    std::uint16_t instrument{0}, venue{0};
    Duration interval{0};
    Time opened_at{0};
    Decimal open, high, low, close, volume;
    std::uint32_t missing{0}; // whole intervals missing before this one
    bool empty{false};        // no trade in it
};

struct Bars { // all bars of an instant and interval have been handled
    Duration interval{0};
    std::uint32_t bars{0}, missing{0};
};

struct Proposal {
    std::uint64_t round{0};
    std::uint16_t instrument{0}, proposer{0};
    Side side{Side::none};
    Mode mode{Mode::balanced};
    Decimal quantity, weight_after, reference, stop, take, confidence, cost;
    Duration horizon{0};
    std::string_view name, reason;
};

struct Decision {
    std::uint64_t intent{0};
    std::uint16_t instrument{0};
    DecisionStatus status{DecisionStatus::accepted};
    Side side{Side::none};
    Decimal requested, quantity; // asked for, allowed
    std::string_view reason;
};

struct OrderUpdate {
    std::uint64_t order{0};
    std::uint16_t instrument{0}, venue{0};
    std::uint8_t status{0}; // GREKKO_ORDER_...
    Side side{Side::none};
    Decimal quantity, filled, limit;
    std::string_view reason;
};

struct Fill {
    std::uint64_t order{0};
    std::uint16_t instrument{0}, venue{0};
    Side side{Side::none};
    Decimal quantity, price, fee;
};

struct Signal {
    std::string_view name, payload;
};

inline Trade typed(const grekko_trade& r) {
    return {r.head.instrument, r.head.venue, Side{r.head.flags},
            r.price,           r.quantity,   r.head.exchange_at};
}
inline Quote typed(const grekko_quote& r) {
    return {r.head.instrument, r.head.venue,      r.bid, r.bid_quantity, r.ask,
            r.ask_quantity,    r.head.exchange_at};
}
inline Bar typed(const grekko_bar& r) {
    return {r.head.instrument,
            r.head.venue,
            r.interval,
            r.head.exchange_at,
            r.open,
            r.high,
            r.low,
            r.close,
            r.volume,
            r.missing,
            (r.head.flags & GREKKO_BAR_EMPTY) != 0};
}
inline Proposal typed(const grekko_proposal& p) {
    return {p.round,      p.instrument,   p.proposer,  Side{p.side}, Mode{p.mode},
            p.quantity,   p.weight_after, p.reference, p.stop,       p.take,
            p.confidence, p.cost,         p.horizon,   view(p.name), view(p.reason)};
}
inline Decision typed(const grekko_decision& d) {
    return {d.intent,   d.instrument,  DecisionStatus{d.status}, Side{d.side}, d.requested,
            d.quantity, view(d.reason)};
}
inline OrderUpdate typed(const grekko_order_update& o) {
    return {o.order,    o.instrument, o.venue, o.status,      Side{o.side},
            o.quantity, o.filled,     o.limit, view(o.reason)};
}
inline Fill typed(const grekko_fill& f) {
    return {f.order, f.instrument, f.venue, Side{f.side}, f.quantity, f.price, f.fee};
}

} // namespace grekko::sdk
