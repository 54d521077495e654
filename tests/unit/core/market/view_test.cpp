#include "core/market/market.hpp"

#include <array>

#include <gtest/gtest.h>

#include "base/archive.hpp"
#include "unit/core/market/feed.hpp"

namespace grekko::market::test {
namespace {

using namespace literals;

void snapshot(Market& market, std::int64_t ms, VenueId venue = first) {
    market.on(record<BookReset>(ms, btc, venue));
    market.on(level(ms, Side::buy, 99.9_price, 1_quantity, btc, venue));
    market.on(level(ms, Side::buy, 99.85_price, 2_quantity, btc, venue));
    market.on(level(ms, Side::buy, 99.7_price, 4_quantity, btc, venue));
    market.on(level(ms, Side::sell, 100.1_price, 3_quantity, btc, venue));
    market.on(level(ms, Side::sell, 100.3_price, 5_quantity, btc, venue));
    market.on(record<BookCommit>(ms, btc, venue));
}

TEST(View, ShowsTouchSpreadAndDepth) {
    Market market{universe(), {}};
    snapshot(market, 0);
    const MarketView view = market.view(btc, {}, at(10));
    EXPECT_EQ(view.best.venue, first);
    EXPECT_EQ(view.best.bid, 99.9_price);
    EXPECT_EQ(view.best.ask_quantity, 3_quantity);
    EXPECT_EQ(view.spread, 0.002_rate);
    EXPECT_EQ(view.depth_bid_20bp, 3_quantity);
    EXPECT_EQ(view.depth_ask_20bp, 3_quantity);
    EXPECT_FALSE(view.bars_only);
}

TEST(View, IsMadeAnewAfterEveryRecordAndAtEveryInstant) {
    Market market{universe(), {}};
    market.on(quote(0, 99.9_price, 100.1_price));
    EXPECT_EQ(market.view(btc, {}, at(0)).best.bid, 99.9_price);
    market.on(quote(0, 99.8_price, 100.2_price));
    EXPECT_EQ(market.view(btc, {}, at(0)).best.bid, 99.8_price);
    EXPECT_EQ(market.view(btc, first, at(0)).best.ask, 100.2_price);
    EXPECT_FALSE(market.view(btc, {}, at(0)).mark.stale);
    EXPECT_TRUE(market.view(btc, {}, at(3'600'000)).mark.stale);
    EXPECT_EQ(market.view(btc, {}, at(0)).now, at(0));
}

TEST(View, OfAnotherVenueIsNotTheOneThatGivesTheMark) {
    Market market{universe(), {}};
    market.on(quote(0, 99.9_price, 100.1_price));
    market.on(quote(0, 99.7_price, 100.3_price, btc, second));
    EXPECT_EQ(market.view(btc, {}, at(0)).best.bid, 99.9_price);
    EXPECT_EQ(market.view(btc, second, at(0)).best.bid, 99.7_price);
    EXPECT_EQ(market.view(btc, first, at(0)).best.bid, 99.9_price);
}

TEST(View, OfAStoredMarketIsThatOfTheMarket) {
    Market market{universe(), {}};
    market.on(quote(0, 99.9_price, 100.1_price));
    Market other{universe(), {}};
    other.on(quote(0, 50_price, 50.1_price));
    EXPECT_EQ(other.view(btc, {}, at(0)).best.bid, 50_price);
    ASSERT_TRUE(archive_load(other, archive_save(market)));
    EXPECT_EQ(other.view(btc, {}, at(0)).best.bid, 99.9_price);
}

TEST(View, WaitsForAnInstantOnlyWhereItWouldChangeSomething) {
    Market market{universe(), {}};
    market.on(quote(1'000, 99.9_price, 100.1_price));
    EXPECT_FALSE(market.waits_for(at(1'000)));
    EXPECT_TRUE(market.waits_for(at(1'001)));
    EXPECT_TRUE(market.waits_for(market.next_due()));
    market.on(bar(2'000, Duration::minutes(1), 100_price, 1_quantity, eth));
    EXPECT_TRUE(market.waits_for(at(2'000)));
}

TEST(View, GivesLevelsBestFirst) {
    Market market{universe(), {}};
    snapshot(market, 0);
    std::array<Level, 8> levels;
    ASSERT_EQ(market.levels(btc, first, Side::buy, levels), 3U);
    EXPECT_EQ(levels[0].price, 99.9_price);
    EXPECT_EQ(levels[2].price, 99.7_price);
    ASSERT_EQ(market.levels(btc, first, Side::sell, std::span(levels).first(1)), 1U);
    EXPECT_EQ(levels[0].price, 100.1_price);
    market.on(quote(10, 50_price, 50.1_price, eth));
    ASSERT_EQ(market.levels(eth, first, Side::sell, levels), 1U);
    EXPECT_EQ(levels[0].price, 50.1_price);
    EXPECT_EQ(market.levels(ada, first, Side::sell, levels), 0U);
}

TEST(View, RemembersSinceWhenTheTouchStands) {
    Market market{universe(), {}};
    market.on(quote(0, 100_price, 101_price));
    market.on(quote(500, 100_price, 101.1_price));
    EXPECT_EQ(market.touch_since(btc, first, Side::buy), at(0));
    EXPECT_EQ(market.touch_since(btc, first, Side::sell), at(500));
    EXPECT_TRUE(market.touch_since(eth, first, Side::sell).is_none());
}

TEST(View, AddsUpVolumeAndMeanPrice) {
    Market market{universe(), {}};
    market.on(trade(0, 100_price, 1_quantity));
    market.on(trade(200'000, 101_price, 1_quantity));
    market.on(trade(250'000, 104_price, 3_quantity));
    const MarketView view = market.view(btc, {}, at(250'000));
    EXPECT_EQ(view.volume_5min, 5_quantity);
    EXPECT_EQ(view.vwap_1min, 103.25_price);
    EXPECT_EQ(market.traded(btc), 5_quantity);
    EXPECT_EQ(market.view(btc, {}, at(320'000)).volume_5min, 4_quantity);
    EXPECT_TRUE(market.view(btc, {}, at(320'000)).vwap_1min.is_zero());
    EXPECT_EQ(market.view(btc, {}, at(0) + Duration::hours(23)).volume_24h,
              5.217391304347826087_quantity);
    EXPECT_EQ(market.view(btc, {}, at(0) + Duration::hours(25)).volume_24h, 0_quantity);
}

TEST(View, TakesTheMedianOfOtherVenues) {
    Market market{universe(), {}};
    market.on(quote(0, 100_price, 100.2_price, btc, first));
    EXPECT_TRUE(market.view(btc, first, at(0)).median_other_venues.is_zero());
    market.on(quote(0, 101_price, 101.2_price, btc, second));
    EXPECT_EQ(market.view(btc, first, at(0)).median_other_venues, 101.1_price);
    EXPECT_EQ(market.view(btc, second, at(0)).median_other_venues, 100.1_price);
    EXPECT_EQ(market.view(btc, {}, at(0)).best.venue, first);
    EXPECT_TRUE(market.view(btc, first, at(3'000)).median_other_venues.is_zero());
}

TEST(View, MeasuresVolatilityAndSpreadByTheMinute) {
    Market market{universe(), {}};
    Price mid = 100_price;
    for (std::int64_t minute = 0; minute < 130; ++minute) {
        mid = minute % 2 == 0 ? 100_price : 101_price;
        market.on(quote(minute * 60'000 + 59'000, mid - 0.05_price, mid + 0.05_price));
    }
    const MarketView view = market.view(btc, {}, at(129 * 60'000 + 59'000));
    EXPECT_NEAR(view.sigma_1min.to_double(), 0.00995, 0.00001);
    EXPECT_NEAR(view.sigma_1min_median_7d.to_double(), 0.00995, 0.00001);
    EXPECT_NEAR(view.spread_median_1h.to_double(), 0.000990, 0.000001);
    EXPECT_TRUE(view.sigma_1h_median_30d.is_zero());
}

TEST(View, LeavesReturnsOverAGapOut) {
    Market market{universe(), {}};
    for (std::int64_t minute = 0; minute < 20; ++minute) {
        const Price bid = minute < 10 ? 100_price : 200_price;
        const std::int64_t ms = (minute < 10 ? minute : minute + 60) * 60'000 + 59'000;
        market.on(quote(ms, bid, bid + 0.1_price));
    }
    EXPECT_TRUE(market.view(btc, {}, at(0)).sigma_1min.is_zero());
}

TEST(View, ScalesVolatilityOfBarsToAMinute) {
    Market market{universe(), {}};
    for (std::int64_t hour = 0; hour < 40; ++hour) {
        const Price price = hour % 2 == 0 ? 100_price : 101_price;
        market.on(bar(hour * 3'600'000, Duration::hours(1), price, 2_quantity));
    }
    const MarketView view = market.view(btc, {}, start + Duration::hours(40));
    EXPECT_TRUE(view.bars_only);
    EXPECT_EQ(view.bar_interval, Duration::hours(1));
    EXPECT_EQ(view.last_bar_close, start + Duration::hours(40));
    EXPECT_NEAR(view.sigma(Duration::hours(1)).to_double(), 0.00995, 0.00001);
    EXPECT_NEAR(view.sigma_1h_median_30d.to_double(), 0.00995, 0.00001);
    EXPECT_EQ(view.volume_24h, 48_quantity);
    EXPECT_EQ(view.last_bar_volume, 2_quantity);
    EXPECT_EQ(view.spread, 0.0002_rate);
}

TEST(View, KnowsWhenABookWasHeardLastAndHowOften) {
    Market market{universe(), {}};
    market.on(trade(1'000, 100_price, 1_quantity));
    EXPECT_TRUE(market.heard(btc).at.is_none()) << "trades alone are no book";
    market.on(quote(2'000, 99_price, 100_price));
    EXPECT_EQ(market.heard(btc).at, at(2'000));
    EXPECT_EQ(market.heard(btc).pace, Duration{});
    market.on(quote(2'500, 99_price, 100_price));
    market.on(quote(2'500, 99.5_price, 100_price));
    EXPECT_EQ(market.heard(btc).pace, Duration{}) << "one step alone may be an outage";
    market.on(quote(2'900, 99_price, 100_price));
    EXPECT_EQ(market.heard(btc).pace, Duration::milliseconds(400));
    market.on(quote(3'000, 99_price, 100_price, btc, second));
    EXPECT_EQ(market.heard(btc).at, at(3'000));
    market.on(trade(4'000, 100_price, 1_quantity));
    EXPECT_EQ(market.heard(btc).at, at(3'000));
    EXPECT_TRUE(market.heard(eth).at.is_none());
    EXPECT_TRUE(market.heard(InstrumentId{99}).at.is_none());
}

TEST(View, KeepsStatusAndFunding) {
    Market market{universe(), {}};
    StatusChange change = record<StatusChange>(0);
    change.status = TradingStatus::halted;
    market.on(change);
    Funding funding = record<Funding>(0);
    funding.rate = 0.0001_rate;
    market.on(funding);
    EXPECT_EQ(market.status(btc, first), TradingStatus::halted);
    EXPECT_EQ(market.status(btc, second), TradingStatus::trading);
    EXPECT_EQ(market.view(btc, first, at(0)).status, TradingStatus::halted);
    EXPECT_EQ(market.funding_rate(btc), 0.0001_rate);
}

} // namespace
} // namespace grekko::market::test
