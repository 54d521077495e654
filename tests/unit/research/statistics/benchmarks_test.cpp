#include "research/statistics/benchmarks.hpp"

#include <gtest/gtest.h>

#include "research/statistics/sample.hpp"

namespace grekko::statistics {
namespace {

std::vector<CurvePoint> by_day(std::initializer_list<double> values) {
    std::vector<CurvePoint> curve;
    Instant at = Instant::from_seconds(86'400);
    for (const double value : values) {
        curve.push_back({at, value});
        at = at + Duration::days(1);
    }
    return curve;
}

TEST(Benchmarks, HoldingEarnsThePriceLessTwoCosts) {
    const auto curve = constant_weight(by_day({100, 150, 120}), 1.0, 0.01);
    ASSERT_EQ(curve.size(), 3U);
    EXPECT_NEAR(curve[0].value, 0.99, 1e-12);
    EXPECT_NEAR(curve[1].value, 1.49, 1e-12);
    EXPECT_NEAR(curve[2].value, 1.2 - 0.01 - 0.012, 1e-12);
}

// 0.5 held doubles to 1.0 of 1.5; back to 0.75; the second doubling makes 0.75 + 1.5.
TEST(Benchmarks, AConstantWeightIsRestoredAtEachDaysEnd) {
    const auto curve = constant_weight(by_day({100, 200, 400}), 0.5, 0.0);
    EXPECT_NEAR(curve[1].value, 1.5, 1e-12);
    EXPECT_NEAR(curve[2].value, 2.25, 1e-12);
}

TEST(Benchmarks, RestoringAWeightCostsWhatIsTraded) {
    const auto curve = constant_weight(by_day({100, 200, 200}), 0.5, 0.01);
    // 0.5 - 0.005 idle, 1.0 held: wealth 1.495, wanted 0.7475, sold 0.2525; at the end 0.7475.
    EXPECT_NEAR(curve[1].value, 1.495 - 0.002525, 1e-12);
    EXPECT_NEAR(curve[2].value, 1.495 - 0.002525 - 0.007475, 1e-12);
}

TEST(Benchmarks, ANegativeWeightEarnsTheFall) {
    const auto curve = constant_weight(by_day({100, 50}), -1.0, 0.0);
    EXPECT_NEAR(curve[1].value, 1.5, 1e-12);
}

TEST(Benchmarks, RandomEntriesOnAFlatPriceLoseTheirCostsExactly) {
    const std::vector<std::vector<CurvePoint>> series{by_day({100, 100, 100, 100})};
    const std::vector<Entry> entries{{0, 1, Duration::days(1), 1'000.0},
                                     {0, -1, Duration::days(2), 500.0}};
    const auto draws = random_entries(series, entries, 0.001, 5);
    ASSERT_EQ(draws.size(), 500U);
    for (const double draw : draws)
        EXPECT_NEAR(draw, -2.0 - 1.0, 1e-9);
}

TEST(Benchmarks, RandomEntriesKeepTheHoldingTime) {
    std::vector<CurvePoint> line;
    for (int i = 0; i < 1'000; ++i) {
        line.push_back({Instant::from_seconds(1'000 + 60L * i), 100.0 + i});
    }
    const std::vector<std::vector<CurvePoint>> series{line};
    const std::vector<Entry> entries{{0, 1, Duration::minutes(10), 1.0}};
    for (const double draw : random_entries(series, entries, 0.0, 5)) {
        EXPECT_GE(draw, 10.0 / 1'090.0 - 1e-9); // bought at 100 … 1089, sold 10 higher
        EXPECT_LE(draw, 0.10 + 1e-9);
    }
}

TEST(Benchmarks, WhatCannotBeEnteredGivesNoDraws) {
    const std::vector<Entry> entries{{3, 1, Duration::days(1), 1'000.0}};
    EXPECT_TRUE(random_entries({}, entries, 0.001, 5).empty());
    EXPECT_FALSE(percentile_of(1.0, {}));
}

TEST(Benchmarks, APercentileCountsEqualDrawsHalf) {
    const std::vector<double> draws{1, 2, 2, 3};
    EXPECT_DOUBLE_EQ(*percentile_of(2.0, draws), 0.5);
    EXPECT_DOUBLE_EQ(*percentile_of(9.0, draws), 1.0);
    EXPECT_DOUBLE_EQ(*percentile_of(0.0, draws), 0.0);
}

} // namespace
} // namespace grekko::statistics
