// No increase without a decision and an approval: every parent that may add risk stands on a round
// that passed (or on the route that needs none) and on an assessment that allowed its quantity, and
// each of its orders on an assessment of its own in the same step.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Decided {
public:
    static constexpr std::string_view name = "decided";

    void on(const events::IntentProposed& event, const Scene&) { routes_[event.id] = event.route; }
    void on(const events::RoundClosed& event, const Scene&) {
        const bool passed = event.outcome == events::RoundOutcome::passed ||
                            event.outcome == events::RoundOutcome::solo;
        if (passed) allowed_[event.round] = event.quantity;
    }
    void on(const events::RiskAssessed& event, const Scene&) {
        last_ = event;
        if (event.verdict != events::Verdict::approved) return;
        if (event.kind == events::AssessmentKind::increase) {
            assessed_[event.intent] = event.approved;
        }
    }
    void on(const events::ParentAllocated& event, const Scene& scene) {
        const Allocation& share = event.allocation;
        if (share.purpose != Purpose::increase) return;
        const auto assessed = assessed_.find(share.intent);
        if (assessed == assessed_.end() || share.quantity > assessed->second) {
            scene.findings.add(name, "intent " + text(share.intent) + " got a parent of " +
                                         share.quantity.to_string() + " without an assessment");
        }
        const auto route = routes_.find(share.intent);
        const bool voted = route == routes_.end() || route->second == events::IntentRoute::vote ||
                           route->second == events::IntentRoute::solo;
        const auto allowed = allowed_.find(share.intent);
        if (voted && (allowed == allowed_.end() || share.quantity > allowed->second)) {
            scene.findings.add(name, "intent " + text(share.intent) + " got a parent of " +
                                         share.quantity.to_string() + " that no round decided");
        }
    }
    void on(const events::OrderSubmitted& event, const Scene& scene) {
        const Order& order = event.order;
        const bool assessed = last_.verdict == events::Verdict::approved &&
                              last_.parent == order.parent && last_.side == order.side &&
                              last_.instrument == order.instrument &&
                              last_.approved >= order.quantity;
        if (!assessed) {
            scene.findings.add(name, "order " + text(order.id) + " has no assessment of its own");
        }
        if (!reduces(order.purpose) && scene.story.parent(order.parent) == nullptr) {
            scene.findings.add(name, "order " + text(order.id) + " adds risk and has no parent");
        }
    }

private:
    std::map<IntentId, events::IntentRoute> routes_;
    std::map<IntentId, Quantity> allowed_, assessed_;
    events::RiskAssessed last_;
};

} // namespace grekko::sim::checks
