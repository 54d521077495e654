// The count of a round (trading rules §2.3): a pure function over its members, their votes, the
// size tiers and the thresholds, in whole numbers. It knows no time and no mark: staleness is
// decided outside of it. try_close calls it.
#pragma once

#include <cstdint>
#include <span>

#include "core/consensus/settings.hpp"
#include "core/consensus/state.hpp"

namespace grekko::consensus {

struct Ballots {
    std::span<const Member> members; // weights: shares of the eligible weight, sum about 1
    AgentId proposer;
    std::uint16_t proposer_group{0};
    Notional nav, value; // N, and what the full size is worth
    Rate churn;          // added to the threshold
    bool veto_missing_refuses{true};
};
Ballots ballots(const Round&);

struct Count {
    RoundOutcome outcome{};   // passed, rejected, no_quorum, vetoed, veto_missing
    Rate fraction;            // φ*, zero unless passed
    Rate approval, threshold; // A and θ at φ*, at 1 where it failed; A rounded down
    Rate quorum;              // Q, rounded down
    bool quorate{false};
    std::uint16_t approvals{0}, rejections{0}, abstentions{0}; // at φ*, or at 1
    std::uint16_t misses{0}, eligible{0};
    AgentId vetoed_by;
};
// Who has not answered counts with its own undecided intent, else as an abstention.
Count tally(const Ballots&, const Law&);
// No vote that is missing can change outcome or size, and all veto holders have answered.
bool settled(const Ballots&, const Law&);
// θ at a fraction of the size.
Rate threshold(const Ballots&, const Law&, Decimal fraction);

} // namespace grekko::consensus
