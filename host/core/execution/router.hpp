// The router: how a quantity is best taken now from the books of several venues, fees, latency and
// doubtful depth counted (§7). It plans and sends nothing. The plans of work.hpp call it; the API
// shows its answer for a quantity.
#pragma once

#include <span>
#include <vector>

#include "core/execution/work.hpp"

namespace grekko::execution {

struct RouteRequest {
    Side side{Side::buy};
    Quantity quantity; // > 0
    Price limit;       // worst price, zero: none
};

struct RoutePart {
    VenueId venue;
    Quantity quantity; // in lots of the venue
    Price limit;       // the worst level planned
    Notional cost;     // effective: fees and latency counted; of a sale what it brings
};

struct Route {
    std::vector<RoutePart> parts; // best first
    Quantity unrouted;            // no depth, no balance, or too small
};

// Price of a level with taker fee and latency counted: above for a buy, below for a sale.
Price effective_price(const Settings& settings, const MarketView& view, const VenueMarket& venue,
                      Side side, Price price);

Route route(const Settings& settings, const RouteRequest& request, const MarketView& view,
            std::span<const VenueMarket> venues);

} // namespace grekko::execution
