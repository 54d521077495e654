#include "core/execution/split.hpp"

#include <algorithm>
#include <numeric>

#include "base/assert.hpp"
#include "base/planted.hpp"

namespace grekko::execution {

std::vector<Decimal> split_pro_rata(Decimal amount, const std::vector<Weight>& weights,
                                    Decimal step) {
    ASSERT(!weights.empty());
    ASSERT(!amount.is_negative());
    const Decimal unit = step.is_positive() ? step : Decimal::from_raw(1);
    Decimal total;
    for (const Weight& weight : weights)
        total += weight.weight;
    std::vector<Decimal> shares(weights.size());
    if (total.is_zero()) {
        shares.front() = amount;
        return shares;
    }
    std::vector<Decimal> remainders(weights.size());
    Decimal left = amount;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Decimal exact = multiply_divide(amount, weights[i].weight, total, Rounding::floor);
        shares[i] = round_to(exact, unit, Rounding::floor);
        remainders[i] = exact - shares[i];
        left -= shares[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (remainders[a] != remainders[b]) return remainders[a] > remainders[b];
        return weights[a].agent < weights[b].agent;
    });
    for (std::size_t next = 0; left >= unit; next = (next + 1) % order.size()) {
        if (weights[order[next]].weight.is_zero()) continue;
        shares[order[next]] += unit;
        left -= unit;
    }
    const auto first = std::find_if(order.begin(), order.end(),
                                    [&](std::size_t i) { return weights[i].weight.is_positive(); });
    shares[*first] += left;
    return shares;
}

std::vector<Decimal> split_along(Decimal amount, const std::vector<Decimal>& parts, Decimal whole) {
    ASSERT(whole.is_positive());
    std::vector<Decimal> shares;
    shares.reserve(parts.size());
    Decimal up_to;
    Decimal given;
    for (const Decimal part : parts) {
        up_to += part;
        Decimal target = multiply_divide(amount, up_to, whole, Rounding::half_even);
        if (planted(Bug::remainder_lost)) target = round_to(target, 0.01_d, Rounding::floor);
        shares.push_back(target - given);
        given = target;
    }
    ASSERT(up_to == whole);
    ASSERT(given == amount || planted(Bug::remainder_lost));
    return shares;
}

} // namespace grekko::execution
