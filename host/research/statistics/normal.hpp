// The standard normal distribution: density, probability and its inverse, with equal bits on every
// machine. It draws nothing: base/random.hpp does that.
// The Sharpe ratio's tests and the null tests of the report use it.
#pragma once

namespace grekko::statistics {

// e^(-x²/2) / √(2π), any finite x.
double normal_density(double x);

// Φ(x), the probability of a draw below x; absolute error below 1e-14, any finite x.
double normal_probability(double x);

// Φ⁻¹(p) for 0 < p < 1 (ASSERT), so that Φ(Φ⁻¹(p)) = p within 1e-13; relative error below 1e-9.
double normal_quantile(double p);

} // namespace grekko::statistics
