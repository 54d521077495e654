// BarSeries: trades of one instrument gathered into bars of one interval over a span. Intervals
// without a trade give an empty bar at the last price; before the first trade there are none. It
// makes the warm-up history of the generated market and nothing live.
#pragma once

#include <grekko/events.h>

#include <vector>

#include "paper/config.hpp"

namespace grekko::paper::synthetic {

class BarSeries {
public:
    // Bars that open in begin … end; both are multiples of the interval.
    BarSeries(grekko_duration interval, grekko_time begin, grekko_time end);
    // In order of time; trades before `begin` only give the price that empty bars stand at.
    void trade(grekko_time at, Decimal price, Decimal quantity);
    // All bars up to `end`. Heads hold the opening time and the empty flag, nothing else.
    std::vector<grekko_bar> finish();

private:
    void close_until(grekko_time opening);

    grekko_duration interval_;
    grekko_time opening_, end_;
    Decimal last_;
    grekko_bar bar_{};
    bool traded_{false};
    std::vector<grekko_bar> bars_;
};

} // namespace grekko::paper::synthetic
