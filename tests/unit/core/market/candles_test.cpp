// covers: turn.cpp
#include "core/market/candles.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "unit/core/market/feed.hpp"

namespace grekko::market::test {
namespace {

using namespace literals;

constexpr Duration minute = Duration::minutes(1);
constexpr Duration five = Duration::minutes(5);

// Feeds a record and appends what it closed.
template <class Record>
void feed(Market& market, const Record& record, std::vector<Bar>& closed) {
    market.on(record);
    closed.insert(closed.end(), market.closed().begin(), market.closed().end());
}

TEST(Candles, CloseAfterTheGrace) {
    Market market{universe(), {}};
    EXPECT_EQ(market.subscribe(btc, minute), Market::Subscribed::yes);
    EXPECT_EQ(market.subscribe(btc, minute), Market::Subscribed::already);
    EXPECT_EQ(market.subscribe(btc, Duration::milliseconds(500)), Market::Subscribed::bad_interval);
    EXPECT_EQ(market.subscribe(InstrumentId{99}, minute), Market::Subscribed::unknown_instrument);
    std::vector<Bar> closed;
    feed(market, trade(1'000, 100_price, 1_quantity), closed);
    feed(market, trade(30'000, 105_price, 2_quantity), closed);
    feed(market, trade(59'000, 95_price, 1_quantity), closed);
    EXPECT_EQ(market.next_due(), at(60'000));
    feed(market, tick(60'249), closed);
    EXPECT_TRUE(closed.empty());
    feed(market, tick(60'250), closed);
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_EQ(closed[0].open, 100_price);
    EXPECT_EQ(closed[0].high, 105_price);
    EXPECT_EQ(closed[0].low, 95_price);
    EXPECT_EQ(closed[0].close, 95_price);
    EXPECT_EQ(closed[0].volume, 4_quantity);
    EXPECT_EQ(closed[0].trades, 3U);
    EXPECT_EQ(closed[0].opened_at(), start);
    EXPECT_EQ(closed[0].head.received_at, at(60'250));
    EXPECT_EQ(market.history(btc, minute)[0].close, 95_price);
}

TEST(Candles, MergeTradesInsideTheGraceAndCountLaterOnes) {
    Market market{universe(), {}};
    market.subscribe(btc, minute);
    std::vector<Bar> closed;
    const auto stamped = [](std::int64_t received, std::int64_t happened, Price price) {
        Trade result = trade(received, price, 1_quantity);
        result.head.exchange_at = at(happened);
        return result;
    };
    feed(market, stamped(1'000, 1'000, 100_price), closed);
    feed(market, stamped(60'100, 60'050, 102_price), closed);
    feed(market, stamped(60'200, 59'990, 101_price), closed);
    feed(market, stamped(60'300, 60'290, 103_price), closed);
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_EQ(closed[0].close, 101_price);
    EXPECT_EQ(closed[0].trades, 2U);
    feed(market, stamped(60'400, 59'999, 104_price), closed);
    feed(market, tick(120'250), closed);
    ASSERT_EQ(closed.size(), 2U);
    EXPECT_EQ(closed[1].high, 103_price);
    EXPECT_EQ(closed[1].open, 102_price);
    EXPECT_EQ(market.counters().late_trades, 1U);
}

TEST(Candles, AreEmptyWhereNothingTradesAndMissingInAGap) {
    Market market{universe(), {}};
    market.subscribe(btc, minute);
    std::vector<Bar> closed;
    feed(market, trade(1'000, 100_price, 1_quantity), closed);
    feed(market, tick(120'250), closed);
    ASSERT_EQ(closed.size(), 2U);
    EXPECT_TRUE(closed[1].empty());
    EXPECT_EQ(closed[1].open, 100_price);
    EXPECT_TRUE(closed[1].volume.is_zero());
    feed(market, record<Gap>(150'000), closed);
    feed(market, tick(300'250), closed);  // two whole minutes inside the gap
    feed(market, trade(310'000, 110_price, 1_quantity), closed);
    feed(market, tick(360'250), closed);
    ASSERT_EQ(closed.size(), 4U);
    EXPECT_TRUE(closed[2].incomplete());
    EXPECT_TRUE(closed[2].empty());
    EXPECT_EQ(closed[3].missing, 2U);
    EXPECT_TRUE(closed[3].incomplete());
    EXPECT_EQ(closed[3].close, 110_price);
}

TEST(Candles, CountLongSilenceAsMissing) {
    Settings settings;
    settings.empty_bars_max = 2;
    Market market{universe(), settings};
    market.subscribe(btc, minute);
    std::vector<Bar> closed;
    feed(market, trade(1'000, 100_price, 1_quantity), closed);
    feed(market, tick(600'250), closed);
    ASSERT_EQ(closed.size(), 3U);
    EXPECT_FALSE(closed[0].empty());
    EXPECT_EQ(closed[1].missing, 7U);
    EXPECT_EQ(closed[2].opened_at(), at(540'000));
}

TEST(Candles, ComeOutShorterFirstThenBySymbol) {
    Market market{universe(), {}};
    for (const InstrumentId id : {btc, eth, ada}) {
        market.subscribe(id, five);
        market.subscribe(id, minute);
    }
    for (const InstrumentId id : {btc, eth, ada}) {
        market.on(trade(1'000, 100_price, 1_quantity, id));
    }
    market.on(tick(240'250));
    market.on(tick(300'250));
    ASSERT_EQ(market.closed().size(), 6U);
    const InstrumentId order[] = {ada, btc, eth, ada, btc, eth};
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(market.closed()[i].head.instrument, order[i]);
        EXPECT_EQ(market.closed()[i].interval, i < 3 ? minute : five);
    }
    market.on(tick(300'251));
    EXPECT_TRUE(market.closed().empty());
}

TEST(Candles, BuildLongerBarsFromLoadedOnes) {
    Market market{universe(), {}};
    market.subscribe(btc, minute);
    market.subscribe(btc, five);
    std::vector<Bar> closed;
    for (std::int64_t i = 0; i < 5; ++i) {
        feed(market, bar(i * 60'000, minute, Price::whole(100 + i), 2_quantity), closed);
    }
    EXPECT_EQ(closed.size(), 4U);
    feed(market, tick(300'000), closed);
    ASSERT_EQ(closed.size(), 6U);
    EXPECT_EQ(closed[4].interval, minute);
    EXPECT_EQ(closed[5].interval, five);
    EXPECT_EQ(closed[5].open, 100_price);
    EXPECT_EQ(closed[5].close, 104_price);
    EXPECT_EQ(closed[5].volume, 10_quantity);
    EXPECT_FALSE(closed[5].incomplete());
    EXPECT_EQ(market.subscribe(btc, Duration::seconds(90)), Market::Subscribed::bad_interval);
}

TEST(Candles, MarkWhatMissingFinerBarsLeaveOut) {
    Market market{universe(), {}};
    market.subscribe(btc, five);
    std::vector<Bar> closed;
    feed(market, bar(0, minute, 100_price), closed);
    feed(market, bar(900'000, minute, 101_price), closed);  // 15 min later
    feed(market, tick(960'000), closed);
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_TRUE(closed[0].incomplete());
    for (std::int64_t i = 16; i < 20; ++i) feed(market, bar(i * 60'000, minute, 102_price), closed);
    feed(market, tick(1'200'000), closed);
    ASSERT_EQ(closed.size(), 2U);
    EXPECT_EQ(closed[1].missing, 2U);
}

TEST(Candles, KeepTheNewestBarsOnly) {
    Settings settings;
    settings.history_bars = 3;
    Market market{universe(), settings};
    market.subscribe(btc, minute);
    for (std::int64_t i = 0; i < 5; ++i) market.on(bar(i * 60'000, minute, Price::whole(100 + i)));
    market.on(tick(300'000));
    const History history = market.history(btc, minute);
    ASSERT_EQ(history.size(), 3U);
    EXPECT_EQ(history[0].close, 104_price);
    EXPECT_EQ(history[2].close, 102_price);
    EXPECT_EQ(market.history(eth, minute).size(), 0U);
}

TEST(Candles, ShowTheFormingBar) {
    Market market{universe(), {}};
    market.subscribe(btc, minute);
    EXPECT_FALSE(market.forming(btc, minute).has_value());
    market.on(trade(1'000, 100_price, 1_quantity));
    market.on(trade(25'000, 99_price, 1_quantity));
    ASSERT_TRUE(market.forming(btc, minute).has_value());
    EXPECT_EQ(market.forming(btc, minute)->open, 100_price);
    EXPECT_EQ(market.forming(btc, minute)->low, 99_price);
    EXPECT_EQ(market.forming(btc, minute)->volume, 2_quantity);
}

// The obvious way: keep every trade, look at all of them when an interval is over.
struct NaiveCandles {
    struct Event {
        std::int64_t happened, received;
        Price price;
        Quantity quantity;
    };
    std::vector<Event> trades;

    std::vector<Bar> bars(std::int64_t interval, std::int64_t until) const {
        std::vector<Bar> result;
        Price last;
        for (std::int64_t end = interval; end + 250 <= until; end += interval) {
            Bar next = bar(end - interval, Duration::milliseconds(interval), last, {});
            for (const Event& trade : trades) {
                const bool inside = trade.happened >= end - interval && trade.happened < end;
                if (!inside || trade.received >= end + 250) continue;
                if (next.trades++ == 0) next.open = next.high = next.low = trade.price;
                next.high = std::max(next.high, trade.price);
                next.low = std::min(next.low, trade.price);
                next.close = trade.price;
                next.volume += trade.quantity;
            }
            if (next.close.is_zero()) continue;
            last = next.close;
            result.push_back(next);
        }
        return result;
    }
};

TEST(CandlesProperty, AgreeWithLookingAtAllTrades) {
    EXPECT_TRUE(rc::check([] {
        Market market{universe(), {}};
        const std::int64_t intervals[] = {5'000, 15'000, 60'000};
        for (const std::int64_t ms : intervals) {
            market.subscribe(btc, Duration::milliseconds(ms));
        }
        NaiveCandles naive;
        std::vector<Bar> closed;
        std::int64_t now = 0;
        Trade exact = trade(0, 1_price, 1_quantity, eth);  // pins the clock offset at zero
        exact.head.exchange_at = at(0);
        feed(market, exact, closed);
        const int steps = *rc::gen::inRange(1, 150);
        for (int i = 0; i < steps; ++i) {
            now += *rc::gen::inRange(0, 3'000);
            exact = trade(now, 1_price, 1_quantity, eth);
            exact.head.exchange_at = at(now);
            feed(market, exact, closed);
            const std::int64_t late = *rc::gen::inRange(0, 900);
            const std::int64_t happened = std::max<std::int64_t>(0, now - late);
            const Price price = Price::whole(*rc::gen::inRange(90, 110));
            const Quantity quantity = Quantity::whole(*rc::gen::inRange(1, 9));
            Trade next = trade(now, price, quantity);
            next.head.exchange_at = at(happened);
            feed(market, next, closed);
            naive.trades.push_back({happened, now, price, quantity});
        }
        feed(market, tick(now), closed);
        for (const std::int64_t ms : intervals) {
            const std::vector<Bar> expected = naive.bars(ms, now);
            std::size_t i = 0;
            for (const Bar& bar : closed) {
                if (bar.interval != Duration::milliseconds(ms)) continue;
                if (bar.head.instrument != btc) continue;
                RC_ASSERT(i < expected.size());
                RC_ASSERT(bar.opened_at() == expected[i].opened_at());
                RC_ASSERT(bar.open == expected[i].open);
                RC_ASSERT(bar.high == expected[i].high);
                RC_ASSERT(bar.low == expected[i].low);
                RC_ASSERT(bar.close == expected[i].close);
                RC_ASSERT(bar.volume == expected[i].volume);
                RC_ASSERT(bar.trades == expected[i].trades);
                ++i;
            }
            RC_ASSERT(i == expected.size());
        }
    }));
}

}  // namespace
}  // namespace grekko::market::test
