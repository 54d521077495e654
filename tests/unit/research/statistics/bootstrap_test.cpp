#include "research/statistics/bootstrap.hpp"

#include <gtest/gtest.h>

#include "research/statistics/returns.hpp"

namespace grekko::statistics {
namespace {

std::vector<double> noise(std::size_t days, double mean_return, double spread) {
    Random random{99};
    std::vector<double> values(days);
    for (double& value : values)
        value = mean_return + spread * random.normal();
    return values;
}

TEST(Bootstrap, TheMeanBlockIsFiveOrTheCubeRoot) {
    EXPECT_DOUBLE_EQ(mean_block(10), 5.0);
    EXPECT_DOUBLE_EQ(mean_block(125), 5.0);
    EXPECT_NEAR(mean_block(1'000), 10.0, 1e-12);
    EXPECT_DOUBLE_EQ(mean_block(0), 5.0);
}

TEST(Bootstrap, BlocksFollowEachOtherAroundTheEndWithTheirMeanLength) {
    Random random{1};
    std::vector<std::size_t> indices(100'000);
    draw_indices(random, 50, 10.0, indices);
    int breaks = 0;
    for (std::size_t i = 1; i < indices.size(); ++i) {
        ASSERT_LT(indices[i], 50U);
        if (indices[i] != (indices[i - 1] + 1) % 50) ++breaks;
    }
    // A new start lands on the next day one time in 50: 100 000 · 0.1 · 0.98, deviation about 94.
    EXPECT_NEAR(breaks, 9'800, 500);
}

TEST(Bootstrap, EqualSeedsGiveEqualIntervals) {
    const auto days = noise(200, 0.001, 0.02);
    const auto first = bootstrap(days, 7);
    const auto second = bootstrap(days, 7);
    const auto other = bootstrap(days, 8);
    ASSERT_TRUE(first && second && other);
    EXPECT_EQ(first->total.low, second->total.low);
    EXPECT_EQ(first->loss_in_a_year, second->loss_in_a_year);
    EXPECT_NE(first->total.low, other->total.low);
}

// Independent days: the interval of the year's Sharpe ratio is about ±1.645 √(365/n).
TEST(Bootstrap, IntervalOfTheSharpeRatioHasTheWidthThatTheoryGives) {
    const auto days = noise(730, 0.001, 0.02);
    const auto found = bootstrap(days, 7);
    ASSERT_TRUE(found && found->sharpe);
    const double width = found->sharpe->high - found->sharpe->low;
    EXPECT_NEAR(width, 2.0 * 1.645 * 0.7071, 0.35);
    const double own = annualised(*sharpe_of_period(days));
    EXPECT_GT(own, found->sharpe->low);
    EXPECT_LT(own, found->sharpe->high);
}

TEST(Bootstrap, ASteadyRiseHasNoLossAndASteadyFallIsSure) {
    const auto rise = bootstrap(std::vector<double>(60, 0.001), 1);
    ASSERT_TRUE(rise);
    EXPECT_EQ(rise->loss_in_a_year, 0.0);
    EXPECT_EQ(rise->drawdown.high, 0.0);
    EXPECT_FALSE(rise->sharpe);
    EXPECT_NEAR(rise->total.low, rise->total.high, 1e-12);
    const auto fall = bootstrap(std::vector<double>(60, -0.001), 1);
    ASSERT_TRUE(fall);
    EXPECT_EQ(fall->loss_in_a_year, 1.0);
}

TEST(Bootstrap, FewerThanThirtyDaysSayNothing) {
    EXPECT_FALSE(bootstrap(noise(29, 0, 0.01), 1));
    EXPECT_TRUE(bootstrap(noise(30, 0, 0.01), 1));
    EXPECT_FALSE(difference_interval(noise(29, 0, 1), noise(29, 0, 1), 1));
}

TEST(Bootstrap, ADifferenceOfPairedDaysIsFoundThoughBothAreNoisy) {
    const auto base = noise(400, 0.0, 0.03);
    auto better = base;
    for (double& value : better)
        value += 0.001;
    const auto found = difference_interval(better, base, 3);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->low, 0.4, 1e-9);
    EXPECT_NEAR(found->high, 0.4, 1e-9);
}

} // namespace
} // namespace grekko::statistics
