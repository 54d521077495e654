// Every open position of an agent is covered by stops of its whole quantity, or what is not covered
// is being left. Less than a lot is flat.
// Trading rules §6.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Protected {
public:
    static constexpr std::string_view name = "protected";

    void after(const Look& look) const {
        std::map<AgentKey, Quantity> covered;
        for (const auto& [id, stop] : look.story.stops)
            covered[{stop.agent, stop.instrument}] += stop.quantity;
        for (const auto& [key, quantity] : look.story.positions) {
            if (key.first == house_agent) continue;
            const Quantity bare = quantity.abs() - covered[key];
            if (bare < lot_of(look.plan.universe, key.second)) continue;
            look.findings.add(name, "agent " + text(key.first) + " holds " + quantity.to_string() +
                                        ", no stop covers " + bare.to_string());
        }
    }

private:
    static Quantity lot_of(const Universe& universe, InstrumentId instrument) {
        Quantity lot;
        for (const Listing& listing : universe.listings) {
            if (listing.instrument == instrument) lot = std::max(lot, listing.lot);
        }
        return lot;
    }
};

} // namespace grekko::sim::checks
