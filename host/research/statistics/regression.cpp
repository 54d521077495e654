#include "research/statistics/regression.hpp"

#include "base/assert.hpp"
#include "research/statistics/sample.hpp"

namespace grekko::statistics {

std::optional<Line> regress(std::span<const double> y, std::span<const double> x) {
    ASSERT(y.size() == x.size());
    const double spread = deviation(x);
    if (x.size() < 3 || spread <= 0.0) return std::nullopt;
    const double together = correlation(y, x);
    Line line;
    line.beta = together * deviation(y) / spread;
    line.alpha = mean(y) - line.beta * mean(x);
    line.r_squared = together * together;
    return line;
}

} // namespace grekko::statistics
