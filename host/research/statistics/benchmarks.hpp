// What the run is measured against, at the run's own costs: holding, holding a constant weight,
// and entering at random (trading rules §9.3). They trade nothing and know no order book: prices
// and one cost a side are enough. The report calls them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "research/statistics/returns.hpp"

namespace grekko::statistics {

// Wealth from 1 at the first price: `weight` of it in the asset, the rest idle, put back to the
// weight at every UTC day's last price. `cost` is a fraction of what is traded, one side. Weight 1
// is buy and hold. The last point has sold. Prices > 0 in order of time.
std::vector<CurvePoint> constant_weight(std::span<const CurvePoint> prices, double weight,
                                        double cost);

// A round trip as a benchmark needs it.
struct Entry {
    std::size_t series{0}; // which of the price series
    int side{1};           // +1 bought, -1 sold short
    Duration held;
    double value{0}; // at the entry, money
};

inline constexpr int random_runs = 500;

// The result of each of 500 runs that make the same trips (side, holding time, value) at random
// times of the same prices, money, with `cost` a side taken twice. A trip that lasts longer than
// its series starts at its beginning. Empty where nothing can be entered.
std::vector<double> random_entries(std::span<const std::vector<CurvePoint>> series,
                                   std::span<const Entry> entries, double cost, std::uint64_t seed);

// Share of the draws below the value, equal ones count half; none without draws.
std::optional<double> percentile_of(double value, std::span<const double> draws);

} // namespace grekko::statistics
