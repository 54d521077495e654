#include "research/report/prices.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace grekko::report {
namespace {

TEST(Prices, MemoryIsBoundedAndTheSpanIsKept) {
    Prices prices;
    for (std::int64_t i = 1; i <= 1'000'000; ++i) {
        prices.add(Instant::from_seconds(i), 100.0 + static_cast<double>(i % 7));
    }
    EXPECT_LT(prices.points().size(), Prices::points_max);
    EXPECT_GT(prices.points().size(), Prices::points_max / 4);
    EXPECT_EQ(prices.points().front().at, Instant::from_seconds(1));
    EXPECT_GT(prices.points().back().at, Instant::from_seconds(999'980));
    EXPECT_EQ(prices.last_at(), Instant::from_seconds(1'000'000));
}

TEST(Prices, WhatGoesBackOrIsNotPositiveIsLeftOut) {
    Prices prices;
    prices.add(Instant::from_seconds(10), 100.0);
    prices.add(Instant::from_seconds(9), 50.0);
    prices.add(Instant::from_seconds(11), 0.0);
    prices.add(Instant::from_seconds(10), 101.0); // the later word on one moment
    ASSERT_EQ(prices.points().size(), 1U);
    EXPECT_EQ(prices.last(), 101.0);
    EXPECT_EQ(prices.points()[0].value, 101.0);
}

TEST(Prices, ThinningKeepsEndsAndExtremes) {
    std::vector<double> values(10'000, 1.0);
    values[1'234] = 9.0;
    values[7'777] = -3.0;
    const auto places = thinned(values, 200);
    EXPECT_LE(places.size(), 200U);
    EXPECT_EQ(places.front(), 0U);
    EXPECT_EQ(places.back(), 9'999U);
    EXPECT_TRUE(std::is_sorted(places.begin(), places.end()));
    EXPECT_TRUE(std::count(places.begin(), places.end(), 1'234));
    EXPECT_TRUE(std::count(places.begin(), places.end(), 7'777));
    EXPECT_EQ(thinned({1, 2, 3}, 10).size(), 3U);
}

} // namespace
} // namespace grekko::report
