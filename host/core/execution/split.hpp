// Splitting an amount among shares without losing a digit. Pure arithmetic: it knows no orders and
// no order of precedence, that is allocate.cpp's, which uses it for quantity, value and fees.
// Trading rules §4.
#pragma once

#include <vector>

#include "base/decimal.hpp"
#include "domain/ids.hpp"

namespace grekko::execution {

struct Weight {
    AgentId agent;  // ties go to the lower id
    Decimal weight; // ≥ 0
};

// `amount` (≥ 0) pro rata to the weights in whole `step`s, the steps left over to the largest
// remainders, what is below a step to the first of them. Σ = amount. Step zero: to the last digit.
// All weights zero: everything to the first.
std::vector<Decimal> split_pro_rata(Decimal amount, const std::vector<Weight>& weights,
                                    Decimal step);
// `amount` (any sign) in proportion to parts that sum to `whole` > 0, each within one last digit.
// Σ = amount.
std::vector<Decimal> split_along(Decimal amount, const std::vector<Decimal>& parts, Decimal whole);

} // namespace grekko::execution
