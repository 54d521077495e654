// How much each elector's vote counts: groups of copies weigh as one, and no group outweighs the
// rest (trading rules §2.2). A pure function of the electors; it knows no roster and no round.
// open_round freezes what it gives.
#pragma once

#include <span>
#include <vector>

#include "base/decimal.hpp"
#include "domain/intent.hpp"

namespace grekko::consensus {

// Shares of the eligible weight, in the order of `electors`; each 0..1, the sum at most 1 and short
// of it by less than one unit of 10^-18 a group. A group has the weight of its heaviest member,
// shared in proportion, to the last digit; none has more than max(share_max, 1 / groups).
// Weights must be above 0 and their sum below 10^20.
std::vector<Rate> shares(std::span<const Elector> electors, Rate share_max);

std::uint16_t count_groups(std::span<const Elector> electors);

} // namespace grekko::consensus
