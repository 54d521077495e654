#include "core/market/mark.hpp"

#include <gtest/gtest.h>

#include "unit/core/market/feed.hpp"

namespace grekko::market::test {
namespace {

using namespace literals;

TEST(Mark, IsTheMidOfAValidBook) {
    Market market{universe(), {}};
    EXPECT_FALSE(market.mark(btc, at(0)).known());
    market.on(quote(0, 99.5_price, 100_price));
    const Mark mark = market.mark(btc, at(2'000));
    EXPECT_EQ(mark.price, 99.75_price);
    EXPECT_EQ(mark.source, MarkSource::book);
    EXPECT_FALSE(mark.stale);
}

TEST(Mark, FallsBackToTheTradeThenToWhatItWas) {
    Market market{universe(), {}};
    market.on(trade(0, 98_price, 1_quantity));
    market.on(quote(1'000, 99.5_price, 100_price));
    EXPECT_EQ(market.mark(btc, at(3'000)).source, MarkSource::book);
    EXPECT_EQ(market.mark(btc, at(3'001)).price, 98_price);
    EXPECT_EQ(market.mark(btc, at(60'000)).source, MarkSource::trade);
    const Mark previous = market.mark(btc, at(60'001));
    EXPECT_EQ(previous.source, MarkSource::previous);
    EXPECT_TRUE(previous.stale);
    EXPECT_EQ(previous.price, 98_price);
}

TEST(Mark, RemembersTheMidWhenNothingTraded) {
    Market market{universe(), {}};
    market.on(quote(0, 99.5_price, 100.5_price));
    const Mark previous = market.mark(btc, at(2'001));
    EXPECT_EQ(previous.price, 100_price);
    EXPECT_TRUE(previous.stale);
}

TEST(Mark, RefusesACrossedOneSidedOrWideBook) {
    struct Case {
        Price bid, ask;
        bool valid;
    };
    const Case cases[] = {
        {100_price, 100.5_price, true},  {100_price, 100_price, false},
        {101_price, 100_price, false},   {100_price, 0_price, false},
        {0_price, 100_price, false},     {199_price, 201_price, true},
        {198.99_price, 201_price, false}, {0.00000199_price, 0.00000201_price, true},
        {99'000'000'000'000'000_price, 99'100'000'000'000'000_price, true},
        {90'000'000'000'000'000_price, 99'100'000'000'000'000_price, false},
    };
    for (const Case& c : cases) {
        Market market{universe(), {}};
        market.on(quote(0, c.bid, c.ask));
        EXPECT_EQ(!market.mark(btc, at(0)).stale, c.valid) << c.bid.to_string();
    }
}

TEST(Mark, RoundsHalfADigitToEven) {
    Market market{universe(), {}};
    market.on(quote(0, 1_price, 1.000000000000000001_price));
    EXPECT_EQ(market.mark(btc, at(0)).price, 1_price);
    market.on(quote(0, 1.000000000000000001_price, 1.000000000000000002_price));
    EXPECT_EQ(market.mark(btc, at(0)).price, 1.000000000000000002_price);
}

TEST(Mark, ComesFromTheFirstVenueThatIsValid) {
    Market market{universe(), {}};
    market.on(quote(0, 100_price, 101_price, btc, second));
    EXPECT_EQ(market.mark(btc, at(0)).price, 100.5_price);
    market.on(quote(0, 99_price, 99.5_price, btc, first));
    EXPECT_EQ(market.mark(btc, at(0)).price, 99.25_price);
    market.on(quote(1'500, 100_price, 101_price, btc, second));
    EXPECT_EQ(market.mark(btc, at(2'500)).price, 100.5_price);
}

TEST(Mark, EndsWithAGapUntilTheNextReset) {
    Market market{universe(), {}};
    const auto snapshot = [&](std::int64_t ms) {
        market.on(record<BookReset>(ms));
        market.on(level(ms, Side::buy, 99.5_price, 1_quantity));
        market.on(level(ms, Side::sell, 100.5_price, 1_quantity));
        market.on(record<BookCommit>(ms));
    };
    snapshot(0);
    EXPECT_FALSE(market.mark(btc, at(100)).stale);
    market.on(record<Gap>(200));
    EXPECT_TRUE(market.mark(btc, at(200)).stale);
    EXPECT_TRUE(market.touch(btc, first).gapped);
    market.on(level(300, Side::buy, 99.6_price, 1_quantity));
    market.on(record<BookCommit>(300));
    EXPECT_TRUE(market.mark(btc, at(300)).stale);
    EXPECT_EQ(market.counters().unsynced, 2U);
    snapshot(400);
    EXPECT_FALSE(market.mark(btc, at(400)).stale);
    EXPECT_FALSE(market.touch(btc, first).gapped);
}

TEST(Mark, OfBarsIsTheLastCloseForOneAndAHalfIntervals) {
    Market market{universe(), {}};
    market.on(bar(0, Duration::hours(1), 100_price));
    const Instant closed = start + Duration::hours(1);
    EXPECT_EQ(market.mark(btc, closed).source, MarkSource::bar);
    EXPECT_FALSE(market.mark(btc, closed + Duration::minutes(90)).stale);
    EXPECT_TRUE(market.mark(btc, closed + Duration::minutes(91)).stale);
}

}  // namespace
}  // namespace grekko::market::test
