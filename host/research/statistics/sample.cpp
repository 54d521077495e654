#include "research/statistics/sample.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/assert.hpp"
#include "research/statistics/normal.hpp"

namespace grekko::statistics {
namespace {

// Σ (x - mean)^power / n
double central_moment(std::span<const double> values, int power) {
    if (values.empty()) return 0.0;
    const double centre = mean(values);
    double total = 0.0;
    for (const double value : values) {
        const double distance = value - centre;
        double product = 1.0;
        for (int i = 0; i < power; ++i)
            product *= distance;
        total += product;
    }
    return total / static_cast<double>(values.size());
}

// Rounding leaves a deviation of some 1e-17 of equal values: that is none.
bool varies(std::span<const double> values) {
    return std::any_of(values.begin(), values.end(),
                       [&](double value) { return value != values.front(); });
}

} // namespace

double sum(std::span<const double> values) {
    double total = 0.0;
    for (const double value : values)
        total += value;
    return total;
}

double mean(std::span<const double> values) {
    return values.empty() ? 0.0 : sum(values) / static_cast<double>(values.size());
}

double variance(std::span<const double> values) {
    if (values.size() < 2 || !varies(values)) return 0.0;
    const auto n = static_cast<double>(values.size());
    return central_moment(values, 2) * n / (n - 1.0);
}

double deviation(std::span<const double> values) {
    return std::sqrt(variance(values));
}

double skewness(std::span<const double> values) {
    if (!varies(values)) return 0.0;
    const double second = central_moment(values, 2);
    return central_moment(values, 3) / (second * std::sqrt(second));
}

double kurtosis(std::span<const double> values) {
    if (!varies(values)) return 3.0;
    const double second = central_moment(values, 2);
    return central_moment(values, 4) / (second * second);
}

double correlation(std::span<const double> x, std::span<const double> y) {
    ASSERT(x.size() == y.size());
    if (!varies(x) || !varies(y)) return 0.0;
    const double mean_x = mean(x);
    const double mean_y = mean(y);
    double shared = 0.0;
    double own_x = 0.0;
    double own_y = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        shared += (x[i] - mean_x) * (y[i] - mean_y);
        own_x += (x[i] - mean_x) * (x[i] - mean_x);
        own_y += (y[i] - mean_y) * (y[i] - mean_y);
    }
    return shared / std::sqrt(own_x * own_y);
}

std::optional<double> quantile(std::span<const double> values, double p) {
    ASSERT(p >= 0.0);
    ASSERT(p <= 1.0);
    if (values.empty()) return std::nullopt;
    std::vector<double> sorted{values.begin(), values.end()};
    std::sort(sorted.begin(), sorted.end());
    const double place = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::optional<Interval> mean_interval(std::span<const double> values, double coverage) {
    ASSERT(coverage > 0.0);
    ASSERT(coverage < 1.0);
    if (values.size() < 2) return std::nullopt;
    const double error = deviation(values) / std::sqrt(static_cast<double>(values.size()));
    const double reach = normal_quantile(0.5 + coverage / 2.0) * error;
    return Interval{mean(values) - reach, mean(values) + reach};
}

} // namespace grekko::statistics
