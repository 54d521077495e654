// Market records for tests, in milliseconds after a fixed start that is a whole day, and a universe
// of four instruments on two venues. Not a tape: nothing is checked or stored.
// The tests and the bench of market use it.
#pragma once

#include "core/market/market.hpp"

namespace grekko::market::test {

inline constexpr InstrumentId btc{1}, eth{2}, usdc{3}, ada{4};
inline constexpr VenueId first{1}, second{2};
inline constexpr Instant start = Instant::from_seconds(1'700'006'400);  // midnight UTC

inline constexpr Instant at(std::int64_t milliseconds) {
    return start + Duration::milliseconds(milliseconds);
}

inline Universe universe() {
    Universe universe;
    universe.instruments.resize(5);
    universe.venues.resize(3);
    const auto add = [&](InstrumentId id, Symbol symbol, Currency base) {
        Instrument& instrument = universe.instruments[id.value()];
        instrument.id = id;
        instrument.symbol = symbol;
        instrument.base = base;
        instrument.quote = "USD";
        for (const VenueId venue : {first, second}) {
            Listing listing;
            listing.instrument = id;
            listing.venue = venue;
            listing.maker_fee = Rate::from_raw(Decimal::from_units(4, -3).raw());
            listing.taker_fee = Rate::from_raw(Decimal::from_units(6, -3).raw());
            universe.listings.push_back(listing);
        }
    };
    add(btc, "BTC-USD", "BTC");
    add(eth, "ETH-USD", "ETH");
    add(usdc, "USDC-USD", "USDC");
    add(ada, "ADA-USD", "ADA");
    universe.instruments[1].major = true;
    return universe;
}

template <class Record>
Record record(std::int64_t milliseconds, InstrumentId instrument = btc, VenueId venue = first) {
    Record record;
    record.head = market_head<Record, Record::kind>();
    record.head.venue = venue;
    record.head.instrument = instrument;
    record.head.received_at = at(milliseconds);
    return record;
}

inline Trade trade(std::int64_t milliseconds, Price price, Quantity quantity,
                   InstrumentId instrument = btc, VenueId venue = first) {
    Trade trade = record<Trade>(milliseconds, instrument, venue);
    trade.head.flags = static_cast<std::uint8_t>(Side::buy);
    trade.price = price;
    trade.quantity = quantity;
    return trade;
}

inline Quote quote(std::int64_t milliseconds, Price bid, Price ask, InstrumentId instrument = btc,
                   VenueId venue = first) {
    Quote quote = record<Quote>(milliseconds, instrument, venue);
    quote.bid = bid;
    quote.ask = ask;
    quote.bid_quantity = Quantity::whole(bid.is_zero() ? 0 : 1);
    quote.ask_quantity = Quantity::whole(ask.is_zero() ? 0 : 1);
    return quote;
}

inline BookLevel level(std::int64_t milliseconds, Side side, Price price, Quantity quantity,
                       InstrumentId instrument = btc, VenueId venue = first) {
    BookLevel level = record<BookLevel>(milliseconds, instrument, venue);
    level.head.flags = static_cast<std::uint8_t>(side);
    level.price = price;
    level.quantity = quantity;
    return level;
}

// A bar of `interval` that opened at `milliseconds` and became visible at its end.
inline Bar bar(std::int64_t milliseconds, Duration interval, Price price,
               Quantity volume = Quantity::whole(1), InstrumentId instrument = btc) {
    Bar bar = record<Bar>(0, instrument);
    bar.head.exchange_at = at(milliseconds);
    bar.head.received_at = at(milliseconds) + interval;
    bar.interval = interval;
    bar.open = bar.high = bar.low = bar.close = price;
    bar.volume = volume;
    return bar;
}

inline ClockTick tick(std::int64_t milliseconds) {
    return record<ClockTick>(milliseconds, InstrumentId{}, first);
}

}  // namespace grekko::market::test
