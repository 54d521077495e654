// What becomes of open orders when something happens to their agent, their venue or the host: the
// table of the trading rules §7 as a function, and its use on all orders concerned. Reports about
// a single order are not here. core/engine calls it.
#pragma once

#include <cstdint>

#include "core/execution/outcome.hpp"
#include "core/execution/settings.hpp"
#include "core/execution/state.hpp"

namespace grekko::execution {

enum class Trigger : std::uint8_t {
    round_ended = 1,     // expired, superseded, price stale; scope: intent
    agent_reloaded,      // reload, cut
    agent_stopped,       // rollback, crash, quarantine, disable
    public_feed_lost,    // for Settings::feed_lost_after
    private_stream_lost, // for Settings::feed_lost_after
    venue_lost,
    venue_returned,
    reducing,
    halted,
    breaker_opened,
    clean_stop,
    host_crash, // nothing can be done then: what the venue does by itself
    restart     // after the replay
};

// Whose order it is, for the table's columns.
enum class OrderClass : std::uint8_t {
    increase = 1,     // increases and quotes of mandates
    reduce,           // leaving, stops and flatten on their way
    reduce_algorithm, // child of an agent's reducing algo parent
    protective        // the disaster stop
};
OrderClass order_class(const State& state, const Order& order);

enum class OrderAction : std::uint8_t {
    keep = 1,
    cancel,
    query,             // ask, then keep what is alive
    query_then_cancel, // ask, cancel what is alive; an unsent increase lapses
    unknown,           // count as fillable and ask when the venue is back
    finish_or_cancel   // left for Settings::answer_max, then cancelled
};

// Total; terminal orders are kept.
OrderAction order_action(Trigger trigger, OrderClass order_class, OrderStatus status);

// Ids of none match all.
struct TriggerScope {
    AgentId agent;
    VenueId venue;
    InstrumentId instrument;
    IntentId intent;
    events::ParentEnd why{events::ParentEnd::cancelled};
    bool grace_over{false}; // finish_or_cancel: cancel now
    bool pauses_schedules{false}; // the market is unfit: cancelled, but TWAP and VWAP do not end
};

// Events and effects for all open orders in the scope; parents that must stop are ended, those
// without an open child closed at once.
Outcome on_event(const State& state, Trigger trigger, const TriggerScope& scope);

} // namespace grekko::execution
