#include "research/statistics/normal.hpp"

#include <cmath>

#include "base/assert.hpp"
#include "base/portable_math.hpp"

namespace grekko::statistics {
namespace {

constexpr double root_of_two_pi = 2.50662827463100050242;
constexpr double series_until = 4.0; // beyond it the tail's continued fraction is exact enough

// Φ(x) - 1/2 = φ(x) · (x + x³/3 + x⁵/15 + …)
double body(double x) {
    double term = x;
    double sum = x;
    for (int odd = 3; std::abs(term) > 1e-17 * std::abs(sum); odd += 2) {
        term *= x * x / odd;
        sum += term;
    }
    return sum * normal_density(x);
}

// 1 - Φ(x) for large x: φ(x) / (x + 1/(x + 2/(x + 3/(x + …)))), from the inside out.
double upper_tail(double x) {
    double fraction = x;
    for (int depth = 60; depth >= 1; --depth)
        fraction = x + depth / fraction;
    return normal_density(x) / fraction;
}

// Abramowitz and Stegun 26.2.22: within 0.003, a start for the iteration; p in (0, 1/2].
double rough_quantile(double p) {
    const double t = std::sqrt(-2.0 * portable_log(p));
    return (2.30753 + 0.27061 * t) / (1.0 + 0.99229 * t + 0.04481 * t * t) - t;
}

} // namespace

double normal_density(double x) {
    const double exponent = -x * x / 2.0;
    return exponent < -700.0 ? 0.0 : portable_exp(exponent) / root_of_two_pi;
}

double normal_probability(double x) {
    if (x == 0.0) return 0.5;
    if (std::abs(x) < series_until) return 0.5 + body(x);
    const double tail = upper_tail(std::abs(x));
    return x < 0.0 ? tail : 1.0 - tail;
}

double normal_quantile(double p) {
    ASSERT(p > 0.0);
    ASSERT(p < 1.0);
    if (p == 0.5) return 0.0;
    if (p > 0.5) return -normal_quantile(1.0 - p);
    double x = rough_quantile(p);
    for (int step = 0; step < 6; ++step) { // Halley: the error is cubed each time
        const double density = normal_density(x);
        if (density == 0.0) break;
        const double error = (normal_probability(x) - p) / density;
        x -= error / (1.0 + x * error / 2.0);
    }
    return x;
}

} // namespace grekko::statistics
