#include "research/statistics/regression.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace grekko::statistics {
namespace {

TEST(Regression, FindsTheLineThatMadeThePairs) {
    const std::vector<double> x{-0.02, 0.01, 0.03, 0.00};
    std::vector<double> y;
    for (const double value : x)
        y.push_back(0.001 + 0.4 * value);
    const auto line = regress(y, x);
    ASSERT_TRUE(line);
    EXPECT_NEAR(line->alpha, 0.001, 1e-12);
    EXPECT_NEAR(line->beta, 0.4, 1e-12);
    EXPECT_NEAR(line->r_squared, 1.0, 1e-12);
}

// Sxx = 10, Sxy = 8, Syy = 10: beta 0.8, alpha 0.6, R² 0.64.
TEST(Regression, AScatterHasTheValuesCountedByHand) {
    const std::vector<double> x{1, 2, 3, 4, 5};
    const std::vector<double> y{2, 1, 4, 3, 5};
    const auto line = regress(y, x);
    ASSERT_TRUE(line);
    EXPECT_NEAR(line->beta, 0.8, 1e-12);
    EXPECT_NEAR(line->alpha, 0.6, 1e-12);
    EXPECT_NEAR(line->r_squared, 0.64, 1e-12);
}

TEST(Regression, WithoutVariationOfTheMarketThereIsNoLine) {
    EXPECT_FALSE(regress(std::vector<double>{1, 2, 3}, std::vector<double>{2, 2, 2}));
    EXPECT_FALSE(regress(std::vector<double>{1, 2}, std::vector<double>{2, 3}));
}

} // namespace
} // namespace grekko::statistics
