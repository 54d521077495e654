#include "research/statistics/sample.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace grekko::statistics {
namespace {

const std::vector<double> few{2, 4, 4, 4, 5, 5, 7, 9}; // mean 5, sum of squares 32

TEST(Sample, MeanAndVarianceAreThoseCountedByHand) {
    EXPECT_DOUBLE_EQ(mean(few), 5.0);
    EXPECT_DOUBLE_EQ(variance(few), 32.0 / 7.0);
    EXPECT_DOUBLE_EQ(mean({}), 0.0);
    EXPECT_DOUBLE_EQ(variance(std::vector<double>{3.0}), 0.0);
}

// Third moments: -27, 3 · -1, 0, 0, 8, 64 → 42/8; fourth: 81 + 3 + 16 + 256 → 356/8; second: 4.
TEST(Sample, SkewnessAndKurtosisAreThoseCountedByHand) {
    EXPECT_DOUBLE_EQ(skewness(few), 42.0 / 8.0 / 8.0);
    EXPECT_DOUBLE_EQ(kurtosis(few), 356.0 / 8.0 / 16.0);
}

TEST(Sample, EqualValuesDoNotVaryDespiteRounding) {
    const std::vector<double> equal(7, 0.1);
    EXPECT_EQ(deviation(equal), 0.0);
    EXPECT_EQ(skewness(equal), 0.0);
    EXPECT_EQ(kurtosis(equal), 3.0);
}

TEST(Sample, CorrelationIsOneOnALineAndZeroWithoutVariation) {
    const std::vector<double> x{1, 2, 3, 4};
    const std::vector<double> up{3, 5, 7, 9};
    const std::vector<double> down{4, 3, 2, 1};
    EXPECT_NEAR(correlation(x, up), 1.0, 1e-15);
    EXPECT_NEAR(correlation(x, down), -1.0, 1e-15);
    EXPECT_EQ(correlation(x, std::vector<double>(4, 2.0)), 0.0);
}

TEST(Sample, QuantileLiesBetweenOrderStatistics) {
    const std::vector<double> values{40, 10, 20, 30};
    EXPECT_DOUBLE_EQ(*quantile(values, 0.0), 10.0);
    EXPECT_DOUBLE_EQ(*quantile(values, 0.5), 25.0);
    EXPECT_DOUBLE_EQ(*quantile(values, 0.9), 37.0);
    EXPECT_DOUBLE_EQ(*quantile(values, 1.0), 40.0);
    EXPECT_FALSE(quantile({}, 0.5));
}

TEST(Sample, IntervalOfTheMeanIsSymmetricAndNarrowsWithTheRoot) {
    const auto interval = mean_interval(few, 0.90);
    ASSERT_TRUE(interval);
    EXPECT_NEAR(interval->high - 5.0, 1.6448536269514722 * 2.13808993529939 / 2.82842712474619,
                1e-9);
    EXPECT_NEAR(interval->low + interval->high, 10.0, 1e-12);
    EXPECT_FALSE(mean_interval(std::vector<double>{1.0}, 0.90));
}

} // namespace
} // namespace grekko::statistics
