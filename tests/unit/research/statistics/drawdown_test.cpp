#include "research/statistics/drawdown.hpp"

#include <gtest/gtest.h>

namespace grekko::statistics {
namespace {

std::vector<CurvePoint> by_day(std::initializer_list<double> values) {
    std::vector<CurvePoint> curve;
    Instant at = Instant::from_seconds(86'400);
    for (const double value : values) {
        curve.push_back({at, value});
        at = at + Duration::days(1);
    }
    return curve;
}

Instant day(int n) {
    return Instant::from_seconds(86'400) + Duration::days(n);
}

TEST(Drawdown, TheLargestIsKeptWithItsTimes) {
    const Drawdown found = max_drawdown(by_day({100, 120, 90, 96, 120, 130, 117, 140}));
    EXPECT_NEAR(found.depth, 0.25, 1e-12);
    EXPECT_EQ(found.peak, day(1));
    EXPECT_EQ(found.trough, day(2));
    EXPECT_EQ(found.recovered, day(4));
    EXPECT_EQ(found.longest, Duration::days(3));
}

TEST(Drawdown, OneThatIsOpenLastsToTheEndAndHasNotRecovered) {
    const Drawdown found = max_drawdown(by_day({100, 95, 100, 80, 90, 85}));
    EXPECT_NEAR(found.depth, 0.20, 1e-12);
    EXPECT_TRUE(found.recovered.is_none());
    EXPECT_EQ(found.longest, Duration::days(3));
}

TEST(Drawdown, ARisingCurveHasNone) {
    const Drawdown found = max_drawdown(by_day({1, 2, 3}));
    EXPECT_EQ(found.depth, 0.0);
    EXPECT_EQ(found.longest, Duration{});
    EXPECT_EQ(max_drawdown({}).depth, 0.0);
}

TEST(Drawdown, EachPointIsMeasuredFromThePeakBeforeIt) {
    const auto curve = drawdowns(by_day({100, 50, 200, 150}));
    EXPECT_EQ(curve, (std::vector<double>{0.0, 0.5, 0.0, 0.25}));
}

TEST(Drawdown, OfReturnsStartsFromOne) {
    EXPECT_NEAR(depth_of(std::vector<double>{-0.1, 0.5, -0.2}), 0.2, 1e-12);
    EXPECT_NEAR(depth_of(std::vector<double>{-0.3}), 0.3, 1e-12);
}

} // namespace
} // namespace grekko::statistics
