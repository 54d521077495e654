// covers: state.hpp
#include "core/market/market.hpp"

#include <gtest/gtest.h>

#include "base/archive.hpp"
#include "unit/core/market/feed.hpp"

namespace grekko::market::test {
namespace {

using namespace literals;

TEST(Market, SaysWhenAPriceReachesTheBand) {
    Market market{universe(), {}};
    market.set_band(btc, {95_price, 105_price});
    EXPECT_FALSE(market.on(quote(0, 99.8_price, 100_price)));
    EXPECT_TRUE(market.on(quote(1, 95_price, 95.2_price)));
    EXPECT_TRUE(market.on(quote(2, 104.9_price, 105_price)));
    EXPECT_FALSE(market.on(trade(3, 100_price, 1_quantity)));
    EXPECT_TRUE(market.on(trade(4, 94_price, 1_quantity)));
    EXPECT_TRUE(market.on(trade(5, 105_price, 1_quantity)));
    EXPECT_FALSE(market.on(trade(6, 94_price, 1_quantity, eth)));
    market.set_band(btc, {});
    EXPECT_FALSE(market.on(trade(7, 94_price, 1_quantity)));
}

TEST(Market, DoesNotTriggerOnACrossedOrWideTouch) {
    Market market{universe(), {}};
    market.set_band(btc, {95_price, 105_price});
    EXPECT_FALSE(market.on(quote(0, 94_price, 93_price)));
    EXPECT_FALSE(market.on(quote(0, 94_price, 100_price)));
    EXPECT_FALSE(market.on(quote(0, 0_price, 110_price)));
}

TEST(Market, TriggersOnTheExtremesOfABar) {
    Market market{universe(), {}};
    market.set_band(btc, {95_price, 105_price});
    Bar wide = bar(0, Duration::minutes(1), 100_price);
    EXPECT_FALSE(market.on(wide));
    wide = bar(60'000, Duration::minutes(1), 100_price);
    wide.low = 94_price;
    EXPECT_TRUE(market.on(wide));
}

TEST(Market, CountsAndIgnoresWhatItDoesNotKnow) {
    Market market{universe(), {}};
    EXPECT_FALSE(market.on(trade(0, 100_price, 1_quantity, InstrumentId{77})));
    EXPECT_FALSE(market.on(quote(0, 100_price, 101_price, btc, VenueId{9})));
    EXPECT_EQ(market.counters().unknown, 2U);
    EXPECT_FALSE(market.mark(InstrumentId{77}, at(0)).known());
    EXPECT_FALSE(market.view(InstrumentId{77}, first, at(0)).mark.known());
    EXPECT_EQ(market.levels(btc, VenueId{9}, Side::buy, {}), 0U);
}

TEST(Market, MeasuresHowFarAVenuesClockIsAhead) {
    Market market{universe(), {}};
    EXPECT_EQ(market.clock_offset(first), Duration{});
    const auto stamped = [&](std::int64_t received, std::int64_t ahead) {
        Quote result = quote(received, 100_price, 100.1_price);
        result.head.exchange_at = at(received + ahead);
        market.on(result);
    };
    stamped(0, 1'200);
    stamped(1'000, 1'280);
    stamped(2'000, 900);
    EXPECT_EQ(market.clock_offset(first), Duration::milliseconds(1'280));
    EXPECT_EQ(market.clock_offset(second), Duration{});
    for (std::int64_t minute = 1; minute <= 10; ++minute) stamped(minute * 60'000, 1'000);
    EXPECT_EQ(market.clock_offset(first), Duration::milliseconds(1'280));
    stamped(11 * 60'000, 1'000);
    EXPECT_EQ(market.clock_offset(first), Duration::milliseconds(1'000));
}

TEST(Market, IgnoresBarsOfASecondVenueAndOfATradingInstrument) {
    Market market{universe(), {}};
    Bar other = bar(0, Duration::minutes(1), 90_price);
    other.head.venue = second;
    market.on(bar(0, Duration::minutes(1), 100_price));
    market.on(other);
    market.on(trade(61'000, 100_price, 1_quantity));
    market.on(bar(60'000, Duration::minutes(1), 101_price));
    EXPECT_EQ(market.counters().ignored_bars, 2U);
}

TEST(Market, LosesABookWhenTooManyLevelsWait) {
    Settings settings;
    settings.book_pending_max = 1;
    Market market{universe(), settings};
    market.on(record<BookReset>(0));
    market.on(level(0, Side::buy, 99_price, 1_quantity));
    market.on(level(0, Side::buy, 98_price, 1_quantity));
    EXPECT_EQ(market.counters().lost_books, 1U);
    EXPECT_TRUE(market.touch(btc, first).gapped);
}

TEST(Market, TakesAnOlderRecordAsReceivedNow) {
    Market market{universe(), {}};
    market.on(quote(5'000, 100_price, 100.1_price));
    market.on(quote(1'000, 101_price, 101.1_price));
    EXPECT_EQ(market.mark(btc, at(7'000)).price, 101.05_price);
    EXPECT_EQ(market.touch(btc, first).at, at(5'000));
}

TEST(Market, RestoresFromASnapshot) {
    Market market{universe(), {}};
    market.subscribe(btc, Duration::seconds(5));
    const auto run = [](Market& to, std::int64_t from, std::int64_t until) {
        for (std::int64_t i = from; i < until; ++i) {
            to.on(quote(i * 700, Price::whole(100 + i % 3), Price::whole(101 + i % 3)));
            to.on(trade(i * 700, Price::whole(100 + i % 5), 1_quantity));
        }
    };
    run(market, 0, 400);
    Market restored{universe(), {}};
    ASSERT_TRUE(archive_load(restored, archive_save(market)));
    run(market, 400, 800);
    run(restored, 400, 800);
    EXPECT_EQ(archive_save(restored), archive_save(market));
}

}  // namespace
}  // namespace grekko::market::test
