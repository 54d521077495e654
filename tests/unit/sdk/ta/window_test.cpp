#include <grekko/ta/window.hpp>

#include <algorithm>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

TEST(Ring, GivesTheLastValuesByAge) {
    Ring ring{3};
    for (const double x : {1.0, 2.0, 3.0, 4.0}) {
        ring.push(x);
    }
    EXPECT_EQ(ring[0], 4.0);
    EXPECT_EQ(ring[2], 2.0);
    EXPECT_EQ(ring.oldest(), 2.0);
    EXPECT_TRUE(ring.full());
    EXPECT_EQ(Ring{0}.capacity(), 1U);
}

TEST(SlidingSum, IsExactAgainAsSoonAsAHugeValueHasLeft) {
    SlidingSum sum{4};
    for (const double x : {1e17, 1.0, 2.0, 3.0, 4.0}) {
        sum.push(x);
    }
    EXPECT_EQ(sum.sum(), 10.0);
}

TEST(SlidingSum, IsZeroWhenOnlyZerosStay) {
    SlidingSum sum{3};
    for (const double x : {0.1, 0.2, 0.3, 0.0, 0.0, 0.0}) {
        sum.push(x);
    }
    EXPECT_EQ(sum.sum(), 0.0);
}

TEST(RunningSum, KeepsWhatASimpleSumLoses) {
    RunningSum sum;
    for (const double x : {1.0, 1e100, 1.0, -1e100}) {
        sum.push(x);
    }
    EXPECT_EQ(sum.total(), 2.0);
}

TEST(Moments, KeepTheDigitsOfASmallVarianceOnALargePrice) {
    Moments moments{4};
    for (const double x : {5.0, 1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4}) {
        moments.push(x);
    }
    EXPECT_EQ(moments.variance(), 1.25);
    EXPECT_EQ(moments.mean(), 1e9 + 2.5);
}

TEST(Moments, HaveNoVarianceAfterAJumpToAConstant) {
    Moments moments{20};
    for (int i = 0; i < 33; ++i) {
        moments.push(60'000.1 + i);
    }
    for (int i = 0; i < 20; ++i) {
        moments.push(61'234.7);
    }
    EXPECT_EQ(moments.variance(), 0.0);
    EXPECT_EQ(moments.mean(), 61'234.7);
}

TEST(Extreme, AgreesWithASearchOfTheWindow) {
    std::mt19937_64 generator{1};
    for (const std::size_t window : {1U, 2U, 7U, 64U}) {
        Extreme highest{window, Side::highest};
        Extreme lowest{window, Side::lowest};
        std::vector<double> all;
        for (int i = 0; i < 2000; ++i) {
            all.push_back(static_cast<double>(generator() % 50));
            highest.push(all.back());
            lowest.push(all.back());
            const auto begin =
                all.end() - static_cast<std::ptrdiff_t>(std::min(window, all.size()));
            ASSERT_EQ(highest.value(), *std::max_element(begin, all.end()));
            ASSERT_EQ(lowest.value(), *std::min_element(begin, all.end()));
        }
    }
}

TEST(Extreme, CountsTheLatestOfEqualExtremes) {
    Extreme highest{5, Side::highest};
    for (const double x : {3.0, 1.0, 3.0, 2.0}) {
        highest.push(x);
    }
    EXPECT_EQ(highest.age(), 1U);
}

} // namespace
} // namespace grekko::ta
