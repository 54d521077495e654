#include "research/sim/story.hpp"

#include <algorithm>

namespace grekko::sim {
namespace {

Quantity signed_by(Side side, Quantity quantity) {
    return side == Side::buy ? quantity : -quantity;
}

} // namespace

Quantity StoryOrder::fillable() const {
    if (!open) return {};
    const bool replacing = !replacement.id.is_none();
    const Quantity whole =
        replacing ? std::max(order.quantity, replacement.quantity) : order.quantity;
    return std::max(whole - filled, Quantity{});
}

const StoryOrder* Story::order(OrderId id) const {
    const auto found = orders.find(id);
    return found == orders.end() ? nullptr : &found->second;
}

const StoryParent* Story::parent(ParentId id) const {
    const auto found = parents.find(id);
    return found == parents.end() ? nullptr : &found->second;
}

Quantity Story::position(AgentId agent, InstrumentId instrument) const {
    const auto found = positions.find({agent, instrument});
    return found == positions.end() ? Quantity{} : found->second;
}

void Story::on(const events::ParentOpened& event, const RecordHead&) {
    StoryParent parent;
    parent.parent = event.parent;
    parent.epoch = epoch;
    parents.emplace(event.parent.id, parent);
}

void Story::on(const events::ParentAllocated& event, const RecordHead&) {
    parents[event.allocation.parent].shares.push_back({event.allocation, {}});
}

void Story::on(const events::ParentClosed& event, const RecordHead&) {
    StoryParent& parent = parents[event.parent];
    parent.closed = true;
    if (parent.ending) return;
    parent.ending = true;
    for (const OrderId child : parent.children)
        parent.in_flight += orders[child].fillable();
}

void Story::on(const events::OrderSubmitted& event, const RecordHead&) {
    orders[event.order.id].order = event.order;
    if (!event.order.parent.is_none()) {
        parents[event.order.parent].children.insert(event.order.id);
    }
}

void Story::on(const events::OrderFilled& event, const RecordHead&) {
    const Fill& fill = event.fill;
    StoryOrder& order = orders[fill.order];
    order.filled += fill.quantity;
    at_venues[{fill.venue, fill.instrument}] += signed_by(fill.side, fill.quantity);
    if (!order.order.parent.is_none()) parents[order.order.parent].filled += fill.quantity;
    end_if_filled(order);
}

void Story::end_if_filled(StoryOrder& order) {
    const bool replacing = !order.replacement.id.is_none();
    const Quantity whole = replacing ? std::max(order.order.quantity, order.replacement.quantity)
                                     : order.order.quantity;
    if (order.filled >= whole) ended(order.order.id);
}

void Story::ended(OrderId id) {
    StoryOrder& order = orders[id];
    order.open = false;
    order.replacement = Order{};
    if (!order.order.parent.is_none()) parents[order.order.parent].children.erase(id);
}

// A reason ends the parent: from here on it gets what is in flight and no more.
void Story::on(const events::CancelRequested& event, const RecordHead&) {
    const StoryOrder* order = this->order(event.order);
    if (order == nullptr || event.why == events::ParentEnd{}) return;
    const auto found = parents.find(order->order.parent);
    if (found == parents.end() || found->second.ending) return;
    StoryParent& parent = found->second;
    parent.ending = true;
    for (const OrderId child : parent.children)
        parent.in_flight += orders[child].fillable();
}

void Story::on(const events::ReplaceRequested& event, const RecordHead&) {
    orders[event.order].replacement = event.replacement;
}

void Story::on(const events::OrderReplaced& event, const RecordHead&) {
    StoryOrder& order = orders[event.order];
    order.order = order.replacement;
    order.replacement = Order{};
    end_if_filled(order);
}

void Story::on(const events::ReplaceRejected& event, const RecordHead&) {
    StoryOrder& order = orders[event.order];
    order.replacement = Order{};
    end_if_filled(order);
}

void Story::moved(AgentId agent, InstrumentId instrument, Quantity by) {
    positions[{agent, instrument}] += by;
}

// A fee in the base is taken off what was bought or what is left.
void Story::on(const events::FillAllocated& event, const RecordHead&) {
    moved(event.agent, event.instrument, signed_by(event.side, event.quantity));
    const auto found = parents.find(event.parent);
    if (found != parents.end()) {
        for (StoryShare& share : found->second.shares) {
            const Allocation& allocation = share.allocation;
            if (allocation.agent == event.agent && allocation.intent == event.intent) {
                share.filled += event.quantity;
                break;
            }
        }
    }
    if (event.fee_currency == universe_.instrument(event.instrument).base) {
        moved(event.agent, event.instrument, -Quantity{event.fee});
        at_venues[{event.venue, event.instrument}] -= Quantity{event.fee};
    }
}

void Story::on(const events::ForeignFill& event, const RecordHead&) {
    const Fill& fill = event.fill;
    Quantity by = signed_by(fill.side, fill.quantity);
    if (fill.fee_currency == universe_.instrument(fill.instrument).base) by -= Quantity{fill.fee};
    moved(house_agent, fill.instrument, by);
    at_venues[{fill.venue, fill.instrument}] += by;
}

void Story::on(const events::InternalCross& event, const RecordHead&) {
    moved(event.buyer, event.instrument, event.quantity);
    moved(event.seller, event.instrument, -event.quantity);
}

void Story::on(const events::DustSwept& event, const RecordHead&) {
    moved(event.agent, event.instrument, -event.quantity);
    moved(house_agent, event.instrument, event.quantity);
}

void Story::on(const events::StopArmed& event, const RecordHead&) {
    stops[event.id] = {event.agent, event.instrument, event.quantity};
}

void Story::on(const events::StopMoved& event, const RecordHead&) {
    stops[event.id].quantity = event.quantity;
}

void Story::on(const events::StopClosed& event, const RecordHead&) {
    stops.erase(event.id);
}

} // namespace grekko::sim
