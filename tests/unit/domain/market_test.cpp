#include "domain/market.hpp"

#include <array>
#include <cstring>
#include <type_traits>

#include <gtest/gtest.h>

namespace grekko {
namespace {

template <class T>
T sample() {
    T made{};
    made.head = market_head<T, T::kind>();
    made.head.venue = VenueId{1};
    made.head.instrument = InstrumentId{1};
    made.head.flags = static_cast<std::uint8_t>(Side::buy);
    return made;
}

Trade trade() {
    auto made = sample<Trade>();
    made.price = 100_price;
    made.quantity = 2_quantity;
    return made;
}

Bar bar() {
    auto made = sample<Bar>();
    made.head.flags = 0;
    made.interval = Duration::hours(1);
    made.open = 100_price;
    made.high = 110_price;
    made.low = 90_price;
    made.close = 105_price;
    made.volume = 7_quantity;
    return made;
}

template <class T>
bool valid(const T& record) {
    return valid_market_record(&record, sizeof record);
}

TEST(MarketRecord, OfEachKindIsValidWithPlausibleContent) {
    EXPECT_TRUE(valid(trade()));
    EXPECT_TRUE(valid(sample<Quote>()));
    EXPECT_TRUE(valid(sample<BookReset>()));
    EXPECT_TRUE(valid(sample<BookCommit>()));
    EXPECT_TRUE(valid(bar()));
    EXPECT_TRUE(valid(sample<Gap>()));
    EXPECT_TRUE(valid(sample<StatusChange>()));
    EXPECT_TRUE(valid(sample<Funding>()));
    auto level = sample<BookLevel>();
    level.price = 1_price;
    EXPECT_TRUE(valid(level)) << "quantity zero removes the level";
}

TEST(MarketRecord, OfAClockNeedsNoInstrument) {
    auto tick = sample<ClockTick>();
    tick.head.instrument = {};
    EXPECT_TRUE(valid(tick));
    tick.head.venue = {};
    EXPECT_FALSE(valid(tick));
}

TEST(MarketRecord, IsRefusedWithoutAWholeHeadOrWithAnotherSize) {
    const auto good = trade();
    EXPECT_FALSE(valid_market_record(&good, sizeof(MarketHead) - 1));
    EXPECT_FALSE(valid_market_record(&good, sizeof good - 8));
    auto other = trade();
    other.head.kind = MarketKind::quote;
    EXPECT_FALSE(valid(other));
    other.head.kind = static_cast<MarketKind>(200);
    EXPECT_FALSE(valid(other));
    other = trade();
    other.head.instrument = {};
    EXPECT_FALSE(valid(other));
}

TEST(MarketRecord, IsRefusedWithAnImplausibleTrade) {
    auto free = trade();
    free.price = 0_price;
    EXPECT_FALSE(valid(free));
    auto empty = trade();
    empty.quantity = 0_quantity;
    EXPECT_FALSE(valid(empty));
    auto sideless = trade();
    sideless.head.flags = 3;
    EXPECT_FALSE(valid(sideless));
}

TEST(MarketRecord, IsRefusedWithAnImplausibleQuoteOrLevel) {
    auto quote = sample<Quote>();
    quote.ask_quantity = -1_quantity;
    EXPECT_FALSE(valid(quote));
    auto level = sample<BookLevel>();
    EXPECT_FALSE(valid(level)) << "price zero";
}

TEST(MarketRecord, IsRefusedWithABarWhoseRangeDoesNotHoldItsEnds) {
    auto high = bar();
    high.high = 104_price;
    EXPECT_FALSE(valid(high));
    auto low = bar();
    low.low = 101_price;
    EXPECT_FALSE(valid(low));
    auto instant = bar();
    instant.interval = Duration{};
    EXPECT_FALSE(valid(instant));
    auto volume = bar();
    volume.volume = -1_quantity;
    EXPECT_FALSE(valid(volume));
}

TEST(MarketRecord, IsRefusedWithAnUnknownStatus) {
    auto status = sample<StatusChange>();
    status.status = static_cast<TradingStatus>(7);
    EXPECT_FALSE(valid(status));
}

TEST(VisitMarket, HandsOverTheRecordAsItsType) {
    const auto made = bar();
    const bool is_bar = visit_market(made.head, [](const auto& record) {
        return std::is_same_v<std::remove_cvref_t<decltype(record)>, Bar>;
    });
    EXPECT_TRUE(is_bar);
}

TEST(Side, HasAnOppositeAndASign) {
    EXPECT_EQ(opposite(Side::buy), Side::sell);
    EXPECT_EQ(opposite(Side::sell), Side::buy);
    EXPECT_EQ(sign(Side::buy), 1);
    EXPECT_EQ(sign(Side::sell), -1);
}

} // namespace
} // namespace grekko
