// At the venue no decision is carried out twice: what the orders of a parent have really filled and
// what of them still rests never exceeds what was decided. `children` asks the journal the same; an
// order that the host has forgotten and sent again shows here alone.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Doubled {
public:
    static constexpr std::string_view name = "doubled";

    // Few orders are open at a time, and a parent is asked about where something has moved.
    void after(const Look& look) {
        std::map<ParentId, Quantity> reach;
        for (const OrderId id : look.truth.open()) {
            const TrueOrder& order = *look.truth.find(id);
            if (order.order.parent.is_none()) continue;
            reach[order.order.parent] += order.order.quantity - order.filled;
        }
        if (look.truth.fills().size() != fills_) {
            fills_ = look.truth.fills().size();
            for (const auto& [parent, filled] : look.truth.filled())
                reach.try_emplace(parent);
        }
        for (const auto& [id, resting] : reach)
            judge(id, resting, look);
    }

private:
    static void judge(ParentId id, Quantity resting, const Look& look) {
        const StoryParent* parent = look.story.parent(id);
        if (parent == nullptr) return;
        const auto found = look.truth.filled().find(id);
        const Quantity filled = found == look.truth.filled().end() ? Quantity{} : found->second;
        if (filled + resting <= parent->parent.quantity) return;
        look.findings.add(name, "at the venue the orders of parent " + text(id) + " have filled " +
                                    filled.to_string() + " and " + resting.to_string() +
                                    " is open, decided were " +
                                    parent->parent.quantity.to_string());
    }

    std::size_t fills_{0};
};

} // namespace grekko::sim::checks
