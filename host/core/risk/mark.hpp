// Limits that a price alone can pass: checks 10-12, 22-29, 38 and 39, looked at on every mark
// before agents are asked. Finds, does not act: breakers and states of the book do, from what is
// found. Comparisons against bounds that are made once for a limit base.
#pragma once

#include <cstdint>
#include <vector>

#include "core/risk/check.hpp"
#include "core/risk/settings.hpp"
#include "domain/event/risk.hpp"
#include "domain/instrument.hpp"
#include "domain/market_view.hpp"
#include "domain/position.hpp"

namespace grekko::risk {

struct State;

// A limit in base currency, and 1.25 × it.
struct Bound {
    Notional limit, passed;
};
struct Bounds {
    Notional limit_base;
    Bound instrument[2]; // other, major
    Bound virtual_gross[2];
    Bound gross, net, cluster, leverage, heat;
};
// To be made again when the limit base or a setting changes.
Bounds bounds(const Settings& settings, Notional limit_base);

struct MarkContext {
    const MarketView& market;
    const Instrument& instrument;
    const BookView& book;
    const Bounds& bounds;
    events::BookState state{events::BookState::active};
};

struct AgentFinding {
    AgentId agent;
    bool passed{false}; // beyond 1.25 × the limit
};

struct MarkFindings {
    CheckSet failed{0}; // increases in this scope would be denied
    CheckSet passed{0}; // beyond 1.25 ×: the scope goes to REDUCING (23, 25: this
                        // instrument's breaker; 24, 26, 27, 29: the book, in `wanted`)
    std::vector<AgentFinding> agents;                    // check 22, agents in this instrument
    events::BookState wanted{events::BookState::active}; // REDUCING or HALTED by 38, 39, price
    events::StateCause cause{events::StateCause::none};
    bool manual{false}; // 39, and 38's halt: an operator resumes; else new day or recovery
    bool factor_changes{false};
    Rate factor{1_rate}; // of sizes, by 39: emit SizeFactorChanged (agent 0) if it changes

    // One of the limits that are shares of the limit base: false under smaller bounds says that it
    // is false under larger ones, and that they would find the same.
    bool limit_failed() const {
        constexpr CheckSet of_base = bit(Check::agent_gross) | bit(Check::instrument) |
                                     bit(Check::book_gross) | bit(Check::virtual_gross) |
                                     bit(Check::cluster) | bit(Check::leverage) | bit(Check::heat);
        return (failed & of_base) != 0;
    }
};

// Of 10 to 12 what the market alone decides: while one fails, no increase would leave now.
CheckSet market_failures(const Settings& settings, const MarketView& market);

// Check 22 of one agent is within its limit at the present marks: CleanConditions::below_limits of
// its breaker.
bool limits_kept(const State& state, const Settings& settings, Notional base, AgentId agent);

// The price scopes of one instrument and the losses of the book. Losses never move on a stale
// mark. An instrument without exposure costs a few comparisons.
MarkFindings on_mark(const State& state, const Settings& settings, const MarkContext& context);

} // namespace grekko::risk
