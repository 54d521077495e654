#include "core/risk/exposure_parts.hpp"

#include <algorithm>

namespace grekko::risk {

namespace {

// What the order could still fill: of a pending replace the larger version, or both.
Quantity fillable(const OrderRow& order) {
    const Quantity rest = std::max(order.quantity - order.filled, Quantity{});
    if (!order.replacing) return rest;
    if (!order.atomic) return rest + order.replacement;
    return std::max(rest, std::max(order.replacement - order.filled, Quantity{}));
}

void set_counted(Exposure& exposure, OrderRow& order, Quantity target) {
    const Quantity delta = target - order.counted;
    if (delta.is_zero()) return;
    order.counted = target;
    if (ParentRow* parent = exposure.parents.find(order.parent); parent != nullptr) {
        parent->children += delta;
        parts::settle(exposure, *parent);
        return;
    }
    const parts::Change change{order.side, order.purpose, delta};
    parts::change_row(exposure, order.instrument, change);
    if (parts::has_owner(order.purpose)) {
        parts::change_cell(exposure, order.agent, order.instrument, change);
    }
}

// Of two linked legs the larger counts; of equal legs the one that is no guard, then this one.
void count(Exposure& exposure, OrderRow& order) {
    OrderRow* other = exposure.orders.find(order.linked);
    const Quantity mine = fillable(order);
    if (other == nullptr) return set_counted(exposure, order, mine);
    const Quantity theirs = fillable(*other);
    const bool equal_prefers_other = parts::guards(order.purpose) && !parts::guards(other->purpose);
    const bool other_counts = theirs > mine || (theirs == mine && equal_prefers_other);
    OrderRow& larger = other_counts ? *other : order;
    OrderRow& smaller = other_counts ? order : *other;
    set_counted(exposure, larger, fillable(larger));
    set_counted(exposure, smaller, Quantity{});
}

bool rests(const Order& order) {
    return order.type == OrderType::limit && order.limit.is_positive() &&
           (order.time_in_force == TimeInForce::gtc || order.time_in_force == TimeInForce::gtd);
}

void add_level(Exposure& exposure, const OrderRow& order, Price price) {
    if (!order.resting) return;
    Levels& levels = exposure.levels[listing_key(order.instrument, order.venue)];
    ++levels.sides[side_index(order.side)][price];
}

void remove_level(Exposure& exposure, const OrderRow& order, Price price) {
    if (!order.resting) return;
    auto& prices =
        exposure.levels[listing_key(order.instrument, order.venue)].sides[side_index(order.side)];
    const auto found = prices.find(price);
    ASSERT(found != prices.end());
    if (--found->second == 0) prices.erase(found);
}

void link(Exposure& exposure, OrderId id, OrderRow& order, OrderId linked) {
    OrderRow* other = exposure.orders.find(linked);
    if (other == nullptr || linked == id) return;
    if (other->instrument != order.instrument || other->side != order.side) return;
    if (!other->linked.is_none()) return;
    order.linked = linked;
    other->linked = id;
}

void end_replace(Exposure& exposure, OrderRow& order, bool replaced) {
    if (!order.replacing) return;
    remove_level(exposure, order, replaced ? order.limit : order.replacement_limit);
    if (replaced) {
        order.quantity = order.atomic ? order.replacement : order.filled + order.replacement;
        order.limit = order.replacement_limit;
    }
    order.replacing = false;
    order.replacement = Quantity{};
    order.replacement_limit = Price{};
    count(exposure, order);
}

void end_order(Exposure& exposure, OrderId id) {
    OrderRow* order = exposure.orders.find(id);
    if (order == nullptr) return;
    const ParentId parent = order->parent;
    remove_level(exposure, *order, order->limit);
    if (order->replacing) remove_level(exposure, *order, order->replacement_limit);
    OrderRow* other = exposure.orders.find(order->linked);
    if (other != nullptr) {
        other->linked = OrderId{};
        count(exposure, *other);
    }
    set_counted(exposure, *order, Quantity{});
    --exposure.venue_orders[order->venue.value()];
    if (parts::has_owner(order->purpose)) {
        --exposure.cells[parts::touch_cell(exposure, order->agent, order->instrument)].open_orders;
    }
    if (ParentRow* owner = exposure.parents.find(parent); owner != nullptr) {
        --owner->children_open;
        parts::forget_if_done(exposure, parent);
    }
    exposure.orders.erase(id);
}

}  // namespace

void apply(Exposure& exposure, const events::OrderSubmitted& event, const RecordHead&) {
    const Order& order = event.order;
    OrderRow& added = exposure.orders.insert(order.id);
    added.agent = order.agent;
    added.instrument = order.instrument;
    added.venue = order.venue;
    added.side = order.side;
    added.purpose = order.purpose;
    added.resting = rests(order);
    added.quantity = order.quantity;
    added.limit = order.limit;
    if (ParentRow* parent = exposure.parents.find(order.parent); parent != nullptr) {
        added.parent = order.parent;
        ++parent->children_open;
    }
    add_level(exposure, added, added.limit);
    if (order.venue.value() >= exposure.venue_orders.size()) {
        exposure.venue_orders.resize(order.venue.value() + 1U);
    }
    ++exposure.venue_orders[order.venue.value()];
    if (parts::has_owner(order.purpose)) {
        ++exposure.cells[parts::touch_cell(exposure, order.agent, order.instrument)].open_orders;
    }
    link(exposure, order.id, added, order.linked);
    count(exposure, added);
}

void apply(Exposure& exposure, const events::OrderFilled& event, const RecordHead&) {
    OrderRow* order = exposure.orders.find(event.fill.order);
    if (order == nullptr) return;
    order->filled = std::max(order->filled + event.fill.quantity, event.filled);
    if (terminal(event.status)) return end_order(exposure, event.fill.order);
    count(exposure, *order);
}

void apply(Exposure& exposure, const events::ReplaceRequested& event, const RecordHead& head) {
    OrderRow* order = exposure.orders.find(event.order);
    if (order == nullptr) return;
    end_replace(exposure, *order, false);
    order->replacing = true;
    order->atomic = event.atomic;
    // A new order beside the old one is sent for what is not filled by now.
    order->replacement =
        event.atomic ? event.replacement.quantity
                     : std::max(event.replacement.quantity - order->filled, Quantity{});
    order->replacement_limit = event.replacement.limit;
    order->replaced_at = head.at;
    ++order->replaces;
    add_level(exposure, *order, order->replacement_limit);
    count(exposure, *order);
}

void apply(Exposure& exposure, const events::CancelRequested& event, const RecordHead&) {
    const OrderRow* order = exposure.orders.find(event.order);
    if (order == nullptr || event.why == events::ParentEnd{}) return;
    ParentRow* parent = exposure.parents.find(order->parent);
    if (parent == nullptr || parent->ending) return;
    parent->ending = true;
    parts::settle(exposure, *parent);
}

void apply(Exposure& exposure, const events::OrderReplaced& event, const RecordHead&) {
    if (OrderRow* order = exposure.orders.find(event.order); order != nullptr) {
        end_replace(exposure, *order, true);
    }
}

void apply(Exposure& exposure, const events::ReplaceRejected& event, const RecordHead&) {
    if (OrderRow* order = exposure.orders.find(event.order); order != nullptr) {
        end_replace(exposure, *order, false);
    }
}

void apply(Exposure& exposure, const events::OrderRejected& event, const RecordHead&) {
    end_order(exposure, event.order);
}
void apply(Exposure& exposure, const events::OrderCancelled& event, const RecordHead&) {
    end_order(exposure, event.order);
}
void apply(Exposure& exposure, const events::OrderExpired& event, const RecordHead&) {
    end_order(exposure, event.order);
}
void apply(Exposure& exposure, const events::OrderLapsed& event, const RecordHead&) {
    end_order(exposure, event.order);
}

}  // namespace grekko::risk
