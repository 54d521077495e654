#include "base/instant.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace grekko {
namespace {

Instant at(std::string_view text) {
    return parse_instant(text).value();
}

TEST(Instant, ReadsTimesAsUtc) {
    EXPECT_EQ(at("1970-01-01").nanoseconds(), 0);
    EXPECT_EQ(at("2024-08-08T23:54:14Z"), Instant::from_seconds(1'723'161'254));
    EXPECT_EQ(at("2024-08-08 23:54:14.085Z").nanoseconds(), 1'723'161'254'085'000'000);
    EXPECT_EQ(at("2024-08-09T01:54:14+02:00"), at("2024-08-08T23:54:14Z"));
    EXPECT_EQ(at("2024-08-08T18:24:14-05:30"), at("2024-08-08T23:54:14Z"));
    EXPECT_EQ(at("2024-02-29"), at("2024-02-28") + Duration::days(1));
    EXPECT_EQ(at("1969-12-31T23:59:59.999999999Z").nanoseconds(), -1);
}

TEST(Instant, RefusesWhatIsNoTime) {
    for (const char* text :
         {"", "yesterday", "2024-13-01", "2023-02-29", "2024-00-10", "2024-01-32", "1600-01-01",
          "2024-08-08T24:00:00Z", "2024-08-08T23:60:00Z", "2024-08-08T23:54:14",
          "2024-08-08T23:54:14.Z", "2024-08-08T23:54:14.1234567890Z", "2024-08-08T23:54:14Zx",
          "2024-08-08T23:54:14+2:00", "-024-08-08", "20240808"}) {
        const Result<Instant> instant = parse_instant(text);
        ASSERT_FALSE(instant.has_value()) << text;
        EXPECT_NE(instant.error().message.find("is not a time"), std::string::npos);
    }
}

TEST(Instant, PrintsTheDigitsThatAreNotZero) {
    EXPECT_EQ(to_string(Instant{}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_string(at("2024-08-08T23:54:14.085Z")), "2024-08-08T23:54:14.085Z");
    EXPECT_EQ(to_string(Instant::from_nanoseconds(-1)), "1969-12-31T23:59:59.999999999Z");
    EXPECT_EQ(to_string(at("2000-03-01")), "2000-03-01T00:00:00Z");
}

TEST(Instant, WhatIsPrintedReadsBackTheSame) {
    EXPECT_TRUE(rc::check("any instant in range", [] {
        const std::int64_t years_200 = 200LL * 365 * 86'400 * 1'000'000'000;
        const Instant instant = Instant::from_nanoseconds(*rc::gen::inRange(-years_200, years_200));
        RC_ASSERT(at(to_string(instant)) == instant);
    }));
}

TEST(Instant, FloorsToTheStartOfItsIntervalBefore1970Too) {
    const Duration minute = Duration::minutes(1);
    EXPECT_EQ(at("2024-08-08T23:54:14Z").floor(minute), at("2024-08-08T23:54:00Z"));
    EXPECT_EQ(at("2024-08-08T23:54:00Z").floor(minute), at("2024-08-08T23:54:00Z"));
    EXPECT_EQ(at("1969-12-31T23:59:59Z").floor(minute), at("1969-12-31T23:59:00Z"));
}

TEST(Instant, DifferencesAreDurations) {
    EXPECT_EQ(at("2024-01-02") - at("2024-01-01"), Duration::days(1));
    EXPECT_EQ(at("2024-01-02") - Duration::hours(24), at("2024-01-01"));
    EXPECT_TRUE(Instant{}.is_none());
}

TEST(Duration, ReadsAndPrintsTheLargestUnitThatFits) {
    EXPECT_EQ(parse_duration("250ms").value(), Duration::milliseconds(250));
    EXPECT_EQ(parse_duration("7d").value(), Duration::hours(168));
    EXPECT_EQ(to_string(Duration::milliseconds(250)), "250ms");
    EXPECT_EQ(to_string(Duration::seconds(120)), "2m");
    EXPECT_EQ(to_string(Duration::hours(25)), "25h");
    EXPECT_EQ(to_string(Duration::nanoseconds(1'001)), "1001ns");
    EXPECT_EQ(to_string(Duration{}), "0s");
    for (const std::int64_t n : {1LL, 1'000LL, -5'000'000LL, 86'400'000'000'000LL}) {
        EXPECT_EQ(parse_duration(to_string(Duration::nanoseconds(n))).value().count(), n);
    }
}

TEST(Duration, RefusesWhatHasNoUnitOrIsTooLong) {
    for (const char* text : {"", "250", "ms", "1.5s", "1 s", "1week", "999999999999d"}) {
        EXPECT_FALSE(parse_duration(text).has_value()) << text;
    }
}

TEST(Duration, CountsInNanoseconds) {
    EXPECT_EQ(Duration::microseconds(3) * 2 + Duration::nanoseconds(1),
              Duration::nanoseconds(6'001));
    EXPECT_EQ(Duration::seconds(3) / 2, Duration::milliseconds(1'500));
    EXPECT_LT(Duration::seconds(59), Duration::minutes(1));
}

} // namespace
} // namespace grekko
