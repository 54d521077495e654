#include "research/report/regimes.hpp"

#include <gtest/gtest.h>

namespace grekko::report {
namespace {

// 200 calm steps to and fro, 200 calm ones up, 200 wild ones to and fro, 200 wild ones up.
std::vector<statistics::CurvePoint> four_seasons() {
    std::vector<statistics::CurvePoint> prices;
    double price = 100.0;
    for (int i = 0; i < 800; ++i) {
        const double step = i < 400 ? 1.001 : 1.01;
        const bool up = i / 200 % 2 == 1;
        price *= up || i % 2 == 0 ? step : 1.0 / step;
        prices.push_back({Instant::from_seconds(1'000 + i), price});
    }
    return prices;
}

TEST(Regimes, EachSeasonHasItsName) {
    const Regimes regimes{four_seasons()};
    const auto at = [&](int step) { return regimes.at(Instant::from_seconds(1'000 + step)); };
    EXPECT_EQ(at(190), "range, calm");
    EXPECT_EQ(at(390), "trend, calm");
    EXPECT_EQ(at(590), "range, wild");
    EXPECT_EQ(at(790), "trend, wild");
}

TEST(Regimes, BeforeAWholeWindowThereIsNone) {
    const Regimes regimes{four_seasons()};
    EXPECT_EQ(regimes.at(Instant::from_seconds(1'000 + 95)), "");
    EXPECT_NE(regimes.at(Instant::from_seconds(1'000 + 96)), "");
    EXPECT_EQ(Regimes{{}}.at(Instant::from_seconds(5)), "");
}

} // namespace
} // namespace grekko::report
