#include "research/statistics/returns.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace grekko::statistics {
namespace {

CurvePoint at(const char* time, double value) {
    return {parse_instant(time).value(), value};
}

TEST(Returns, ADayClosesAtItsLastPointInUtc) {
    const std::vector<CurvePoint> curve{
        at("2024-01-01T10:00:00Z", 100), at("2024-01-01T23:59:59Z", 110),
        at("2024-01-02T00:00:00Z", 121), at("2024-01-02T12:00:00Z", 99)};
    const auto days = daily_returns(curve);
    ASSERT_EQ(days.size(), 2U);
    EXPECT_NEAR(days[0].value, 0.10, 1e-12);
    EXPECT_NEAR(days[1].value, -0.10, 1e-12);
    EXPECT_EQ(days[0].day, 19'723);
}

TEST(Returns, ADayWithoutPointsReturnsNothingAndTheProductIsTheWholeReturn) {
    const std::vector<CurvePoint> curve{at("2024-01-01T10:00:00Z", 100),
                                        at("2024-01-04T10:00:00Z", 130)};
    const auto days = daily_returns(curve);
    ASSERT_EQ(days.size(), 4U);
    EXPECT_EQ(days[1].value, 0.0);
    EXPECT_NEAR(compounded(values(days)), 0.30, 1e-12);
}

TEST(Returns, ACurveThatTouchesZeroHasNone) {
    EXPECT_TRUE(
        daily_returns(std::vector<CurvePoint>{at("2024-01-01", 1), at("2024-01-02", 0)}).empty());
    EXPECT_TRUE(daily_returns(std::vector<CurvePoint>{at("2024-01-01", 1)}).empty());
}

TEST(Returns, AValueHoldsUntilTheNextPoint) {
    const std::vector<CurvePoint> curve{at("2024-01-02", 1), at("2024-01-03", 2)};
    EXPECT_EQ(value_at(curve, parse_instant("2024-01-01").value()), 1.0);
    EXPECT_EQ(value_at(curve, parse_instant("2024-01-02T23:00:00Z").value()), 1.0);
    EXPECT_EQ(value_at(curve, parse_instant("2024-01-03").value()), 2.0);
    EXPECT_EQ(value_at({}, parse_instant("2024-01-03").value()), 0.0);
}

TEST(Returns, MonthsFollowTheCalendarThroughALeapYear) {
    const std::vector<CurvePoint> curve{
        at("2024-02-28T00:00:00Z", 100), at("2024-02-29T00:00:00Z", 110),
        at("2024-03-01T00:00:00Z", 121), at("2024-12-31T00:00:00Z", 242),
        at("2025-01-01T00:00:00Z", 121)};
    const auto months = monthly_returns(daily_returns(curve));
    ASSERT_EQ(months.size(), 12U);
    EXPECT_EQ(months[0].month, 54 * 12 + 1);
    EXPECT_NEAR(months[0].value, 0.10, 1e-12);
    EXPECT_NEAR(months[1].value, 0.10, 1e-12);
    EXPECT_NEAR(months[10].value, 1.0, 1e-12);
    EXPECT_EQ(months[11].month, 55 * 12);
    EXPECT_NEAR(months[11].value, -0.5, 1e-12);
}

TEST(Returns, AYearIsCompoundedFromTheDaysThatPassed) {
    EXPECT_NEAR(*compound_annual(0.21, 730.0), 0.10, 1e-12);
    EXPECT_NEAR(*compound_annual(0.10, 365.0), 0.10, 1e-12);
    EXPECT_EQ(*compound_annual(-1.0, 30.0), -1.0);
    EXPECT_FALSE(compound_annual(0.1, 0.0));
}

// Mean 0.01, deviations 0.02, -0.02, 0.00: variance 0.0008 / 2, downside 0.01² / 3.
TEST(Returns, SharpeAndSortinoAreThoseCountedByHand) {
    const std::vector<double> days{0.03, -0.01, 0.01};
    EXPECT_NEAR(*sharpe_of_period(days), 0.01 / 0.02, 1e-12);
    EXPECT_NEAR(*sortino_of_period(days), 0.01 / (0.01 / std::sqrt(3.0)), 1e-12);
    EXPECT_NEAR(annualised(0.5), 0.5 * 19.104973174542800, 1e-12);
}

TEST(Returns, RatiosWithoutVariationOrLossDoNotExist) {
    EXPECT_FALSE(sharpe_of_period(std::vector<double>{0.01, 0.01}));
    EXPECT_FALSE(sortino_of_period(std::vector<double>{0.01, 0.02}));
}

TEST(Returns, AYearIsNotSpokenOfBelowNinetyDaysOrThirtyRoundTrips) {
    EXPECT_FALSE(long_enough(89, 30));
    EXPECT_FALSE(long_enough(90, 29));
    EXPECT_TRUE(long_enough(90, 30));
}

} // namespace
} // namespace grekko::statistics
