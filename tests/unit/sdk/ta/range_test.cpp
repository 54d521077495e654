#include <grekko/ta/range.hpp>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

constexpr Bar bars[] = {{5, 9, 4, 6, 1}, {6, 7, 5, 7, 1}, {7, 8, 6, 6, 1}, {6, 7, 3, 7, 1}};

template <class Indicator>
Indicator after_bars(Indicator indicator) {
    for (const Bar& bar : bars) {
        indicator.update(bar);
    }
    return indicator;
}

TEST(Range, HighestAndLowestTakeTheWindowOnly) {
    Highest highest{2};
    Lowest lowest{2};
    for (const double x : {1.0, 9.0, 4.0, 5.0}) {
        highest.update(x);
        lowest.update(x);
    }
    EXPECT_EQ(highest.value(), 5.0);
    EXPECT_EQ(lowest.value(), 4.0);
}

TEST(Range, DonchianSpansHighsAndLowsOfTheNewestBarToo) {
    const auto channel = after_bars(Donchian{3});
    EXPECT_EQ(channel.upper(), 8.0);
    EXPECT_EQ(channel.lower(), 3.0);
    EXPECT_EQ(channel.middle(), 5.5);
}

TEST(Range, StochasticAndWilliamsPlaceTheCloseInTheRange) {
    const auto fast = after_bars(Stochastic{3, 1, 1});
    EXPECT_EQ(fast.k(), 80.0);
    EXPECT_EQ(fast.d(), 80.0);
    EXPECT_NEAR(after_bars(WilliamsR{3}).value(), -20.0, 1e-12);
}

TEST(Range, CciOfTwoBarsIsPlusOrMinusOneOverItsConstant) {
    EXPECT_NEAR(after_bars(Cci{2}).value(), -1.0 / 0.015, 1e-9);
}

TEST(Range, AroonCountsBarsSinceTheExtremes) {
    const auto aroon = after_bars(Aroon{3});
    EXPECT_EQ(aroon.up(), 0.0);
    EXPECT_EQ(aroon.down(), 100.0);
    EXPECT_EQ(aroon.oscillator(), -100.0);
}

} // namespace
} // namespace grekko::ta
