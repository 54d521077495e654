// What the engine wants done outside. Commit effects leave only when the batch that caused them is
// durable; reduce effects (cancel, query) and asks leave at once (architecture §4). The runtime
// carries them out; carrying out never decides.
#pragma once

#include <cstdint>
#include <vector>

#include "domain/input.hpp"
#include "domain/order.hpp"

namespace grekko {

// A question to an agent. The record asked about is on the tape (market) or given by subject.
enum class AskKind : std::uint8_t {
    start = 1, stop, trade, quote, book, bar, bars, proposal, decision, order, fill, timer, signal
};
struct AskAgent {
    AskId ask;
    AgentId agent;
    AskKind kind{};
    bool needs_answer{false};  // proposal: a vote is due by the deadline
    InstrumentId instrument;
    std::uint16_t reserved{0};
    Sequence event;            // the event the ask is about (proposal, decision, order, fill)
    Instant deadline;
    std::uint64_t subject{0};  // intent, order, timer number
};

struct PlaceOrder { Order order; };                       // commit
struct ReplaceOrder {                                     // commit
    OrderId id;
    VenueId venue;
    ClientOrderId client_id;
    Order replacement;
};
struct CancelOrder {                                      // reduce
    OrderId id;
    VenueId venue;
    InstrumentId instrument;
    ClientOrderId client_id;
};
struct QueryOrder {                                       // reduce
    OrderId id;
    VenueId venue;
    InstrumentId instrument;
    ClientOrderId client_id;
};
// Reduce: clock, open orders, fills from `fills_from` on (none: all the venue keeps), balances.
struct QuerySnapshot {
    VenueId venue;
    Instant fills_from;
};
struct SetTimer { TimerFired timer; Instant at; };        // at once
struct AlertOperator { Text<48> what; Text<200> message; };

using Effect = std::variant<AskAgent, PlaceOrder, ReplaceOrder, CancelOrder, QueryOrder,
                            QuerySnapshot, SetTimer, AlertOperator>;
using Effects = std::vector<Effect>;

}  // namespace grekko
