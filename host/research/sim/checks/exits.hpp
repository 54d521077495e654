// No reduce beyond the position: with what is already on its way out, an exit never asks for more
// than its agent holds, nor gets it filled, nor a stop at a venue for more than the book holds
// there. Two stops cannot oversell. Trading rules §5.1.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Exits {
public:
    static constexpr std::string_view name = "exits";

    void on(const events::OrderSubmitted& event, const Scene& scene) const {
        const Order& order = event.order;
        if (!reduces(order.purpose)) return;
        if (order.purpose == Purpose::disaster_stop) return at_venue(order, scene);
        const StoryParent* parent = scene.story.parent(order.parent);
        const bool shared = parent != nullptr && parent->shares.size() > 1;
        Quantity leaving = order.quantity;
        for (const auto& [id, other] : scene.story.orders) {
            const Order& o = other.order;
            const bool same = o.instrument == order.instrument && o.side == order.side &&
                              (shared || o.agent == order.agent);
            if (same && reduces(o.purpose) && o.purpose != Purpose::disaster_stop) {
                leaving += other.fillable();
            }
        }
        const Quantity held = held_by(order, shared, scene);
        if (leaving <= held) return;
        scene.findings.add(name, "with order " + text(order.id) + " " + leaving.to_string() +
                                     " is on its way out, held is " + held.to_string());
    }

    void on(const events::OrderFilled& event, const Scene& scene) const {
        const StoryOrder* known = scene.story.order(event.fill.order);
        if (known == nullptr || !reduces(known->order.purpose)) return;
        if (known->order.purpose == Purpose::disaster_stop) return;
        const StoryParent* parent = scene.story.parent(known->order.parent);
        const bool shared = parent != nullptr && parent->shares.size() > 1;
        const Quantity held = held_by(known->order, shared, scene);
        if (event.fill.quantity <= held) return;
        scene.findings.add(name, "order " + text(event.fill.order) + " has filled " +
                                     event.fill.quantity.to_string() + ", held was " +
                                     held.to_string());
    }

private:
    static Quantity held_by(const Order& order, bool shared, const Scene& scene) {
        Quantity held;
        for (const auto& [key, quantity] : scene.story.positions) {
            const bool counts =
                key.second == order.instrument && (shared || key.first == order.agent);
            if (counts && quantity.is_positive() == (order.side == Side::sell)) {
                held += quantity.abs();
            }
        }
        return held;
    }
    static void at_venue(const Order& order, const Scene& scene) {
        Quantity resting = order.quantity;
        for (const auto& [id, other] : scene.story.orders) {
            const Order& o = other.order;
            const bool same = o.instrument == order.instrument && o.side == order.side &&
                              o.venue == order.venue && o.purpose == Purpose::disaster_stop;
            if (same) resting += other.fillable();
        }
        const auto held = scene.story.at_venues.find({order.venue, order.instrument});
        const Quantity most = held == scene.story.at_venues.end() ? Quantity{} : held->second.abs();
        if (resting <= most) return;
        scene.findings.add(name, "stops at venue " + text(order.venue) + " reach " +
                                     resting.to_string() + ", held is " + most.to_string());
    }
};

} // namespace grekko::sim::checks
