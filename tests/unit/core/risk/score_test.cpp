#include "core/risk/score.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace grekko::risk {
namespace {

Rate share(int hundredths) { return Rate{Decimal::from_units(hundredths, -2)}; }

Factors drawn() {
    Factors factors;
    for (Rate& factor : factors) factor = share(*rc::gen::inRange(0, 101));
    return factors;
}

TEST(Score, FollowsTheLogisticAtEveryPointOfItsTable) {
    for (int i = -32; i <= 32; ++i) {
        const Rate x{Decimal::from_units(i * 25, -2)};
        const double exact = 1.0 / (1.0 + std::exp(-x.to_double()));
        EXPECT_NEAR(logistic(x).to_double(), exact, 1e-15) << i;
    }
    EXPECT_EQ(logistic(0_rate), 0.5_rate);
    EXPECT_EQ(logistic(100_rate), logistic(8_rate));
    EXPECT_EQ(logistic(-100_rate), logistic(-8_rate));
}

TEST(Score, LiesOnTheStraightLineBetweenPoints) {
    const Rate middle = logistic(0.125_rate);
    const Decimal ends = logistic(0_rate).decimal() + logistic(0.25_rate).decimal();
    EXPECT_EQ(middle.decimal(), divide(ends, 2_d, Rounding::half_even));
}

TEST(Score, OfNoRiskIsTheLogisticOfTheIntercept) {
    const Score calm = score(ScoreModel{}, Factors{});
    EXPECT_EQ(calm.value, logistic(-4_rate));
}

TEST(Score, NamesTheFactorThatWeighsMost) {
    Factors factors;
    factors[static_cast<std::size_t>(Factor::data)] = 1_rate;       // 0.5
    factors[static_cast<std::size_t>(Factor::liquidity)] = 1_rate;  // 1.0
    const Score result = score(ScoreModel{}, factors);
    EXPECT_EQ(result.largest, Factor::liquidity);
    EXPECT_EQ(mitigation(result.largest), "slice with TWAP");
    EXPECT_EQ(result.value, logistic(-2.5_rate));
}

TEST(Score, BandsPassReduceAndBlock) {
    const ScoreModel model;
    struct Row {
        Rate score, share;
    };
    const Row rows[]{{0_rate, 1_rate},     {0.40_rate, 1_rate},  {0.575_rate, 0.625_rate},
                     {0.75_rate, 0.25_rate}, {0.76_rate, 0_rate}, {1_rate, 0_rate}};
    for (const Row& each : rows) EXPECT_EQ(size_share(model, each.score), each.share);
}

TEST(Score, DigestTellsModelsApart) {
    ScoreModel other;
    other.weights[9] = 0.6_rate;
    EXPECT_NE(digest(ScoreModel{}), digest(other));
    EXPECT_EQ(digest(ScoreModel{}), digest(ScoreModel{}));
}

RC_GTEST_PROP(Score, NeverFallsWhenARiskGrows, ()) {
    const Factors before = drawn();
    Factors after = before;
    const auto index = *rc::gen::inRange<std::size_t>(0, factor_count);
    after[index] = std::max(after[index], share(*rc::gen::inRange(0, 101)));
    const ScoreModel model;
    RC_ASSERT(score(model, after).value >= score(model, before).value);
    RC_ASSERT(size_share(model, score(model, after).value) <=
              size_share(model, score(model, before).value));
}

RC_GTEST_PROP(Score, NeverFallsWhenAWeightGrows, ()) {
    const Factors factors = drawn();
    ScoreModel heavier;
    heavier.weights[*rc::gen::inRange<std::size_t>(0, factor_count)] += 1_rate;
    RC_ASSERT(score(heavier, factors).value >= score(ScoreModel{}, factors).value);
}

}  // namespace
}  // namespace grekko::risk
