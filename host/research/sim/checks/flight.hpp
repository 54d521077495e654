// A cancelled or superseded intent never fills more than what was in flight when its end was
// decided, and nothing more is sent for it.
// Trading rules §12.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Flight {
public:
    static constexpr std::string_view name = "flight";

    void on(const events::OrderSubmitted& event, const Scene& scene) const {
        const StoryParent* parent = scene.story.parent(event.order.parent);
        if (parent == nullptr || !parent->ending) return;
        scene.findings.add(name, "order " + text(event.order.id) + " is sent for parent " +
                                     text(event.order.parent) + ", which is ending");
    }
    void on(const events::OrderFilled& event, const Scene& scene) {
        const StoryOrder* order = scene.story.order(event.fill.order);
        if (order == nullptr) return;
        const StoryParent* parent = scene.story.parent(order->order.parent);
        if (parent == nullptr || !parent->ending) return;
        Quantity& since = filled_[order->order.parent];
        since += event.fill.quantity;
        if (since <= parent->in_flight) return;
        scene.findings.add(name, "parent " + text(order->order.parent) + " was ended with " +
                                     parent->in_flight.to_string() + " in flight and filled " +
                                     since.to_string());
    }

private:
    std::map<ParentId, Quantity> filled_;
};

} // namespace grekko::sim::checks
