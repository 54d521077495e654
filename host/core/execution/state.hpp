// The state of execution: every order that could still fill, the parents they work for, what is
// known of each venue, and the fills already booked. Rebuilt from events alone. Not positions:
// core/portfolio has those. Decisions of this folder read it, apply.cpp alone writes it.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "base/slot_table.hpp"
#include "domain/event.hpp"
#include "domain/order.hpp"

namespace grekko::execution {

// Leaves whatever the market is, in steps that widen.
constexpr bool is_forced(Purpose p) {
    return p == Purpose::stop || p == Purpose::flatten;
}

// How much is remembered after the fact. A report about an order older than the window, or a fill
// older than the window, is judged by exchange time and cumulative
// quantity (report.cpp).
inline constexpr std::size_t ended_orders_max = 4'096;
inline constexpr std::size_t ended_parents_max = 4'096;
inline constexpr std::size_t fills_known_max = 16'384;

struct OrderRecord {
    Order order;       // as in force at the venue, or sent
    Order replacement; // id none: none is in flight
    VenueOrderId venue_order_id;
    Quantity filled;   // cumulative, inferred included
    Notional value;    // Σ price × quantity of the fills
    Quantity inferred; // part of filled that waits for the real fill
    Notional inferred_value;
    Instant submitted_at;
    Instant event_at;      // the last event about it
    Instant asked_at;      // the last request: submit, cancel, replace or a counted query
    Instant missing_since; // the first "not found" in a row
    std::uint64_t client_sequence{0};
    std::uint32_t missing{0}; // "not found" in a row
    std::uint32_t queries{0};
    std::uint32_t legs{0}; // client ids used beyond the first
    OrderStatus status{OrderStatus::submitted};
    bool acknowledged{false}; // the venue has proven that it knows the order
    bool cancel_wanted{false};
    bool triggered{false};
    std::uint8_t passive{0}; // 1: post-only, its fills count as passive

    Quantity rest() const { return filled < order.quantity ? order.quantity - filled : Quantity{}; }
    bool open() const { return !terminal(status); }
    bool replacing() const { return !replacement.id.is_none(); }
    // What could still fill (§5.1): of a pending replace the larger of old and new.
    Quantity fillable() const;

    void fields(auto& archive) {
        archive(order, replacement, venue_order_id, filled, value, inferred, inferred_value,
                submitted_at, event_at, asked_at, missing_since, client_sequence, missing, queries,
                legs, status, acknowledged, cancel_wanted, triggered, passive);
    }
};

struct Share {
    Allocation allocation;
    Quantity filled;
    Quantity unfilled() const {
        return filled < allocation.quantity ? allocation.quantity - filled : Quantity{};
    }
    void fields(auto& archive) { archive(allocation, filled); }
};

struct ParentRecord {
    Parent parent;
    std::vector<Share> shares;
    std::vector<OrderId> children; // those that could still fill
    Quantity filled;
    Quantity passive_filled;
    Notional value; // Σ price × quantity of the fills
    Notional fees;  // quote currency
    Instant opened_at;
    Instant sent_at;       // the last child
    Instant passive_since; // the first passive child, none yet
    Instant child_ended_at;
    std::uint32_t children_sent{0};
    std::uint32_t attempts{0};  // 1 + highest slice sent
    std::uint32_t crossed{0};   // 1 + highest slice sent as IOC
    std::uint32_t misses{0};    // children in a row that ended with a rest
    events::ParentEnd ending{}; // zero: working; else no new child leaves
    bool closed{false};

    Quantity rest() const {
        return filled < parent.quantity ? parent.quantity - filled : Quantity{};
    }
    void fields(auto& archive) {
        archive(parent, shares, children, filled, passive_filled, value, fees, opened_at, sent_at,
                passive_since, child_ended_at, children_sent, attempts, crossed, misses, ending,
                closed);
    }
};

// All that could still fill for one agent in one instrument (§5.1): orders in every state that is
// not terminal, and the unsent rest of parents. Of a linked pair the larger leg counts. The parts
// that reduce and that protect (venue stops) are contained in the sums.
struct OpenQuantity {
    Quantity buys, sells;
    Quantity reducing_buys, reducing_sells;
    Quantity protective_buys, protective_sells;
    void fields(auto& archive) {
        archive(buys, sells, reducing_buys, reducing_sells, protective_buys, protective_sells);
    }
    bool operator==(const OpenQuantity&) const = default;
};

struct BalanceRecord {
    Decimal total, held;
    Instant at;
    void fields(auto& archive) { archive(total, held, at); }
};

struct VenueRecord {
    bool connected{false}, private_alive{false}, reconciled{false};
    Duration clock_offset;
    Instant filled_at;        // the last fill booked, by our clock
    Instant fill_exchange_at; // the newest fill, by the venue's
    Instant forgotten_until;  // fills up to here may have left the window
    std::map<Currency, BalanceRecord> balances;
    void fields(auto& archive) {
        archive(connected, private_alive, reconciled, clock_offset, filled_at, fill_exchange_at,
                forgotten_until, balances);
    }
};

struct FillKey {
    VenueId venue;
    InstrumentId instrument;
    TradeId trade_id;
    auto operator<=>(const FillKey&) const = default;
};

struct VenueOrderKey {
    VenueId venue;
    VenueOrderId id;
    auto operator<=>(const VenueOrderKey&) const = default;
};

struct OpenKey {
    AgentId agent;
    InstrumentId instrument;
    auto operator<=>(const OpenKey&) const = default;
};

struct State {
    std::uint64_t incarnation{0};                // 40 bits
    std::uint64_t client_sequence{0};            // of the last client id given
    SlotTable<OrderId, OrderRecord> orders;      // open, and the last that ended
    SlotTable<std::uint64_t, OrderId> by_client; // client sequence → order
    std::map<VenueOrderKey, OrderId> by_venue_id;
    std::set<OrderId> open_orders;     // that could still fill
    std::set<OrderId> inferred_orders; // that wait for a real fill
    std::deque<OrderId> ended_orders;
    SlotTable<ParentId, ParentRecord> parents;
    std::deque<ParentId> ended_parents;
    std::set<ParentId> open_parents;  // not closed
    std::set<OrderId> disaster_stops; // that could still fill
    std::map<OpenKey, OpenQuantity> open;
    std::map<VenueId, VenueRecord> venues;
    std::set<FillKey> fills;
    std::deque<std::pair<FillKey, Instant>> fills_order;

    void fields(auto& archive) {
        archive(incarnation, client_sequence, orders, by_client, by_venue_id, open_orders,
                inferred_orders, ended_orders, parents, ended_parents, open_parents, disaster_stops,
                open, venues, fills, fills_order);
    }
};

OpenQuantity open_quantity(const State& state, AgentId agent, InstrumentId instrument);
// The order a report speaks of: by id, else by client id, else by the venue's id. Null: not ours.
const OrderRecord* find_order(const State& state, const VenueReport& report);
// Whether a fill's trade id is booked and within the window.
bool fill_known(const State& state, const Fill& fill);

} // namespace grekko::execution
