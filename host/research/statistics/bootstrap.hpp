// Stationary bootstrap (Politis and Romano 1994): the days drawn again in blocks of random length,
// so that what hangs together stays together. It says how sure a figure is, not whether the future
// is like the past. Seeded and equal on every machine. The report calls it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/random.hpp"
#include "research/statistics/sample.hpp"

namespace grekko::statistics {

inline constexpr int bootstrap_draws = 2'000;
inline constexpr double bootstrap_coverage = 0.90;
inline constexpr std::size_t bootstrap_days_min = 30; // fewer say nothing about their spread

// max(5, n^(1/3))
double mean_block(std::size_t n);

// `size` indices below n: each follows the one before (from the end to the start) and with
// probability 1 / block starts anew anywhere. ASSERT n > 0, block >= 1.
void draw_indices(Random& random, std::size_t n, double block, std::span<std::size_t> indices);

struct Bootstrap {
    Interval total;                 // of the compounded return
    std::optional<Interval> sharpe; // of a year; none where the returns do not vary
    Interval drawdown;              // of the largest, on daily closes
    double loss_in_a_year{0};       // probability of a drawdown of `loss` within 365 days
};
// 90 % percentile intervals from 2 000 draws; none below 30 days.
std::optional<Bootstrap> bootstrap(std::span<const double> daily, std::uint64_t seed,
                                   double loss = 0.10);

// Of the sum of a - b over paired days (what a vote was worth); none below 30 days. ASSERT equal
// sizes.
std::optional<Interval> difference_interval(std::span<const double> a, std::span<const double> b,
                                            std::uint64_t seed);

} // namespace grekko::statistics
