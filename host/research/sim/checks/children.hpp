// Σ children ≤ decided: what is filled, what could still fill and what is sent now never exceed the
// parent's quantity. A parent whose end is decided sends nothing more. And at most one live order
// per slice of a parent at a venue: an order in doubt is asked about, never sent again.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Children {
public:
    static constexpr std::string_view name = "children";

    void on(const events::OrderSubmitted& event, const Scene& scene) const {
        const StoryParent* parent = scene.story.parent(event.order.parent);
        if (parent == nullptr) return;
        if (parent->ending) {
            scene.findings.add(name, "order " + text(event.order.id) + " leaves after the end of " +
                                         text(event.order.parent));
        }
        Quantity sum = parent->filled + event.order.quantity;
        for (const OrderId child : parent->children) {
            const StoryOrder& other = *scene.story.order(child);
            sum += other.fillable();
            const bool twin =
                other.order.slice == event.order.slice && other.order.venue == event.order.venue;
            if (twin) {
                scene.findings.add(name, "order " + text(event.order.id) + " repeats slice " +
                                             std::to_string(event.order.slice) + " of parent " +
                                             text(event.order.parent) + " while order " +
                                             text(child) + " is live");
            }
        }
        if (sum > parent->parent.quantity) {
            scene.findings.add(name, "with order " + text(event.order.id) + " the children of " +
                                         text(event.order.parent) + " reach " + sum.to_string() +
                                         ", decided were " + parent->parent.quantity.to_string());
        }
    }
    void on(const events::OrderFilled& event, const Scene& scene) const {
        const StoryOrder* order = scene.story.order(event.fill.order);
        const StoryParent* parent =
            order == nullptr ? nullptr : scene.story.parent(order->order.parent);
        if (parent == nullptr) return;
        const Quantity sum = parent->filled + event.fill.quantity;
        if (sum <= parent->parent.quantity) return;
        scene.findings.add(name, "parent " + text(order->order.parent) + " has filled " +
                                     sum.to_string() + ", decided were " +
                                     parent->parent.quantity.to_string());
    }
    void on(const events::ReplaceRequested& event, const Scene& scene) const {
        const StoryOrder* old = scene.story.order(event.order);
        const StoryParent* parent =
            old == nullptr ? nullptr : scene.story.parent(old->order.parent);
        if (parent == nullptr) return;
        if (parent->ending && event.replacement.quantity > old->order.quantity) {
            scene.findings.add(name, "order " + text(event.order) + " grows after the end of " +
                                         text(old->order.parent));
        }
        Quantity sum = parent->filled - old->filled + event.replacement.quantity;
        for (const OrderId child : parent->children) {
            if (child != event.order) sum += scene.story.order(child)->fillable();
        }
        if (sum > parent->parent.quantity) {
            scene.findings.add(name, "the new version of order " + text(event.order) +
                                         " takes its parent to " + sum.to_string());
        }
    }
};

} // namespace grekko::sim::checks
