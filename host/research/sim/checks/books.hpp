// Σ sub-ledgers = venue ledger, to the last digit, after every step; and both are what the fills,
// crosses and sweeps of the journal add up to. On spot no agent's position is below zero.
// Trading rules §4, §12.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Books {
public:
    static constexpr std::string_view name = "books";

    void after(const Look& look) const {
        std::map<InstrumentId, Quantity> agents, venues;
        for (const auto& [key, quantity] : look.story.positions) {
            agents[key.second] += quantity;
            const bool short_spot = quantity.is_negative() && key.first != house_agent;
            if (short_spot && !look.engine.settings().shorts) {
                look.findings.add(name, "agent " + text(key.first) +
                                            " is short: " + quantity.to_string());
            }
            const Quantity booked =
                portfolio::position(look.engine.state().portfolio, key.first, key.second).quantity;
            if (booked != quantity) {
                look.findings.add(name, "agent " + text(key.first) + " holds " +
                                            booked.to_string() + ", its fills say " +
                                            quantity.to_string());
            }
        }
        for (const auto& [key, quantity] : look.story.at_venues) {
            venues[key.second] += quantity;
            const Quantity booked =
                portfolio::venue_quantity(look.engine.state().portfolio, key.first, key.second);
            if (booked != quantity) {
                look.findings.add(name, "venue " + text(key.first) + " holds " +
                                            booked.to_string() + ", its fills say " +
                                            quantity.to_string());
            }
        }
        for (const auto& [instrument, quantity] : agents) {
            if (quantity == venues[instrument]) continue;
            look.findings.add(name, "agents hold " + quantity.to_string() + " of instrument " +
                                        text(instrument) + ", the venues " +
                                        venues[instrument].to_string());
        }
    }
};

} // namespace grekko::sim::checks
