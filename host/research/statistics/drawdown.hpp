// Drawdown: how far a curve fell from its highest point so far, and for how long.
// Of NAV per unit, so that deposits and withdrawals are neither. Not the limit of the risk checks:
// that one is counted live. The report calls it.
#pragma once

#include <span>
#include <vector>

#include "research/statistics/returns.hpp"

namespace grekko::statistics {

struct Drawdown {
    double depth{0};      // largest 1 - value / peak, 0 … 1
    Instant peak, trough; // of the largest
    Instant recovered;    // of the largest, none: not by the end
    Duration longest;     // from a peak to the recovery or the end, of any drawdown
};
// Points in order of time.
Drawdown max_drawdown(std::span<const CurvePoint> curve);

// 1 - value / peak so far, at each point.
std::vector<double> drawdowns(std::span<const CurvePoint> curve);

// The largest drawdown of the wealth that grows from 1 by these returns.
double depth_of(std::span<const double> returns);

} // namespace grekko::statistics
