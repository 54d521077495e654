// An exit must end: once the faults are over and the operator has resumed the book, a stop that has
// triggered and a flatten at work are out within a minute, whatever the price has done meanwhile.
// A take profit may wait for its price. Trading rules §6.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Leaves {
public:
    static constexpr std::string_view name = "leaves";

    void on(const events::StopTriggered& event, const Scene& scene) {
        if (event.cause == events::StopTriggerCause::take) return;
        triggered_.try_emplace(event.id, scene.head.at);
    }
    void on(const events::StopClosed& event, const Scene&) { triggered_.erase(event.id); }
    void on(const events::ParentOpened& event, const Scene& scene) {
        if (event.parent.purpose != Purpose::flatten) return;
        flattens_.try_emplace(ParentId{scene.head.sequence.value()}, scene.head.at);
    }
    void on(const events::ParentClosed& event, const Scene&) { flattens_.erase(event.parent); }

    void after(const Look& look) {
        const Instant calm = look.plan.healed_at() + Duration::seconds(60);
        if (look.now < calm + within) return;
        const auto late = [&](Instant since) { return look.now - std::max(since, calm) > within; };
        for (const auto& [id, since] : triggered_) {
            if (!late(since) || told_) continue;
            told_ = true;
            look.findings.add(name, "stop " + text(id) + " triggered at " + to_string(since) +
                                        " and has not left");
        }
        for (const auto& [id, since] : flattens_) {
            if (!late(since) || told_) continue;
            told_ = true;
            look.findings.add(name, "flatten " + text(id) + " of " + to_string(since) +
                                        " has not ended");
        }
    }

private:
    static constexpr Duration within = Duration::seconds(60);
    std::map<StopId, Instant> triggered_;
    std::map<ParentId, Instant> flattens_;
    bool told_{false};
};

} // namespace grekko::sim::checks
