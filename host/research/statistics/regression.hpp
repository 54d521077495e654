// A straight line through pairs, by least squares: alpha, beta and R² of a run's daily returns
// against holding the market. It says what moved together, not why.
// The report calls it.
#pragma once

#include <optional>
#include <span>

namespace grekko::statistics {

struct Line {
    double alpha{0};     // y where x is 0
    double beta{0};      // slope
    double r_squared{0}; // 0 … 1
};
// y = alpha + beta · x; none below three pairs or where x does not vary. ASSERT equal sizes.
std::optional<Line> regress(std::span<const double> y, std::span<const double> x);

} // namespace grekko::statistics
