// What a decision of execution comes to: events to emit in this order, each applied at once, and
// effects to hand out afterwards. Ids of new things are none: the engine sets them. It is a value,
// not a queue. Every decide function here returns it, core/engine takes it apart.
#pragma once

#include <variant>
#include <vector>

#include "domain/effect.hpp"
#include "domain/event.hpp"

namespace grekko::execution {

using Event = std::variant<
    events::ParentClosed, events::OrderAccepted, events::OrderRejected, events::OrderFilled,
    events::CancelRequested, events::OrderCancelled, events::CancelRejected, events::OrderExpired,
    events::ReplaceRequested, events::OrderReplaced, events::ReplaceRejected, events::OrderUnknown,
    events::OrderLapsed, events::OrderTriggered, events::ForeignFill, events::FillUpgraded,
    events::VenueChanged, events::Reconciled, events::TransferBooked, events::BalanceReported>;

struct Outcome {
    std::vector<Event> events;
    std::vector<Effect> effects;
    bool empty() const { return events.empty() && effects.empty(); }
    void append(Outcome other);
};

} // namespace grekko::execution
