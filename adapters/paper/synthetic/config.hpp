// The generated market's configuration: which instruments, where their prices start, how lively
// they are. It is not calibrated to any product: the defaults give a day's volatility of about 3 %.
// Whoever makes a SyntheticMarket fills it in.
#pragma once

#include "paper/config.hpp"

namespace grekko::paper::synthetic {

struct Instrument {
    std::uint16_t instrument{1};
    Decimal tick{0.01_dec};
    Decimal lot{0.00000001_dec};
    Decimal price{Decimal{60'000}}; // where it starts
    Decimal trade_size{0.02_dec};   // median
    Decimal level_size{0.5_dec};    // median shown at a level
    double half_spread{0.0001};     // median, as a fraction of price
    double trades_per_second{1.0};  // in the long run, > 0
    double updates_per_second{2.0}; // of shown sizes, without a trade
    int levels{10};                 // a side, 1 … 50
};

struct Config {
    std::uint64_t seed{1};
    std::uint16_t venue{1};
    grekko_time start{0};
    grekko_duration feed_latency{5'000'000}; // receive time - exchange time, constant
    std::vector<Instrument> instruments;
};

} // namespace grekko::paper::synthetic
