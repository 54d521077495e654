// Venues for the tests of router and plans: books that the test writes as price and quantity, with
// two venues that differ in what the test says. Not a matching engine: nothing fills by itself.
// The tests of this folder use it.
#pragma once

#include <vector>

#include "core/execution/execution.hpp"
#include "unit/core/execution/desk.hpp"

namespace grekko::execution {

struct Market {
    std::vector<PriceLevel> bids[2], asks[2];
    std::vector<VenueMarket> venues;
    WorkContext context;

    // One or two venues, 99.99 / 100.01 with depth, no fees, plenty of balance.
    explicit Market(std::size_t count = 1) {
        for (std::size_t i = 0; i < count; ++i) {
            VenueMarket venue;
            venue.listing.instrument = btc;
            venue.listing.venue = VenueId{static_cast<std::uint16_t>(i + 1)};
            venue.listing.lot = 0.01_quantity;
            venue.listing.tick = 0.01_price;
            venue.listing.notional_min = 1_notional;
            venue.free_base = 1000000_quantity;
            venue.free_quote = 100000000_notional;
            venue.ready = true;
            venues.push_back(venue);
            bids[i] = {{99.99_price, 1000_quantity}};
            asks[i] = {{100.01_price, 1000_quantity}};
        }
        context.view.mark = {100_price, MarkSource::book, false, {}};
    }

    // To be called after a change of the books.
    WorkContext& at(Instant now) {
        for (std::size_t i = 0; i < venues.size(); ++i) {
            VenueMarket& venue = venues[i];
            venue.bids = bids[i];
            venue.asks = asks[i];
            Touch& touch = venue.touch;
            touch.venue = venue.listing.venue;
            touch.two_sided = !bids[i].empty() && !asks[i].empty();
            if (!bids[i].empty()) touch.bid = bids[i].front().price;
            if (!asks[i].empty()) touch.ask = asks[i].front().price;
        }
        context.view.best = venues.front().touch;
        context.view.now = context.now = now;
        context.venues = venues;
        return context;
    }
};

inline ParentRequest request_of(Quantity quantity, Urgency urgency,
                                Purpose purpose = Purpose::increase) {
    ParentRequest request;
    request.parent.instrument = btc;
    request.parent.agent = agent_1;
    request.parent.side = reduces(purpose) ? Side::sell : Side::buy;
    request.parent.purpose = purpose;
    request.parent.arrival = 100_price;
    request.parent.working.urgency = urgency;
    request.allocations = {{{}, IntentId{1}, agent_1, purpose, {}, quantity}};
    return request;
}

} // namespace grekko::execution
