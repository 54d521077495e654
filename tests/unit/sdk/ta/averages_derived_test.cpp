#include <grekko/ta/averages_derived.hpp>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

// On a straight line these averages have no lag, which an EMA or SMA has.
template <class Indicator>
double on_a_line(Indicator indicator, int count) {
    for (int i = 1; i <= count; ++i) {
        indicator.update(2.0 * i);
    }
    return indicator.value();
}

TEST(DerivedAverages, DemaAndTemaDoNotLagBehindALine) {
    EXPECT_NEAR(on_a_line(Dema{5}, 200), 400.0, 1e-9);
    EXPECT_NEAR(on_a_line(Tema{5}, 200), 400.0, 1e-9);
    EXPECT_LT(on_a_line(Ema{5}, 200), 399.0);
}

TEST(DerivedAverages, HmaLagsLessThanAStepBehindALine) {
    EXPECT_NEAR(on_a_line(Hma{9}, 200), 400.0, 2.0);
}

TEST(DerivedAverages, KamaFollowsACleanTrendAtItsFastPace) {
    // Efficiency 1: the share is (2 / 3)², so the lag of a line of slope 2 is 2 (1 - c) / c.
    const double share = 4.0 / 9.0;
    EXPECT_NEAR(on_a_line(Kama{10}, 200), 400.0 - 2.0 * (1.0 - share) / share, 1e-9);
}

TEST(DerivedAverages, TrixIsZeroWhereNothingMovesAndAtZero) {
    Trix trix{3};
    for (int i = 0; i < 20; ++i) {
        trix.update(0.0);
    }
    EXPECT_EQ(trix.value(), 0.0);
}

TEST(DerivedAverages, SayTheirWarmUp) {
    EXPECT_EQ(Hma{16}.warmup(), 19U);
    EXPECT_EQ(Dema{10}.warmup(), 19U);
    EXPECT_EQ(Tema{10}.warmup(), 28U);
    EXPECT_EQ(Trix{10}.warmup(), 29U);
    EXPECT_EQ(Kama{10}.warmup(), 11U);
}

} // namespace
} // namespace grekko::ta
