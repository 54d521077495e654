// How sure a Sharpe ratio is, and how much of it searching alone would have found: the
// probabilistic and the deflated ratio of Bailey and López de Prado, as trading rules §9.6 give
// them. Ratios are of one period (a day), never of a year. The report calls them.
#pragma once

#include <optional>
#include <span>

namespace grekko::statistics {

struct SharpeSample {
    double sharpe{0};   // S of one period
    double periods{0};  // T
    double skewness{0}; // g3
    double kurtosis{3}; // g4, a normal sample: 3
};
// None where the returns do not vary.
std::optional<SharpeSample> sharpe_sample(std::span<const double> returns);

// PSR(S*) = Φ((S - S*) √(T-1) / √(1 - g3 S + (g4-1)/4 S²)); none for T < 2 or a root not positive.
std::optional<double> probabilistic_sharpe(const SharpeSample& sample, double threshold);

// K = N (1 - ρ) + ρ, ρ the mean correlation of the trials, taken into 0 … 1; at least 1 for N >= 1.
double effective_trials(double trials, double mean_correlation);

// S* = √variance · ((1-γ) Φ⁻¹(1 - 1/K) + γ Φ⁻¹(1 - 1/(K e))): the best ratio that K trials without
// any skill would show. 0 for K <= 1.
double sharpe_of_luck(double variance_of_trials, double effective);

// PSR at the ratio of luck.
std::optional<double> deflated_sharpe(const SharpeSample& sample, double variance_of_trials,
                                      double effective);

} // namespace grekko::statistics
