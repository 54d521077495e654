#include <grekko/ta/volatility.hpp>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

TEST(Volatility, TrueRangeCountsAGapFromThePreviousClose) {
    TrueRange range;
    range.update({10, 11, 9, 10, 1});
    EXPECT_FALSE(range.ready());
    range.update({14, 15, 13, 14, 1});
    EXPECT_EQ(range.value(), 5.0);
}

TEST(Volatility, AtrIsTheMeanOfTheFirstTrueRanges) {
    Atr atr{2};
    for (const Bar& bar : {Bar{10, 11, 9, 10, 1}, Bar{10, 12, 10, 11, 1}, Bar{11, 15, 11, 12, 1}}) {
        atr.update(bar);
    }
    EXPECT_EQ(atr.value(), 3.0);
}

TEST(Volatility, BandsLieTheirMultipleOfTheDeviationApart) {
    Bbands bands{4, 2.0};
    for (const double x : {1.0, 1.0, 3.0, 3.0}) {
        bands.update(x);
    }
    EXPECT_EQ(bands.middle(), 2.0);
    EXPECT_EQ(bands.upper(), 4.0);
    EXPECT_EQ(bands.lower(), 0.0);
    EXPECT_EQ(bands.width(), 2.0);
    EXPECT_EQ(bands.percent_b(), 0.75);
}

TEST(Volatility, KeltnerWaitsForBothItsParts) {
    EXPECT_EQ((Keltner{20, 10, 2.0}.warmup()), 20U);
    EXPECT_EQ((Keltner{5, 10, 2.0}.warmup()), 11U);
}

TEST(Volatility, DecayHalvesInTheHalfLife) {
    EXPECT_EQ(half_life_decay(1), 0.5);
    EXPECT_NEAR(half_life_decay(2), std::sqrt(0.5), 1e-15);
    EXPECT_NEAR(half_life_decay(60), 0.98851402035289614, 1e-15);
    EXPECT_EQ(half_life_decay(0), half_life_decay(1));
}

TEST(Volatility, RealisedVolatilityOfEqualStepsIsTheStep) {
    RealisedVolatility volatility{10};
    double x = 100.0;
    for (int i = 0; i < 50; ++i) {
        volatility.update(x);
        x *= i % 2 == 0 ? 1.01 : 0.99;
    }
    EXPECT_NEAR(volatility.value(), 0.01, 1e-12);
}

// A stand-in for a deterministic log return that the host passes.
struct Doubled {
    double operator()(double before, double x) const { return 2.0 * SimpleReturn{}(before, x); }
};

TEST(Volatility, RealisedVolatilityTakesAnotherReturn) {
    RealisedVolatility<Doubled> volatility{1};
    for (const double x : {100.0, 101.0, 102.01}) {
        volatility.update(x);
    }
    EXPECT_NEAR(volatility.value(), 0.02, 1e-12);
}

} // namespace
} // namespace grekko::ta
