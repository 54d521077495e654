#include <algorithm>

#include "base/planted.hpp"
#include "core/execution/client_id.hpp"
#include "core/execution/execution.hpp"
#include "core/execution/requests.hpp"

namespace grekko::execution {

events::OrderSubmitted submit(const State& state, const Settings&, const Approved& approved) {
    events::OrderSubmitted event;
    event.order = approved.order();
    event.order.client_id = encode({state.incarnation, state.client_sequence + 1, 0});
    if (planted(Bug::client_id_reused)) {
        event.order.client_id = encode({1, state.client_sequence % 8 + 1, 0});
    }
    return event;
}

PlaceOrder place(const Order& order) {
    return {order};
}

Outcome replace(const State& state, const Settings&, OrderId id, const Approved& replacement,
                const Listing& listing) {
    const OrderRecord* record = state.orders.find(id);
    if (record == nullptr || record->cancel_wanted) return {};
    const bool resting =
        record->status == OrderStatus::accepted || record->status == OrderStatus::partly_filled;
    if (!resting || !record->acknowledged) return {};
    const std::optional<ClientId> own = decode(record->order.client_id);
    const bool fits = replacement.order().quantity > record->filled && record->legs < legs_max;
    if (!listing.replace_is_atomic || !fits || !own) return cancel(state, id, {});

    events::ReplaceRequested event;
    event.order = id;
    event.atomic = true; // no other kind gets here
    event.replacement = replacement.order();
    event.replacement.id = id;
    event.replacement.parent = record->order.parent;
    event.replacement.linked = record->order.linked;
    event.replacement.venue = record->order.venue;
    event.replacement.client_id = encode({own->incarnation, own->sequence, record->legs + 1});
    Outcome outcome;
    outcome.effects.push_back(
        ReplaceOrder{id, record->order.venue, record->order.client_id, event.replacement});
    outcome.events.push_back(event);
    return outcome;
}

Outcome cancel(const State& state, OrderId id, events::ParentEnd why) {
    const OrderRecord* record = state.orders.find(id);
    if (record == nullptr || !record->open()) return {};
    Outcome outcome;
    const ParentRecord* parent = state.parents.find(record->order.parent);
    const bool ends =
        why != events::ParentEnd{} && parent != nullptr && parent->ending == events::ParentEnd{};
    if (!record->cancel_wanted || ends) {
        events::CancelRequested event;
        event.order = id;
        event.why = why;
        outcome.events.push_back(event);
    }
    cancel_effects(*record, outcome.effects);
    return outcome;
}

namespace {

Instant overdue_at(const OrderRecord& record, const Settings& settings) {
    switch (record.status) {
    case OrderStatus::submitted:
    case OrderStatus::pending_cancel:
    case OrderStatus::pending_replace: return record.asked_at + settings.answer_max;
    case OrderStatus::unknown: return record.asked_at + settings.query_each;
    default: return Instant{};
    }
}

Instant expiry_of(const OrderRecord& record) {
    return record.cancel_wanted ? Instant{} : record.order.expires_at;
}

} // namespace

Outcome check_order(const State& state, const Settings& settings, OrderId id, Instant now) {
    const OrderRecord* record = state.orders.find(id);
    if (record == nullptr || !record->open()) return {};
    Outcome outcome;
    const Instant expiry = expiry_of(*record);
    if (!expiry.is_none() && now >= expiry) outcome = cancel(state, id, {});
    const Instant overdue = overdue_at(*record, settings);
    if (overdue.is_none() || now < overdue) return outcome;
    if (planted(Bug::unknown_resent) && record->status == OrderStatus::submitted) {
        events::OrderRejected forgotten;
        forgotten.order = id;
        forgotten.reason = RejectReason::other;
        outcome.events.push_back(forgotten);
        return outcome;
    }
    outcome.events.push_back(events::OrderUnknown{.order = id, .queries = record->missing});
    query_effects(*record, outcome.effects);
    if (record->cancel_wanted) cancel_effects(*record, outcome.effects);
    return outcome;
}

Instant next_check(const State& state, const Settings& settings, OrderId id) {
    const OrderRecord* record = state.orders.find(id);
    if (record == nullptr || !record->open()) return Instant{};
    const Instant overdue = overdue_at(*record, settings);
    const Instant expiry = expiry_of(*record);
    if (overdue.is_none() || expiry.is_none()) return std::max(overdue, expiry);
    return std::min(overdue, expiry);
}

} // namespace grekko::execution
