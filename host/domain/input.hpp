// The inputs of the engine other than market data: answers of agents, faults, generation cuts,
// venue reports, timers, commands, the journal's own state, and the incarnation. Flat records,
// journaled as they came.
// The runtime's mailbox carries them as the variant Input; market data takes its own path.
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/command.hpp"
#include "domain/ids.hpp"
#include "domain/intent.hpp"
#include "domain/order.hpp"
#include "domain/record.hpp"

namespace grekko {

// ---- What agents do ------------------------------------------------------------------------

enum class ActionKind : std::uint8_t {
    target = 1,   // a target: quantity, notional, weight or risk
    close,        // target zero; never voted
    cancel,       // drop the agent's working orders and undecided intent on the instrument
    vote,
    mandate,      // ask for one
    quote,        // an order inside the mandate: side, price, quantity
    cancel_quotes,
    stop,         // move the stop of the present position (only tighter without a vote)
    timer,        // ask for on_timer at `at`
    done          // nothing more: the answer is complete
};

// One thing an agent did in answer to an ask. Fields by kind; amounts already snapped to lot and
// tick by the binding, the host rounds toward less risk.
struct Action {
    ActionKind kind{ActionKind::done};
    Sizing sizing{Sizing::quantity};
    Side side{Side::buy};
    Ballot ballot{Ballot::abstain};
    InstrumentId instrument;
    std::uint16_t reserved{0};
    IntentId round;          // of a vote
    Decimal amount;          // target quantity, notional, weight or risk; vote: max fraction
    Price limit, stop, take;
    Rate trail;
    Rate confidence;
    Duration horizon, ttl;
    Working working;
    Quantity inventory_min, inventory_max;  // of a mandate
    Instant at;              // of a timer; expiry of a mandate
    std::uint64_t name{0};   // of a timer: the agent's own number
    Reason reason;
};

// The head of an answer in the journal; `count` Action records follow it.
struct AnswerHead {
    static constexpr std::uint16_t tag = 1;
    AskId ask;
    AgentId agent;
    std::uint16_t count{0};
    Generation generation;
};
struct ActionRecord {
    static constexpr std::uint16_t tag = 2;
    Action action;
};

enum class FaultKind : std::uint8_t {
    error = 1, budget, memory, crash, timeout, quota, invalid_output
};
struct AgentFault {
    static constexpr std::uint16_t tag = 3;
    AgentId agent;
    FaultKind kind{};
    std::uint8_t reserved[1]{};
    Generation generation;
    AskId ask;
    Text<200> message;       // file:line and what happened
};

enum class CutKind : std::uint8_t { start = 1, reload, rollback, stop };
struct GenerationCut {
    static constexpr std::uint16_t tag = 4;
    AgentId agent;
    CutKind kind{};
    Mode mode{};  // none: as before
    Generation generation;
    Text<72> code_hash, state_hash, parameters_hash;  // SHA-256 in hex
};

// ---- What venues report --------------------------------------------------------------------

enum class ReportKind : std::uint8_t {
    accepted = 1, rejected, filled, cancelled, expired, cancel_rejected, replaced,
    replace_rejected, triggered,
    ambiguous,         // the request may or may not have arrived
    not_found,         // answer to a targeted query
    order_state,       // answer to a query, or part of a snapshot: status and cumulative quantity
    balance,           // part of a snapshot
    snapshot_begin, snapshot_end,
    connected, disconnected, private_lost, private_restored, clock
};

enum class RejectReason : std::uint8_t {
    none = 0, insufficient_funds, post_only_would_take, price_out_of_band, size_out_of_range,
    unknown_instrument, not_trading, duplicate_client_id, too_many_orders, rate_limited,
    would_trigger_immediately, no_market, self_trade, reduce_only, invalid, other
};

struct VenueReport {
    static constexpr std::uint16_t tag = 5;
    ReportKind kind{};
    RejectReason reject{RejectReason::none};
    VenueId venue;
    InstrumentId instrument;
    OrderStatus status{OrderStatus::accepted};  // of order_state
    bool foreign{false};                        // an order that is not ours by its id
    OrderId order;             // ours, none if only the client id is known
    Instant exchange_at;
    Quantity cumulative;       // filled so far, where the venue says
    Fill fill;                 // of filled
    ClientOrderId client_id;
    VenueOrderId venue_order_id;
    Currency currency;         // of balance
    Decimal total, held;       // of balance; clock: total = offset in seconds
    Text<96> text;             // the venue's own words
};

// ---- Time, identity ------------------------------------------------------------------------

enum class TimerKind : std::uint8_t {
    round_close = 1, order_expiry, slice, stop_escalation, requote, reconcile, breaker, day,
    agent, score, staleness, mandate, nav, silence
};
struct TimerFired {
    static constexpr std::uint16_t tag = 7;
    TimerId id;
    TimerKind kind{};
    std::uint8_t reserved[5]{};
    AgentId agent;
    std::uint64_t subject{0};  // round, order, parent, stop, instrument or the agent's own number
};

// A new owner opened the journal: 40 random bits that begin every client order id (§7).
struct IncarnationOpened {
    static constexpr std::uint16_t tag = 8;
    std::uint64_t incarnation{0};
    std::uint64_t epoch{0};
    Text<40> version;          // of the host
    Text<72> config_hash;
};

// How the journal fares, told when it changes: its disk is full or has room again, its commits have
// become slow or fast. The runtime sees it; what follows is decided like anything else.
struct JournalReport {
    static constexpr std::uint16_t tag = 10;
    bool full{false};          // only the reserve is left
    std::uint8_t reserved[7]{};
    Duration commit_p99;       // of the last commits, zero: unknown
};

// The market record that caused the events after it: the journal's link to the tape.
struct MarketStep {
    static constexpr std::uint16_t tag = 9;
    TapePosition position;
    InstrumentId instrument;
    VenueId venue;
    MarketKind kind{};
    std::uint8_t reserved[3]{};
};

// ---- The mailbox ---------------------------------------------------------------------------

struct Answer {
    AnswerHead head;
    std::vector<Action> actions;
};

using InputBody = std::variant<Answer, AgentFault, GenerationCut, VenueReport, TimerFired, Command,
                               IncarnationOpened, JournalReport>;
struct Input {
    Instant at;
    InputBody body;
};

}  // namespace grekko
