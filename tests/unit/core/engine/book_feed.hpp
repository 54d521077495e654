// BookFeed: a market of one coin that trades each second, with a book that may be good, away, wide
// or crossed, in front of a BookRun. It moves a little each minute until the 40th, so that the coin
// has a volatility. Tests of what the engine does about bad and missing data use it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "support/book_run.hpp"

namespace grekko::test {

enum class Shown : std::uint8_t { good, nothing, wide, crossed };

class BookFeed : public testing::Test {
protected:
    void feed(Shown shown, int seconds) {
        for (int i = 0; i < seconds; ++i) {
            ++second_;
            const int minute = second_ / 60;
            const Price mid{Decimal::whole(50'000 + (minute < 40 ? minute % 7 * 20 : 0))};
            if (shown != Shown::nothing) quote(mid, shown);
            Trade trade{market_head<Trade, MarketKind::trade>()};
            trade.head.flags = static_cast<std::uint8_t>(Side::buy);
            trade.price = mid;
            trade.quantity = 1_quantity;
            put(trade);
        }
        ASSERT_TRUE(run_.run().has_value());
    }
    void quote(Price mid, Shown shown) {
        const Price away = shown == Shown::wide ? 1'000_price : 1_price;
        Quote quote{market_head<Quote, MarketKind::quote>()};
        quote.bid = shown == Shown::crossed ? mid + away : mid - away;
        quote.ask = shown == Shown::crossed ? mid - away : mid + away;
        quote.bid_quantity = quote.ask_quantity = 100_quantity;
        put(quote);
    }
    template <class Record>
    void put(Record record) {
        record.head.venue = VenueId{1};
        record.head.instrument = InstrumentId{1};
        record.head.exchange_at = record.head.received_at = run_.start + Duration::seconds(second_);
        ASSERT_TRUE(run_.tape.append(record.head).has_value());
    }
    // Time goes on without a record.
    void silence(int seconds) {
        second_ += seconds;
        const Instant to = run_.start + Duration::seconds(second_);
        ASSERT_TRUE(run_.driver.advance(to).has_value());
    }
    std::size_t opened(risk::BreakerCause cause) {
        const auto all = run_.events<events::BreakerChanged>();
        return static_cast<std::size_t>(std::ranges::count_if(all, [&](const auto& change) {
            return change.to == events::BreakerState::open && change.from != change.to &&
                   change.cause == static_cast<std::uint32_t>(cause);
        }));
    }

    BookRun run_;
    int second_{1}; // of the newest record, since the start
};

} // namespace grekko::test
