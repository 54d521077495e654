// Prices: one instrument's price over time in bounded memory, and what the spread was. When it is
// full, every second point goes and later ones come half as often. It is not the market service.
// The collector feeds it; benchmarks, regimes and charts read it.
#pragma once

#include <vector>

#include "domain/market.hpp"
#include "research/statistics/returns.hpp"

namespace grekko::report {

class Prices {
public:
    static constexpr std::size_t points_max = 262'144;

    // Times must not go back (what does is left out); price > 0.
    void add(Instant at, double price);

    const std::vector<statistics::CurvePoint>& points() const { return points_; }
    double last() const { return last_.value; } // 0: none yet
    Instant last_at() const { return last_.at; }

private:
    std::vector<statistics::CurvePoint> points_;
    statistics::CurvePoint last_;
    Duration spacing_;
};

// At most `count` (ASSERT >= 2) points of a curve for a chart: of each part its lowest and highest
// in order of time, so that no extreme is lost. Gives their places.
std::vector<std::size_t> thinned(const std::vector<double>& values, std::size_t count);

} // namespace grekko::report
