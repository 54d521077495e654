#include <grekko/ta/volume.hpp>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

Bar traded(double price, double volume) {
    return {price, price, price, price, volume};
}

TEST(Volume, VwapWeighsByVolumeAndFallsBackToThePrice) {
    Vwap vwap{2};
    vwap.update(traded(1, 1));
    vwap.update(traded(4, 2));
    EXPECT_EQ(vwap.value(), 3.0);
    vwap.update(traded(5, 0));
    EXPECT_EQ(vwap.value(), 4.0);
    vwap.update(traded(6, 0));
    EXPECT_EQ(vwap.value(), 6.0);
}

TEST(Volume, SessionVwapBeginsAgainWhenTold) {
    SessionVwap vwap;
    vwap.update(traded(1, 1));
    vwap.update(traded(4, 2));
    EXPECT_EQ(vwap.value(), 3.0);
    vwap.start_session();
    EXPECT_EQ(vwap.value(), 3.0);
    vwap.update(traded(8, 1));
    EXPECT_EQ(vwap.value(), 8.0);
}

TEST(Volume, SessionVwapBeginsAgainAfterItsBars) {
    SessionVwap vwap{2};
    for (const double price : {1.0, 3.0, 7.0}) {
        vwap.update(traded(price, 1));
    }
    EXPECT_EQ(vwap.value(), 7.0);
    vwap.update(traded(9, 1));
    EXPECT_EQ(vwap.value(), 8.0);
}

TEST(Volume, ObvAddsOnRisesAndSubtractsOnFalls) {
    Obv obv;
    const double prices[] = {5, 6, 6, 4};
    const double totals[] = {10, 20, 20, 10};
    for (int i = 0; i < 4; ++i) {
        obv.update(traded(prices[i], 10));
        EXPECT_EQ(obv.value(), totals[i]);
    }
}

TEST(Volume, MfiIsTheShareOfRisingFlow) {
    Mfi mfi{2};
    mfi.update(traded(1, 1));
    mfi.update(traded(3, 1));
    mfi.update(traded(1, 1));
    EXPECT_EQ(mfi.value(), 75.0);
}

} // namespace
} // namespace grekko::ta
