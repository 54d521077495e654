#include "core/execution/settings.hpp"

#include <gtest/gtest.h>

namespace grekko::execution {
namespace {

const VenueId venue{1};
const Instant january = Instant::from_seconds(1'704'067'200);
const Instant june = Instant::from_seconds(1'717'200'000);

std::vector<FeeTier> table() {
    return {{venue, june, 0_notional, 0.004_rate, 0.006_rate},
            {venue, january, 0_notional, 0.005_rate, 0.007_rate},
            {venue, june, 10000_notional, 0.0025_rate, 0.004_rate},
            {VenueId{2}, january, 0_notional, 0.001_rate, 0.001_rate}};
}

TEST(FeeTiers, AreThoseInForceOnTheDay) {
    EXPECT_EQ(fee_tier(table(), venue, january + Duration::days(1), 50000_notional)->taker,
              0.007_rate);
    EXPECT_EQ(fee_tier(table(), venue, june, 0_notional)->taker, 0.006_rate);
}

TEST(FeeTiers, FallWithTheVolumeOfThirtyDays) {
    EXPECT_EQ(fee_tier(table(), venue, june, 9999_notional)->maker, 0.004_rate);
    EXPECT_EQ(fee_tier(table(), venue, june, 10000_notional)->maker, 0.0025_rate);
}

TEST(FeeTiers, AreNoneForAVenueOrATimeWithoutATable) {
    EXPECT_EQ(fee_tier(table(), VenueId{3}, june, 0_notional), nullptr);
    EXPECT_EQ(fee_tier(table(), venue, january - Duration::days(1), 0_notional), nullptr);
}

} // namespace
} // namespace grekko::execution
