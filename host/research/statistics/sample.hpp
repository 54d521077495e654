// Moments and quantiles of a sample of doubles. Plain functions without state; money never passes
// through here, only returns, durations and ratios for people to read.
// The other statistics and the report use them.
#pragma once

#include <optional>
#include <span>

namespace grekko::statistics {

// 0 of an empty sample.
double sum(std::span<const double> values);
double mean(std::span<const double> values);

// Of a sample, divided by n - 1; 0 below two values.
double variance(std::span<const double> values);
double deviation(std::span<const double> values);

// Third and fourth standardised moments, divided by n (a normal sample: 0 and 3). 0 and 3 where
// every value is equal or the sample is empty.
double skewness(std::span<const double> values);
double kurtosis(std::span<const double> values);

// Pearson; 0 where one of the samples does not vary. ASSERT equal sizes.
double correlation(std::span<const double> x, std::span<const double> y);

// Linear between order statistics (type 7), p in 0 … 1 (ASSERT); none of an empty sample.
std::optional<double> quantile(std::span<const double> values, double p);

struct Interval {
    double low{0}, high{0};
};
// mean ± z · deviation / √n with z of the two-sided `coverage` (0 < coverage < 1); none below two.
std::optional<Interval> mean_interval(std::span<const double> values, double coverage);

} // namespace grekko::statistics
