// The risk score (trading rules §5.5): ten factors u in 0..1, weighted, through a logistic table.
// An index, not a probability: the shipped weights are expert judgement until a fitted model is
// adopted by configuration. assess() computes it for increases; the API shows it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/decimal.hpp"

namespace grekko::risk {

enum class Factor : std::uint8_t {
    size = 0, heat, volatility, cost, drawdown, liquidity, stop, dissent, data, record
};
inline constexpr std::size_t factor_count = 10;
using Factors = std::array<Rate, factor_count>;  // each in 0..1

// Weights b >= 0 in the order of Factor. Expert judgement, not a fit.
struct ScoreModel {
    Rate intercept{-4_rate};
    std::array<Rate, factor_count> weights{1.5_rate, 1.5_rate, 1.5_rate, 1.5_rate, 1.5_rate,
                                           1.0_rate, 1.0_rate, 0.5_rate, 0.5_rate, 0.5_rate};
    Rate pass_max{0.40_rate};    // up to here the whole size passes
    Rate reduce_max{0.75_rate};  // up to here size x (1 - slope x (score - pass)/(reduce - pass))
    Rate slope{0.75_rate};       // above: block
};

struct Score {
    Rate value;             // 0..1
    Factor largest{};       // the factor with the largest b·u, for the mitigation text
};

// Never falls when a factor or a weight grows. Factors outside 0..1 are clamped.
Score score(const ScoreModel& model, const Factors& factors);
// 1 up to pass_max, then falling to 1 - slope, zero above reduce_max: the share of the size.
Rate size_share(const ScoreModel& model, Rate score);
// 1 / (1 + e^-x) from a table of 65 points on -8..8, linear between, clamped outside.
Rate logistic(Rate x);
// Identifies the weights and bands in a record; equal models have equal digests.
std::uint64_t digest(const ScoreModel& model);

std::string_view name(Factor factor);
// What to do when this factor weighs most.
std::string_view mitigation(Factor factor);

}  // namespace grekko::risk
