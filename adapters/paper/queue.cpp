#include "paper/queue.hpp"

#include <algorithm>

namespace grekko::paper {
namespace {

constexpr Decimal ratio_max = Decimal{1'000}; // beyond it p is 0 or 1 to nine digits and more

// backⁿ / (backⁿ + aheadⁿ) as 1 / (1 + (ahead/back)ⁿ).
Decimal behind_probability(Decimal back, Decimal ahead, int power) {
    if (!ahead.is_positive()) return Decimal{1};
    if (!back.is_positive()) return {};
    const Decimal ratio = divide(ahead, back, Round::half_even);
    if (ratio > ratio_max) return {};
    Decimal product{1};
    for (int i = 0; i < power; ++i)
        product = multiply(product, ratio, Round::half_even);
    return divide(Decimal{1}, Decimal{1} + product, Round::half_even);
}

} // namespace

QueueStep queue_trade(Decimal ahead, Decimal rest, Decimal traded) {
    const Decimal before = std::min(traded, ahead);
    return {ahead - before, std::min(rest, traded - before)};
}

Decimal queue_level(QueueModel model, int power, Decimal ahead, Decimal before, Decimal traded,
                    Decimal after) {
    const Decimal expected = std::max(before - traded, Decimal{});
    const Decimal gone = expected - after;
    if (!gone.is_positive()) return std::min(ahead, after);
    if (model == QueueModel::risk_averse) return std::min(ahead, after);
    const Decimal back = std::max(expected - ahead, Decimal{});
    const Decimal p = behind_probability(back, ahead, power);
    const Decimal from_back = multiply(p, gone, Round::half_even);
    const Decimal left = ahead - (gone - from_back) + std::min(back - from_back, Decimal{});
    return std::max(std::min(left, after), Decimal{});
}

} // namespace grekko::paper
