#include "research/statistics/normal.hpp"

#include <gtest/gtest.h>

namespace grekko::statistics {
namespace {

// Values computed with 30 digits.
TEST(Normal, ProbabilityIsExactInTheMiddleAndInTheTails) {
    EXPECT_NEAR(normal_probability(0.0), 0.5, 1e-15);
    EXPECT_NEAR(normal_probability(1.0), 0.841344746068542948585, 1e-14);
    EXPECT_NEAR(normal_probability(1.96), 0.975002104851779563787, 1e-14);
    EXPECT_NEAR(normal_probability(-3.0), 0.00134989803163009452665, 1e-15);
    EXPECT_NEAR(normal_probability(4.5), 0.999996602326875269939, 1e-14);
    EXPECT_NEAR(normal_probability(-6.0) / 9.86587645037698140700e-10, 1.0, 1e-11);
}

TEST(Normal, ProbabilityOfOppositePointsAddsToOne) {
    for (double x = -9.0; x <= 9.0; x += 0.125) {
        EXPECT_NEAR(normal_probability(x) + normal_probability(-x), 1.0, 1e-14) << x;
    }
}

TEST(Normal, ProbabilityNeverFallsWhereTheMethodsMeet) {
    double before = 0.0;
    for (double x = 3.99; x <= 4.01; x += 0.0001) {
        EXPECT_GE(normal_probability(x), before) << x;
        before = normal_probability(x);
    }
    EXPECT_EQ(normal_probability(60.0), 1.0);
    EXPECT_EQ(normal_probability(-60.0), 0.0);
}

TEST(Normal, QuantileEqualsPublishedValues) {
    EXPECT_NEAR(normal_quantile(0.975), 1.9599639845400542, 1e-9);
    EXPECT_NEAR(normal_quantile(0.95), 1.6448536269514722, 1e-9);
    EXPECT_NEAR(normal_quantile(0.01), -2.3263478740408408, 1e-9);
    EXPECT_NEAR(normal_quantile(1e-6), -4.753424308822899, 1e-9);
    EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-9);
    EXPECT_EQ(normal_quantile(0.5), 0.0);
}

TEST(Normal, QuantileUndoesProbability) {
    for (double p = 0.0005; p < 1.0; p += 0.0005) {
        EXPECT_NEAR(normal_probability(normal_quantile(p)), p, 1e-13) << p;
    }
}

} // namespace
} // namespace grekko::statistics
