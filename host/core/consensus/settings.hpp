// Every default of the trading rules §2 that consensus decides by. Plain values: the configuration
// fills them, and a round keeps what must not change while it is open. Not the limits of risk.
// core/consensus reads them, the engine hands them in.
#pragma once

#include <cstdint>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/ids.hpp"

namespace grekko::consensus {

enum class Solo : std::uint8_t { pass = 1, refuse };
enum class VetoMissing : std::uint8_t { refuse = 1, ignore };

// An operator's grant; against increases only.
struct VetoRight {
    AgentId agent;
    InstrumentId instrument; // none: all
    bool buys{true}, sells{true};
};

// What the tally counts by. Sizes are fractions of NAV.
struct Law {
    Rate approval_small{0.60_rate}; // up to size_small
    Rate approval_medium{0.67_rate};
    Rate approval_large{0.75_rate}; // above size_medium
    Rate size_small{0.05_rate};
    Rate size_medium{0.15_rate};
    Rate quorum{0.5_rate};          // of the eligible weight
    Rate confidence_min{0.05_rate}; // below it a vote is an abstention
    Rate group_share_max{0.40_rate};
};

struct Settings {
    Law law;
    Rate churn{0.10_rate}; // added to the threshold against a fresh opposite increase
    Duration churn_min{Duration::seconds(30)}, churn_max{Duration::hours(1)}; // of horizon / 4

    Duration round{Duration::milliseconds(500)}; // hard end of a round
    Duration distribute{Duration::milliseconds(150)}, answer{Duration::milliseconds(250)},
        count{Duration::milliseconds(100)};           // budgets within it, for alerts
    Duration ttl{Duration::seconds(2)};               // of an intent that names none
    std::uint32_t open_rounds_max{8};                 // a book
    Duration increase_interval{Duration::seconds(1)}; // an agent and instrument

    std::int64_t horizon_bars{20}; // put in where an intent has no horizon
    Duration horizon_min{Duration::minutes(1)}, horizon_max{Duration::days(7)};
    Duration flip_wait{Duration::seconds(60)}; // the increase of a flip lapses after it

    Rate stale_move{0.0005_rate}; // the largest of these three is tolerated against the agent
    Rate stale_spreads{1.5_rate};
    Rate stale_sigmas{0.5_rate}; // of σ(1 min)

    Duration mandate_max{Duration::hours(24)};
    std::uint32_t vetoes_per_day{20}; // an agent
    VetoMissing veto_missing{VetoMissing::refuse};
    std::vector<VetoRight> vetoes;
    Solo solo{Solo::refuse}; // backtest and paper: pass
};

} // namespace grekko::consensus
