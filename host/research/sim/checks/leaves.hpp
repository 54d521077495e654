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
    void on(const events::RiskAssessed& event, const Scene&) {
        if (event.stop.is_none()) return;
        why_[event.stop] = "requested " + event.requested.to_string() + ", approved " +
                           event.approved.to_string() + ", check " +
                           std::to_string(event.reason) + ", parent " + text(event.parent);
    }
    void on(const events::ParentOpened& event, const Scene& scene) {
        if (event.parent.purpose != Purpose::flatten) return;
        flattens_.try_emplace(ParentId{scene.head.sequence.value()}, scene.head.at);
    }
    void on(const events::ParentClosed& event, const Scene&) { flattens_.erase(event.parent); }

    void after(const Look& look) {
        const Instant calm = look.plan.healed_at() + Duration::seconds(60);
        if (look.now < calm + within || look.now > look.plan.end()) return; // then no market
        const auto late = [&](Instant since) { return look.now - std::max(since, calm) > within; };
        for (const auto& [id, since] : triggered_) {
            if (!late(since) || told_ || is_dust(id, look)) continue;
            told_ = true;
            look.findings.add(name, "stop " + text(id) + " triggered at " + to_string(since) +
                                        " and has not left: last " + why_[id]);
        }
        for (const auto& [id, since] : flattens_) {
            if (!late(since) || told_) continue;
            told_ = true;
            look.findings.add(name, "flatten " + text(id) + " of " + to_string(since) +
                                        " has not ended");
        }
    }

private:
    static bool is_dust(StopId id, const Look& look) {
        const auto stop = look.story.stops.find(id);
        if (stop == look.story.stops.end()) return true;
        const Price mark =
            look.engine.market_state().mark(stop->second.instrument, look.now).price;
        for (const Listing& listing : look.plan.universe.listings) {
            const bool here = listing.instrument == stop->second.instrument;
            if (here && multiply(mark, stop->second.quantity, Rounding::half_even) >=
                            listing.notional_min) {
                return false;
            }
        }
        return true;
    }
    static constexpr Duration within = Duration::seconds(60);
    std::map<StopId, Instant> triggered_;
    std::map<StopId, std::string> why_; // what risk said last
    std::map<ParentId, Instant> flattens_;
    bool told_{false};
};

} // namespace grekko::sim::checks
