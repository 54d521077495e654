#include "core/market/profile.hpp"

#include <gtest/gtest.h>

#include "base/archive.hpp"
#include "unit/core/market/feed.hpp"

namespace grekko::market::test {
namespace {

using namespace literals;

constexpr std::int64_t minute_ms = 60'000, quarter_ms = 15 * minute_ms, day_ms = 96 * quarter_ms;
constexpr std::size_t wednesday = 2 * 96;  // the day that `start` begins

// One trade in every quarter, of so much as its number in the day, from `from` on.
void trade_days(Market& market, std::int64_t from, std::int64_t days) {
    for (std::int64_t n = 0; n < days * 96; ++n) {
        market.on(trade(from * day_ms + n * quarter_ms, 100_price, Quantity::whole(n % 96)));
    }
}

TEST(Profile, IsTheMeanOfWhatTradedInEachQuarterOfTheWeek) {
    Market market{universe(), {}};
    trade_days(market, 0, 7);
    market.on(trade(7 * day_ms, 100_price, 1_quantity));
    VolumeProfile profile = market.profile(btc, at(7 * day_ms));
    EXPECT_EQ(profile.days, 7U);
    EXPECT_EQ(profile.volume[wednesday + 5], 5_quantity);
    EXPECT_EQ(profile.volume[5 * 96 + 95], 95_quantity);
    market.on(trade(7 * day_ms + 5 * quarter_ms, 100_price, 8_quantity));
    market.on(trade(7 * day_ms + 6 * quarter_ms, 100_price, 6_quantity));
    profile = market.profile(btc, at(7 * day_ms + 6 * quarter_ms));
    EXPECT_EQ(profile.volume[wednesday + 5], 6.5_quantity);
    EXPECT_EQ(profile.volume[wednesday + 6], 6_quantity) << "this quarter is not over";
    EXPECT_EQ(profile.volume[wednesday + 4], 2_quantity) << "a quiet quarter is volume of zero";
}

TEST(Profile, HasTheSameShapeWhereOnlyBarsAreKnown) {
    Market minutes{universe(), {}};
    Market hours{universe(), {}};
    for (std::int64_t n = 0; n < 7 * 1440; ++n) {
        const Quantity volume = Quantity::whole(n / 60 % 24);
        minutes.on(bar(n * minute_ms, Duration::minutes(1), 100_price, volume));
    }
    for (std::int64_t n = 0; n < 7 * 24; ++n) {
        const Quantity volume = Quantity::whole(n % 24 * 60);
        hours.on(bar(n * 60 * minute_ms, Duration::hours(1), 100_price, volume));
    }
    const VolumeProfile fine = minutes.profile(btc, at(7 * day_ms));
    EXPECT_EQ(fine.days, 7U);
    EXPECT_EQ(fine.volume, hours.profile(btc, at(7 * day_ms)).volume);
    EXPECT_EQ(fine.volume[wednesday + 4 * 7], 7_quantity * 15);
}

TEST(Profile, NeedsEveryQuarterOfAWeekFromItsStart) {
    Market market{universe(), {}};
    market.on(trade(20'000, 100_price, 1_quantity));  // its quarter has begun without us
    trade_days(market, 1, 6);
    EXPECT_EQ(market.profile(btc, at(7 * day_ms)).days, 6U);
    EXPECT_TRUE(market.profile(btc, at(7 * day_ms)).volume[wednesday].is_zero());
    market.on(trade(7 * day_ms, 100_price, 1_quantity));
    EXPECT_EQ(market.profile(btc, at(7 * day_ms)).days, 6U);
    market.on(trade(7 * day_ms + quarter_ms, 100_price, 1_quantity));
    EXPECT_EQ(market.profile(btc, at(7 * day_ms + quarter_ms)).days, 7U);
    EXPECT_EQ(market.profile(eth, at(8 * day_ms)).days, 0U);
    EXPECT_EQ(market.profile(InstrumentId{99}, at(8 * day_ms)).days, 0U);
}

TEST(Profile, ForgetsAfterFourWeeksAndDoesNotCountALongSilence) {
    QuarterVolumes volumes;
    const auto fill = [&](std::int64_t from, std::int64_t to, Quantity volume) {
        for (std::int64_t n = from * 96; n < to * 96; ++n) volumes.add(at(n * quarter_ms), volume);
    };
    fill(0, 7, 1_quantity);
    fill(9, 16, 3_quantity);  // two days without any data
    VolumeProfile profile = volumes.profile(at(16 * day_ms));
    EXPECT_EQ(profile.days, 14U);
    EXPECT_EQ(profile.volume[wednesday], 2_quantity) << "days 0 and 14";
    EXPECT_EQ(profile.volume[wednesday + 96], 2_quantity);
    EXPECT_EQ(profile.volume[4 * 96], 2_quantity) << "days 2 and 9";
    fill(16, 44, 5_quantity);
    profile = volumes.profile(at(44 * day_ms));
    EXPECT_EQ(profile.days, 28U);
    for (const Quantity& volume : profile.volume) EXPECT_EQ(volume, 5_quantity);
}

TEST(Profile, IsTheSameAfterItWasStored) {
    QuarterVolumes volumes;
    volumes.add(at(0), Duration::days(7), 672_quantity);
    QuarterVolumes restored;
    ASSERT_TRUE(archive_load(restored, archive_save(volumes)));
    volumes.add(at(7 * day_ms), 3_quantity);
    restored.add(at(7 * day_ms), 3_quantity);
    EXPECT_EQ(archive_save(restored), archive_save(volumes));
    EXPECT_EQ(restored.profile(at(7 * day_ms)).days, 7U);
    EXPECT_EQ(restored.profile(at(8 * day_ms)).volume[wednesday], 2_quantity);
}

}  // namespace
}  // namespace grekko::market::test
