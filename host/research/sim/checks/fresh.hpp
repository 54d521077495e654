// No order that adds risk leaves for a venue whose book is stale, crossed, one-sided or gapped by
// what the host was shown; and no increase is worked for a decision of an earlier incarnation: what
// was decided before a crash is never sent late. Exits are exempt. Trading rules §5.2, §7.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Fresh {
public:
    static constexpr std::string_view name = "fresh";

    void on(const events::OrderSubmitted& event, const Scene& scene) const {
        const Order& order = event.order;
        if (reduces(order.purpose)) return;
        const Duration age = scene.plan.settings.risk.book_age_max;
        if (!scene.shown.fit(order.venue, order.instrument, scene.head.at, age)) {
            scene.findings.add(name, "order " + text(order.id) + " leaves for venue " +
                                         text(order.venue) + " whose book is not fit to trade on");
        }
        const StoryParent* parent = scene.story.parent(order.parent);
        if (parent != nullptr && parent->epoch != scene.story.epoch) {
            scene.findings.add("late", "order " + text(order.id) + " adds risk for parent " +
                                           text(order.parent) + ", decided before the restart");
        }
    }
};

} // namespace grekko::sim::checks
