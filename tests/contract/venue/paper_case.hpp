// The paper venue as a case of the venue contract: replayed quotes and trades, seeded latency of
// 80 ms each way. It is not a test of its fill models (tests/unit/adapters/paper).
// venue_contract_test.cpp lists it.
#pragma once

#include "contract/venue/suite.hpp"
#include "io/plugin/adapter_venue.hpp"
#include "paper/paper.hpp"

namespace grekko::tests {

inline VenueCase paper_case() {
    VenueCase result;
    result.name = "paper";
    result.make = [] {
        paper::Config config;
        config.fill = paper::FillModel::book;
        config.impact = {};
        paper::Listing listing;
        listing.instrument = 1;
        listing.base = "BTC";
        listing.quote = "USD";
        listing.tick = paper::Decimal{1};
        listing.lot = paper::Decimal::ratio(1, 3);
        listing.notional_min = paper::Decimal{10};
        listing.maker_fee = listing.taker_fee = {};
        config.listings = {listing};
        config.balances = {{"USD", paper::Decimal{100'000}}, {"BTC", paper::Decimal{100}}};
        return std::make_unique<plugin::AdapterVenue>(VenueId{1}, paper::make_paper(config));
    };
    result.quote = [](ports::Venue& venue, Instant at, int bid, int ask) {
        Quote quote;
        quote.head = market_head<Quote, MarketKind::quote>();
        quote.head.venue = VenueId{1};
        quote.head.instrument = InstrumentId{1};
        quote.head.exchange_at = quote.head.received_at = at;
        quote.bid = Price{Decimal::whole(bid)};
        quote.ask = Price{Decimal::whole(ask)};
        quote.bid_quantity = quote.ask_quantity = 10_quantity;
        venue.market(quote.head);
    };
    result.sell_through = [](ports::Venue& venue, Instant at, int price) {
        Trade trade;
        trade.head = market_head<Trade, MarketKind::trade>();
        trade.head.flags = static_cast<std::uint8_t>(Side::sell);
        trade.head.venue = VenueId{1};
        trade.head.instrument = InstrumentId{1};
        trade.head.exchange_at = trade.head.received_at = at;
        trade.price = Price{Decimal::whole(price - 1)};
        trade.quantity = 1'000_quantity;
        venue.market(trade.head);
    };
    return result;
}

} // namespace grekko::tests
