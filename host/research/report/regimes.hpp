// Regimes: was the market trending or ranging, calm or wild, when a trade began? Judged from the 96
// prices before it, against the run's own medians: a label for the table of trades, never an input
// of a decision. build_trades calls it.
#pragma once

#include <string>
#include <vector>

#include "research/statistics/returns.hpp"

namespace grekko::report {

class Regimes {
public:
    static constexpr std::size_t window = 96;

    // Borrows nothing: the sums are its own. Prices > 0 in order of time.
    explicit Regimes(const std::vector<statistics::CurvePoint>& prices);

    // "trend, wild"; empty before the first whole window. Trend: |net move| / path is above its
    // median over the run; wild: the deviation of returns is.
    std::string at(Instant time) const;

private:
    struct Reading {
        double efficiency{0}, deviation{0};
    };
    Reading reading(std::size_t place) const; // of the window that ends there

    std::vector<Instant> times_;
    std::vector<double> logs_, path_, squares_;
    double efficiency_median_{0}, deviation_median_{0};
};

} // namespace grekko::report
