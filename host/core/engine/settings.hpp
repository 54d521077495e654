// Everything the core decides by, one struct a service, plus what only the engine needs. Defaults
// are those of the trading rules; the configuration overrides them by name. It is not state.
// io/config fills it, the composition root hands it to the engine.
#pragma once

#include "core/agents/settings.hpp"
#include "core/consensus/settings.hpp"
#include "core/execution/settings.hpp"
#include "core/market/settings.hpp"
#include "core/portfolio/portfolio.hpp"
#include "core/risk/risk.hpp"

namespace grekko::engine {

// Consensus off: every increase passes with its full size, to measure what the vote is worth.
enum class ConsensusMode : std::uint8_t { on = 1, off };
// What becomes of the positions of an agent that is switched off or whose breaker opens.
enum class OnDisable : std::uint8_t { keep_with_stops = 1, flatten };
enum class Money : std::uint8_t { paper = 1, live };

// Of the calendar (check 5): no increase of the instrument, none: of all, from `from` up to `to`.
struct Blackout {
    InstrumentId instrument;
    Instant from, to;
};

struct Settings {
    agents::Settings agents;
    consensus::Settings consensus;
    execution::Settings execution;
    market::Settings market;
    portfolio::Settings portfolio;
    risk::Settings risk;
    risk::BreakerSettings breakers;
    risk::StateSettings states;
    risk::StopSettings stops;

    ConsensusMode consensus_mode{ConsensusMode::on};
    Money money{Money::paper};
    OnDisable on_disable{OnDisable::keep_with_stops};
    bool shorts{false};
    std::vector<InstrumentId> restricted; // nobody may trade these
    std::vector<Blackout> blackouts;
    Duration nav_each{Duration::minutes(1)};
};

} // namespace grekko::engine
