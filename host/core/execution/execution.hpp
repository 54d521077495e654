// Execution: the only way from an approved order to a venue, and the life of every order after it
// (trading rules §4, §6, §7). It decides what to send and what a report means; it does not judge
// risk, hold positions or do I/O. core/engine calls it: decide, emit each event, apply, hand out
// the effects. Plans are in work.hpp, routes in router.hpp, reconciliation in reconcile.hpp.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/execution/outcome.hpp"
#include "core/execution/reconcile.hpp"
#include "core/execution/router.hpp"
#include "core/execution/settings.hpp"
#include "core/execution/state.hpp"
#include "core/execution/trigger.hpp"
#include "core/execution/work.hpp"
#include "domain/approved.hpp"

namespace grekko::execution {

// ---- Orders ----------------------------------------------------------------------------------
// The only door. Gives the order its client id: incarnation, the next client sequence of the state
// and leg 0, 23 characters. The engine emits it (order.id = sequence) and then hands out
// place(event.order) as a commit effect.
events::OrderSubmitted submit(const State& state, const Settings& settings,
                              const Approved& approved);
PlaceOrder place(const Order& order);
// An atomic replace where the venue has one, else a cancel: the caller submits the new order when
// the old one has ended. Nothing where the order is not resting.
Outcome replace(const State& state, const Settings& settings, OrderId id,
                const Approved& replacement, const Listing& listing);
// `why` other than zero also ends the order's parent. Harmless to repeat; nothing once terminal.
Outcome cancel(const State& state, OrderId id, events::ParentEnd why);
// Total over status × kind. Reports that are not about an order come to nothing here: they are for
// on_venue_report.
Outcome on_report(const State& state, const Settings& settings, const VenueReport& report,
                  Instant now);
// At the order's timer (order_expiry): expiry by the host, answers overdue, the next query.
Outcome check_order(const State& state, const Settings& settings, OrderId id, Instant now);
// When to call check_order next; none: only a report can change it.
Instant next_check(const State& state, const Settings& settings, OrderId id);

// ---- Parents and netting ---------------------------------------------------------------------
struct ParentRequest {
    Parent parent;                       // id none; quantity and protection are worked out
    std::vector<Allocation> allocations; // one or more, each > 0; parent none
};
struct Opened {
    events::ParentOpened opened;
    std::vector<events::ParentAllocated> allocated; // the engine fills in the parent's id
};
// None where the request makes no sense: no allocation, a quantity ≤ 0, no arrival mark.
std::optional<Opened> open_parent(const ParentRequest& request, const Settings& settings,
                                  Instant now);
// Cancels the children; the last one's end makes work() say `end`. No child open: ParentClosed.
Outcome end_parent(const State& state, ParentId id, events::ParentEnd why, Price market_vwap);
// The report: arrival, mean, vwap (zero: unknown), fees, passive share. None while a child is open.
std::optional<events::ParentClosed> close_parent(const State& state, ParentId id,
                                                 events::ParentEnd end, Price market_vwap);

struct Netting {
    std::vector<events::InternalCross> crosses;
    std::vector<ParentRequest> parents; // those that reduce first
};
// Of the approved intents of one step and instrument: crossed at M while the mark is known and not
// stale and both limits allow it, reduces before increases, then by agent id. The rests join in one
// parent a side and manner of working; reducing and increasing rests stay apart, so that REDUCING
// can stop one alone.
Netting cross(std::span<const ParentRequest> approved, const Mark& mark, Instant now,
              Quantity contract_size = 1_quantity);

// ---- Fills -----------------------------------------------------------------------------------
struct Holder {
    AgentId agent;
    Quantity quantity; // ≥ 0, what it holds on the side that is reduced
};
struct AllocateContext {
    Quantity lot;                       // shares are whole lots; zero: to the last digit
    Rate fee_to_quote;                  // fee currency → quote: 1, the price, or a rate
    Quantity contract_size{1_quantity}; // base units a contract: money is price × quantity × this
    std::span<const Holder> holders;    // of a disaster stop, which belongs to all holders
};
// After the OrderFilled was applied. Σ shares = the fill: quantity, value, fee to the last digit.
std::vector<events::FillAllocated> allocate(const State& state, const events::OrderFilled& fill,
                                            const AllocateContext& context);
// Likewise for an upgrade: corrections with quantity zero, the value's difference and the fee; with
// the shares of the inferred fill they sum to the real one.
std::vector<events::FillAllocated> allocate(const State& state, const events::FillUpgraded& fill,
                                            const AllocateContext& context);

// ---- Apply: the only mutation. Ids of new things are head.sequence ----------------------------
void apply(State& state, const events::ParentOpened& event, const RecordHead& head);
void apply(State& state, const events::ParentAllocated& event, const RecordHead& head);
void apply(State& state, const events::ParentClosed& event, const RecordHead& head);
void apply(State& state, const events::OrderSubmitted& event, const RecordHead& head);
void apply(State& state, const events::OrderAccepted& event, const RecordHead& head);
void apply(State& state, const events::OrderRejected& event, const RecordHead& head);
void apply(State& state, const events::OrderFilled& event, const RecordHead& head);
void apply(State& state, const events::CancelRequested& event, const RecordHead& head);
void apply(State& state, const events::OrderCancelled& event, const RecordHead& head);
void apply(State& state, const events::CancelRejected& event, const RecordHead& head);
void apply(State& state, const events::OrderExpired& event, const RecordHead& head);
void apply(State& state, const events::ReplaceRequested& event, const RecordHead& head);
void apply(State& state, const events::OrderReplaced& event, const RecordHead& head);
void apply(State& state, const events::ReplaceRejected& event, const RecordHead& head);
void apply(State& state, const events::OrderUnknown& event, const RecordHead& head);
void apply(State& state, const events::OrderLapsed& event, const RecordHead& head);
void apply(State& state, const events::OrderTriggered& event, const RecordHead& head);
void apply(State& state, const events::ForeignFill& event, const RecordHead& head);
void apply(State& state, const events::FillUpgraded& event, const RecordHead& head);
void apply(State& state, const events::FillAllocated& event, const RecordHead& head);
void apply(State& state, const events::VenueChanged& event, const RecordHead& head);
void apply(State& state, const events::Reconciled& event, const RecordHead& head);
void apply(State& state, const events::BalanceReported& event, const RecordHead& head);
void apply(State& state, const IncarnationOpened& event, const RecordHead& head);

} // namespace grekko::execution
