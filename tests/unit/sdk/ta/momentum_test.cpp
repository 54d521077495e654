#include <grekko/ta/momentum.hpp>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

TEST(Momentum, RocIsPercentAndMomentumIsTheDifference) {
    Momentum momentum{2};
    Roc roc{2};
    for (const double x : {100.0, 7.0, 110.0}) {
        momentum.update(x);
        roc.update(x);
    }
    EXPECT_EQ(momentum.value(), 10.0);
    EXPECT_NEAR(roc.value(), 10.0, 1e-12);
}

TEST(Momentum, RsiReachesItsEndsAndRestsInTheMiddle) {
    Rsi up{3};
    Rsi down{3};
    Rsi flat{3};
    for (int i = 0; i < 5; ++i) {
        up.update(i);
        down.update(-i);
        flat.update(7);
    }
    EXPECT_EQ(up.value(), 100.0);
    EXPECT_EQ(down.value(), 0.0);
    EXPECT_EQ(flat.value(), 50.0);
}

TEST(Momentum, CmoIsTwiceRsiMinusHundred) {
    Rsi rsi{4};
    Cmo cmo{4};
    for (const double x : {3.0, 5.0, 4.0, 7.0, 6.0, 6.5}) {
        rsi.update(x);
        cmo.update(x);
    }
    EXPECT_NEAR(cmo.value(), 2.0 * rsi.value() - 100.0, 1e-12);
}

TEST(Momentum, MacdHistogramIsLineMinusSignal) {
    Macd macd{2, 4, 3};
    for (const double x : {3.0, 5.0, 4.0, 7.0, 6.0}) {
        macd.update(x);
    }
    EXPECT_FALSE(macd.ready());
    macd.update(6.5);
    EXPECT_TRUE(macd.ready());
    EXPECT_EQ(macd.histogram(), macd.line() - macd.signal());
}

} // namespace
} // namespace grekko::ta
