#include "io/report/format.hpp"

#include <gtest/gtest.h>

namespace grekko::report {
namespace {

TEST(Format, NumbersHaveFixedDigitsAndGroups) {
    EXPECT_EQ(percent(0.01234), "1.23 %");
    EXPECT_EQ(percent(-0.00001), "0.00 %");
    EXPECT_EQ(basis_points(0.00123), "12.3 bp");
    EXPECT_EQ(money(-12'345.678), "-12,345.68");
    EXPECT_EQ(money(-345.0), "-345.00");
    EXPECT_EQ(money(1'234'567.0), "1,234,567.00");
    EXPECT_EQ(count(1'000), "1,000");
    EXPECT_EQ(count(999), "999");
    EXPECT_EQ(ratio(1.005, 1), "1.0");
}

TEST(Format, TimesAreShortAndInUtc) {
    EXPECT_EQ(minute(Instant::from_seconds(1'704'110'700)), "2024-01-01 12:05");
    EXPECT_EQ(minute(Instant{}), "–");
    EXPECT_EQ(lasting(Duration::milliseconds(500)), "0.5 s");
    EXPECT_EQ(lasting(Duration::minutes(12)), "12 min");
    EXPECT_EQ(lasting(Duration::minutes(150)), "2 h 30 min");
    EXPECT_EQ(lasting(Duration::hours(76)), "3 d 4 h");
}

TEST(Format, AnAbsentFigureSaysWhy) {
    ports::Estimate absent;
    absent.why = "sample too short";
    EXPECT_EQ(figure(absent, percent2), "–, sample too short");
    EXPECT_EQ(interval(absent, percent2), "");
    EXPECT_EQ(figure(std::optional<double>{}, ratio2), "–");
    EXPECT_EQ(interval({0.1, -0.2, 0.3, {}}, ratio2), "-0.20 … 0.30");
}

} // namespace
} // namespace grekko::report
