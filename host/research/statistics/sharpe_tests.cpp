#include "research/statistics/sharpe_tests.hpp"

#include <algorithm>
#include <cmath>

#include "research/statistics/normal.hpp"
#include "research/statistics/returns.hpp"
#include "research/statistics/sample.hpp"

namespace grekko::statistics {

std::optional<SharpeSample> sharpe_sample(std::span<const double> returns) {
    const auto ratio = sharpe_of_period(returns);
    if (!ratio) return std::nullopt;
    return SharpeSample{*ratio, static_cast<double>(returns.size()), skewness(returns),
                        kurtosis(returns)};
}

std::optional<double> probabilistic_sharpe(const SharpeSample& sample, double threshold) {
    const double s = sample.sharpe;
    const double spread = 1.0 - sample.skewness * s + (sample.kurtosis - 1.0) / 4.0 * s * s;
    if (sample.periods < 2.0 || spread <= 0.0) return std::nullopt;
    return normal_probability((s - threshold) * std::sqrt(sample.periods - 1.0) /
                              std::sqrt(spread));
}

double effective_trials(double trials, double mean_correlation) {
    const double shared = std::clamp(mean_correlation, 0.0, 1.0);
    return trials * (1.0 - shared) + shared;
}

double sharpe_of_luck(double variance_of_trials, double effective) {
    if (effective <= 1.0) return 0.0;
    constexpr double euler_mascheroni = 0.57721566490153286061;
    constexpr double e = 2.71828182845904523536;
    return std::sqrt(variance_of_trials) *
           ((1.0 - euler_mascheroni) * normal_quantile(1.0 - 1.0 / effective) +
            euler_mascheroni * normal_quantile(1.0 - 1.0 / (effective * e)));
}

std::optional<double> deflated_sharpe(const SharpeSample& sample, double variance_of_trials,
                                      double effective) {
    return probabilistic_sharpe(sample, sharpe_of_luck(variance_of_trials, effective));
}

} // namespace grekko::statistics
