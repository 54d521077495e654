#include <grekko/ta/statistics.hpp>

#include <random>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

template <class Indicator>
Indicator after(Indicator indicator, std::initializer_list<double> inputs) {
    for (const double x : inputs) {
        indicator.update(x);
    }
    return indicator;
}

TEST(Statistics, VarianceDividesByTheCount) {
    EXPECT_EQ(after(Variance{4}, {9, 1, 1, 3, 3}).value(), 1.0);
    EXPECT_EQ(after(Stddev{4}, {9, 1, 1, 5, 5}).value(), 2.0);
    EXPECT_EQ(after(Zscore{4}, {9, 1, 1, 5, 5}).value(), 1.0);
}

TEST(Statistics, MedianAgreesWithSorting) {
    std::mt19937_64 generator{1};
    for (const std::size_t window : {1U, 2U, 5U, 20U}) {
        Median median{window};
        std::vector<double> all;
        for (int i = 0; i < 500; ++i) {
            all.push_back(static_cast<double>(generator() % 30));
            median.update(all.back());
            if (!median.ready()) continue;
            std::vector<double> part(all.end() - static_cast<std::ptrdiff_t>(window), all.end());
            std::sort(part.begin(), part.end());
            ASSERT_EQ(median.value(), 0.5 * (part[(window - 1) / 2] + part[window / 2]));
        }
    }
}

TEST(Statistics, PercentRankCountsEqualValuesAsBelow) {
    EXPECT_EQ(after(PercentRank{4}, {1, 2, 3, 4, 3}).value(), 75.0);
}

TEST(Statistics, LineThroughALineIsThatLine) {
    const auto line = after(Linreg{3}, {100, 4, 6, 8});
    EXPECT_EQ(line.value(), 8.0);
    EXPECT_EQ(line.slope(), 2.0);
    EXPECT_EQ(line.intercept(), 4.0);
    EXPECT_NEAR(line.r2(), 1.0, 1e-15);
    EXPECT_EQ(Linreg{1}.warmup(), 2U);
}

TEST(Statistics, CorrelationKnowsSameOppositeAndNone) {
    Correlation same{3};
    Correlation opposite{3};
    Correlation none{3};
    for (const double x : {1.0, 2.0, 4.0}) {
        same.update(x, 10.0 + 3.0 * x);
        opposite.update(x, -x);
        none.update(x, 5.0);
    }
    EXPECT_NEAR(same.value(), 1.0, 1e-15);
    EXPECT_NEAR(opposite.value(), -1.0, 1e-15);
    EXPECT_EQ(none.value(), 0.0);
}

} // namespace
} // namespace grekko::ta
