// After REDUCING or HALTED nothing is sent that could add risk,
// and in HALTED nothing that an agent wants. What is sent counts, not what was decided.
// Trading rules §5.4.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Halted {
public:
    static constexpr std::string_view name = "halted";

    void on(const events::OrderSubmitted& event, const Scene& scene) const {
        look_at(event.order, event.order.id, scene);
    }
    void on(const events::ReplaceRequested& event, const Scene& scene) const {
        const StoryOrder* old = scene.story.order(event.order);
        const bool more = old == nullptr || event.replacement.quantity > old->order.quantity;
        if (more) look_at(event.replacement, event.order, scene);
    }

private:
    static void look_at(const Order& order, OrderId id, const Scene& scene) {
        if (scene.story.state == events::BookState::active) return;
        if (!reduces(order.purpose)) {
            scene.findings.add(
                name, "order " + text(id) + " adds risk while the book is " +
                          (scene.story.state == events::BookState::halted ? "HALTED" : "REDUCING"));
        }
        const bool agents_wish = order.purpose == Purpose::reduce && order.agent != operator_agent;
        if (scene.story.state == events::BookState::halted && agents_wish) {
            scene.findings.add(name, "order " + text(id) + " of an agent leaves while HALTED");
        }
    }
};

} // namespace grekko::sim::checks
