// Working a parent: which child orders to send, cancel or re-price now, and when to look again, for
// every urgency, TWAP, VWAP, iceberg, exits in slices and the escalation of stops. A pure function
// of state, market and time: chance comes from the parent's id. It approves nothing: each child
// passes risk first. core/engine calls it when a parent opens, at its timer, and when a child of
// it, or the disaster stop of its instrument, changes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/execution/settings.hpp"
#include "core/execution/state.hpp"
#include "domain/instrument.hpp"
#include "domain/market_view.hpp"
#include "domain/volume_profile.hpp"

namespace grekko::execution {

struct PriceLevel {
    Price price;
    Quantity quantity;
};

// One venue as the router and the plans see it. Levels best first, borrowed during the call.
struct VenueMarket {
    Listing listing;
    Touch touch;
    Instant bid_since, ask_since; // when the best price last changed; none: unknown
    std::span<const PriceLevel> bids, asks;
    Duration latency;          // median, order entry
    Rate maker_fee, taker_fee; // of the tier in force
    Quantity free_base;        // total minus holds
    Notional free_quote;
    Price own_bid, own_ask; // best own order that rests there (check 21); zero: none
    bool ready{false};      // connected, reconciled, private stream alive, trading
    bool has_gtd{false};
    bool has_market{true}; // takes a bare market order
};

struct WorkContext {
    Instant now;
    MarketView view;
    std::span<const VenueMarket> venues;   // of the parent's instrument, by venue id
    const VolumeProfile* profile{nullptr}; // null: none
    std::optional<Quantity> traded;        // market volume since the parent opened, if known
    Quantity slice_max;                    // X slice of checks 13, 14, 16; zero: no bound
    Price stop;                            // that this exit is of, on bars; zero: none
    Rate impact;                           // what taking the rest is expected to move the price
    bool paused{false};                    // checks 10–12 fail: schedules wait
};

struct Repricing {
    OrderId order;
    Order replacement; // passes risk as a replace
};

struct Plan {
    std::vector<Order> place; // no id, no client id; in this order
    std::vector<Repricing> replace;
    std::vector<OrderId> cancel; // without ending the parent
    std::vector<OrderId> query;  // a release of the disaster stop that takes too long
    Instant next;                // look again then; none: only on a child's event
    events::ParentEnd end{};     // not zero: close_parent now, no child is open
    bool profile_missing{false}; // VWAP worked as TWAP: the record says so
};

// Whether the plan of now could place an order: urgencies and exits send one child after another,
// schedules and icebergs side by side. Where not, slice_max and impact are not looked at.
bool may_place(const ParentRecord& parent);

// Total for any id: an unknown or closed parent gives an empty plan. Σ place + open + filled never
// exceeds the decided quantity.
Plan work(const State& state, const Settings& settings, ParentId parent, const WorkContext& now);

} // namespace grekko::execution
