#include <grekko/ta/trend.hpp>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

Bar bar_at(double price) {
    return {price, price + 1, price - 1, price, 1};
}

TEST(Trend, AdxIsHundredInAOneWayMarket) {
    Adx adx{5};
    for (int i = 0; i < 30; ++i) {
        adx.update(bar_at(100.0 + i));
    }
    EXPECT_NEAR(adx.adx(), 100.0, 1e-9);
    EXPECT_EQ(adx.minus_di(), 0.0);
    EXPECT_GT(adx.plus_di(), 40.0);
}

TEST(Trend, SupertrendTurnsWhenTheCloseCrossesItsBand) {
    Supertrend trend{3, 2.0};
    double price = 100.0;
    for (int i = 0; i < 10; ++i) {
        trend.update(bar_at(price));
    }
    EXPECT_EQ(trend.direction(), -1.0);
    EXPECT_EQ(trend.value(), 104.0);
    trend.update(bar_at(price += 20.0));
    EXPECT_EQ(trend.direction(), 1.0);
    EXPECT_LT(trend.value(), price);
    for (int i = 0; i < 5; ++i) {
        const double stop = trend.value();
        trend.update(bar_at(price += 5.0));
        EXPECT_GE(trend.value(), stop);
    }
    trend.update(bar_at(price - 60.0));
    EXPECT_EQ(trend.direction(), -1.0);
}

TEST(Trend, PsarFollowsARiseFromBelowAndTurnsOnAFall) {
    Psar psar;
    psar.update(bar_at(100.0));
    EXPECT_FALSE(psar.ready());
    for (int i = 1; i < 20; ++i) {
        psar.update(bar_at(100.0 + i));
        EXPECT_EQ(psar.direction(), 1.0);
        EXPECT_LT(psar.value(), 99.0 + i);
    }
    psar.update(bar_at(90.0));
    EXPECT_EQ(psar.direction(), -1.0);
    EXPECT_EQ(psar.value(), 120.0); // the extreme of the trend that ended
}

TEST(Trend, PsarBeginsShortInAFall) {
    Psar psar;
    psar.update(bar_at(100.0));
    psar.update(bar_at(98.0));
    EXPECT_EQ(psar.direction(), -1.0);
    EXPECT_EQ(psar.value(), 101.0);
}

} // namespace
} // namespace grekko::ta
