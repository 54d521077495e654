#include <algorithm>

#include "base/assert.hpp"
#include "base/planted.hpp"
#include "core/execution/client_id.hpp"
#include "core/execution/count.hpp"
#include "core/execution/execution.hpp"
#include "core/execution/memory.hpp"

namespace grekko::execution {
namespace {

OrderRecord& record_of(State& state, OrderId id) {
    OrderRecord* record = state.orders.find(id);
    ASSERT(record != nullptr);
    return *record;
}

OrderStatus resting(const OrderRecord& record) {
    if (record.cancel_wanted) return OrderStatus::pending_cancel;
    if (record.replacing()) return OrderStatus::pending_replace;
    return record.filled.is_zero() ? OrderStatus::accepted : OrderStatus::partly_filled;
}

void forget_oldest(State& state) {
    while (state.ended_orders.size() > ended_orders_max) {
        const OrderId id = state.ended_orders.front();
        state.ended_orders.pop_front();
        const OrderRecord& record = record_of(state, id);
        ASSERT(!record.open());
        state.by_client.erase(record.client_sequence);
        if (!record.venue_order_id.empty()) {
            state.by_venue_id.erase({record.order.venue, record.venue_order_id});
        }
        state.inferred_orders.erase(id);
        state.orders.erase(id);
    }
}

// The one way into a terminal status; a terminal status never changes.
void end_order(State& state, OrderRecord& record, OrderStatus status, Instant at) {
    ASSERT(record.open());
    ASSERT(terminal(status));
    record.status = status;
    record.replacement = Order{};
    state.open_orders.erase(record.order.id);
    state.disaster_stops.erase(record.order.id);
    state.ended_orders.push_back(record.order.id);
    ParentRecord* parent = state.parents.find(record.order.parent);
    if (parent != nullptr) {
        std::erase(parent->children, record.order.id);
        parent->child_ended_at = at;
        parent->misses = record.rest().is_zero() ? 0 : parent->misses + 1;
    }
}

void end(State& state, OrderId id, OrderStatus status, const RecordHead& head) {
    {
        const CountOrder count{state, id};
        OrderRecord& record = record_of(state, id);
        record.event_at = head.at;
        end_order(state, record, status, head.at);
    }
    forget_oldest(state);
}

void remember_venue_id(State& state, OrderRecord& record, const VenueOrderId& id) {
    if (id.empty() || id == record.venue_order_id) return;
    if (!record.venue_order_id.empty()) {
        state.by_venue_id.erase({record.order.venue, record.venue_order_id});
    }
    record.venue_order_id = id;
    state.by_venue_id[{record.order.venue, id}] = record.order.id;
}

void sent(State& state, const Order& order, Instant at) {
    ParentRecord* parent = state.parents.find(order.parent);
    if (parent == nullptr) return;
    const std::uint32_t slice = static_cast<std::uint32_t>(order.slice) + 1;
    parent->sent_at = at;
    parent->children_sent += 1;
    parent->attempts = std::max(parent->attempts, slice);
    if (!order.post_only) parent->crossed = std::max(parent->crossed, slice);
    if (order.post_only && parent->passive_since.is_none()) parent->passive_since = at;
}

void insert(State& state, const Order& order, Instant at) {
    OrderRecord record;
    record.order = order;
    record.submitted_at = record.event_at = record.asked_at = at;
    record.passive = order.post_only ? 1 : 0;
    record.client_sequence = ++state.client_sequence;
    state.by_client.insert(record.client_sequence, order.id);
    OrderRecord* other = state.orders.find(order.linked);
    if (other != nullptr) other->order.linked = order.id;
    ParentRecord* parent = state.parents.find(order.parent);
    if (parent != nullptr) parent->children.push_back(order.id);
    state.open_orders.insert(order.id);
    if (order.purpose == Purpose::disaster_stop) state.disaster_stops.insert(order.id);
    sent(state, order, at);
    state.orders.insert(order.id, record);
}

} // namespace

void apply(State& state, const events::OrderSubmitted& event, const RecordHead& head) {
    const Order& order = event.order;
    ASSERT(!order.id.is_none());
    ASSERT(!order.client_id.empty());
    if (state.parents.find(order.parent) != nullptr) {
        const CountParent count{state, order.parent};
        insert(state, order, head.at);
    } else {
        const CountOrder count{state, order.linked.is_none() ? order.id : order.linked};
        insert(state, order, head.at);
    }
}

void apply(State& state, const events::OrderAccepted& event, const RecordHead& head) {
    const CountOrder count{state, event.order};
    OrderRecord& record = record_of(state, event.order);
    record.event_at = head.at;
    record.acknowledged = true;
    record.missing = 0;
    remember_venue_id(state, record, event.venue_order_id);
    if (record.status == OrderStatus::submitted || record.status == OrderStatus::unknown) {
        record.status = resting(record);
    }
}

void apply(State& state, const events::OrderRejected& event, const RecordHead& head) {
    end(state, event.order, OrderStatus::rejected, head);
}
void apply(State& state, const events::OrderCancelled& event, const RecordHead& head) {
    end(state, event.order, OrderStatus::cancelled, head);
}
void apply(State& state, const events::OrderExpired& event, const RecordHead& head) {
    end(state, event.order, OrderStatus::expired, head);
}
void apply(State& state, const events::OrderLapsed& event, const RecordHead& head) {
    end(state, event.order, OrderStatus::lapsed, head);
}

void apply(State& state, const events::CancelRequested& event, const RecordHead& head) {
    OrderRecord& record = record_of(state, event.order);
    ASSERT(record.open());
    record.event_at = record.asked_at = head.at;
    record.cancel_wanted = true;
    if (record.status != OrderStatus::unknown) record.status = OrderStatus::pending_cancel;
    ParentRecord* parent = state.parents.find(record.order.parent);
    const bool ends = parent != nullptr && event.why != events::ParentEnd{};
    if (ends && parent->ending == events::ParentEnd{}) parent->ending = event.why;
    if (planted(Bug::cancel_is_final)) end(state, event.order, OrderStatus::cancelled, head);
}

void apply(State& state, const events::CancelRejected& event, const RecordHead& head) {
    OrderRecord& record = record_of(state, event.order);
    ASSERT(record.open());
    record.event_at = record.asked_at = head.at; // still pending until a query tells
}

void apply(State& state, const events::ReplaceRequested& event, const RecordHead& head) {
    const CountOrder count{state, event.order};
    OrderRecord& record = record_of(state, event.order);
    ASSERT(record.open());
    ASSERT(event.replacement.id == event.order);
    record.event_at = record.asked_at = head.at;
    record.replacement = event.replacement;
    record.legs += 1;
    record.status = OrderStatus::pending_replace;
    sent(state, event.replacement, head.at);
}

void apply(State& state, const events::OrderReplaced& event, const RecordHead& head) {
    {
        const CountOrder count{state, event.order};
        OrderRecord& record = record_of(state, event.order);
        ASSERT(record.open());
        ASSERT(record.replacing());
        record.event_at = head.at;
        record.acknowledged = true;
        record.missing = 0;
        record.order = record.replacement;
        record.passive = record.order.post_only ? 1 : 0;
        record.replacement = Order{};
        record.status = resting(record);
        if (record.rest().is_zero()) end_order(state, record, OrderStatus::filled, head.at);
    }
    forget_oldest(state);
}

void apply(State& state, const events::ReplaceRejected& event, const RecordHead& head) {
    {
        const CountOrder count{state, event.order};
        OrderRecord& record = record_of(state, event.order);
        ASSERT(record.open());
        record.event_at = head.at;
        record.replacement = Order{};
        record.status = resting(record);
        // What filled while the larger version was in flight may be all of the smaller one.
        if (record.rest().is_zero()) end_order(state, record, OrderStatus::filled, head.at);
    }
    forget_oldest(state);
}

void apply(State& state, const events::OrderUnknown& event, const RecordHead& head) {
    OrderRecord& record = record_of(state, event.order);
    ASSERT(record.open());
    record.asked_at = head.at;
    record.queries += 1;
    if (record.missing == 0 && event.queries > 0) record.missing_since = head.at;
    record.missing = event.queries;
    record.status = OrderStatus::unknown;
}

void apply(State& state, const events::OrderTriggered& event, const RecordHead& head) {
    OrderRecord& record = record_of(state, event.order);
    record.event_at = head.at;
    record.triggered = true;
}

void apply(State& state, const events::OrderFilled& event, const RecordHead& head) {
    {
        const Fill& fill = event.fill;
        const CountOrder count{state, fill.order};
        OrderRecord& record = record_of(state, fill.order);
        const Notional value = multiply(fill.price, fill.quantity, Rounding::half_even);
        ASSERT(fill.quantity.is_positive());
        ASSERT(event.filled == record.filled + fill.quantity);
        record.event_at = head.at;
        record.missing = 0;
        record.acknowledged = true;
        record.filled = event.filled;
        record.value += value;
        if (fill.inferred) {
            record.inferred += fill.quantity;
            record.inferred_value += value;
            state.inferred_orders.insert(fill.order);
        }
        remember_fill(state, fill, head.at);
        ParentRecord* parent = state.parents.find(record.order.parent);
        if (parent != nullptr) {
            parent->filled += fill.quantity;
            parent->value += value;
            const bool maker = fill.liquidity == Liquidity::maker;
            const bool likely = fill.liquidity == Liquidity::unknown && record.passive != 0;
            if (maker || likely) parent->passive_filled += fill.quantity;
        }
        if (!record.open()) {
            ASSERT(event.status == record.status);
        } else if (terminal(event.status)) {
            end_order(state, record, event.status, head.at);
        } else {
            record.status = event.status;
        }
    }
    forget_oldest(state);
}

void apply(State& state, const events::FillUpgraded& event, const RecordHead& head) {
    const Fill& fill = event.fill;
    OrderRecord& record = record_of(state, fill.order);
    ASSERT(fill.quantity <= record.inferred);
    const Notional correction =
        multiply(fill.price, fill.quantity, Rounding::half_even) - event.booked;
    record.event_at = head.at;
    record.inferred -= fill.quantity;
    if (record.inferred.is_zero()) state.inferred_orders.erase(fill.order);
    record.inferred_value -= event.booked;
    record.value += correction;
    ParentRecord* parent = state.parents.find(record.order.parent);
    if (parent != nullptr) parent->value += correction;
    remember_fill(state, fill, head.at);
}

} // namespace grekko::execution
