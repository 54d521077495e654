// Worst-case exposure (trading rules §5.1): what every order that could still fill would make of
// each position, as sums kept by events: O(1) an event and a check, however many orders are open.
// It knows no price: valuation.hpp does. Not the ledger: portfolio accounts. assess() reads it.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/decimal.hpp"
#include "base/id_map.hpp"
#include "base/instant.hpp"
#include "domain/event/coordination.hpp"
#include "domain/event/trading.hpp"
#include "domain/record.hpp"

namespace grekko::risk {

// Two for each side: 0 buys, 1 sells.
constexpr unsigned side_index(Side side) { return side == Side::buy ? 0U : 1U; }

// The position and what could still fill. Guards are protective orders (stops): they count only
// up to the position that they protect.
struct Sums {
    Quantity position;      // signed
    Quantity open[2];       // ordinary orders, by side
    Quantity guard[2];      // protective orders, by side
    Quantity long_end() const;   // q + B
    Quantity short_end() const;  // q − S
    Quantity worst() const;      // max(|q + B|, |q − S|)
};

// One agent in one instrument. Cells stay: their index is their name.
struct Cell {
    AgentId agent;
    InstrumentId instrument;
    std::uint32_t open_orders{0};
    Sums sums;
    Quantity reducing[2];     // open reducing quantity, by side
    Quantity ending[2];       // of it: what could still fill of parents that send nothing more
    IntentId proposed;        // newest intent, and the distance of its stop from its reference
    Price stop_distance;
    IntentId opened;          // newest intent that became a parent
};

struct InstrumentRow {
    Sums sums;
    Quantity virtual_gross;   // Σ over agents of worst |v|
    Quantity stops[2];        // quantity under host stops of longs, of shorts
    Notional stop_value[2];   // Σ quantity × stop price of the same
    Notional pending_loss;    // Σ unfilled increase × distance to its stop
    Currency base;            // of fees taken from what was bought
};

struct OrderRow {
    ParentId parent;
    OrderId linked;           // the other leg, while it is open
    AgentId agent;
    InstrumentId instrument;
    VenueId venue;
    Side side{Side::buy};
    Purpose purpose{Purpose::increase};
    bool resting{false};      // has a price at which another order of ours could meet it
    bool replacing{false}, atomic{false};
    std::uint8_t reserved[1]{};
    std::uint32_t replaces{0};
    Quantity quantity, filled, replacement, counted;
    Price limit, replacement_limit;
    Instant replaced_at;      // of the last request
};

struct Share {
    AgentId agent;
    Purpose purpose{Purpose::increase};
    std::uint8_t reserved[5]{};
    Quantity rest, counted;
    Quantity ending;          // of counted, in the cell's sum of what is ending
    Price stop_distance;      // of an increase
    Notional pending_loss;    // counted × distance
};

struct ParentRow {
    AgentId agent;
    InstrumentId instrument;
    Side side{Side::buy};
    Purpose purpose{Purpose::increase};
    bool open{true};
    bool ending{false};       // its last orders are being cancelled: none follows
    std::uint32_t children_open{0};
    StopId stop;              // whose exit it is
    Quantity quantity, filled;
    Quantity children;        // Σ counted of open children
    Quantity counted;
    std::vector<Share> shares;
    Quantity rest() const;    // decided − filled
    Quantity unsent() const;  // rest − children, not below zero
    void fields(auto& archive) {
        archive(agent, instrument, side, purpose, open, ending, children_open, stop, quantity,
                filled, children, counted, shares);
    }
};

struct StopRow {
    InstrumentId instrument;
    std::uint16_t side{0};    // index: 0 protects a long
    bool counts{true};        // no exit of it is at work
    std::uint8_t reserved[3]{};
    Quantity quantity;
    Price stop;
};

// Own resting orders at one venue: how many at each price.
struct Levels {
    std::map<Price, std::uint32_t> sides[2];
    void fields(auto& archive) { archive(sides[0], sides[1]); }
};

using CellKey = StrongId<struct CellTag, std::uint64_t>;      // agent << 16 | instrument
using ListingKey = StrongId<struct ListingTag, std::uint32_t>;  // instrument << 16 | venue
constexpr CellKey cell_key(AgentId agent, InstrumentId instrument) {
    return CellKey{std::uint64_t{agent.value()} << 16U | instrument.value()};
}
constexpr ListingKey listing_key(InstrumentId instrument, VenueId venue) {
    return ListingKey{std::uint32_t{instrument.value()} << 16U | venue.value()};
}

struct Exposure {
    std::vector<InstrumentRow> instruments;     // by id
    std::vector<Cell> cells;                    // by index, in order of first use
    IdMap<CellKey, std::uint32_t> cell_index;
    IdMap<OrderId, OrderRow> orders;
    IdMap<ParentId, ParentRow> parents;
    IdMap<StopId, StopRow> stops;
    std::map<ListingKey, Levels> levels;
    std::vector<std::uint32_t> venue_orders;    // open orders by venue
    std::vector<std::uint32_t> touched;         // cells changed since valued; not archived
    std::vector<InstrumentId> touched_rows;     // the same for instruments
    void fields(auto& archive) {
        archive(instruments, cells, cell_index, orders, parents, stops, levels, venue_orders);
    }
};

// Zeros where nothing is known.
const Cell& cell(const Exposure& exposure, AgentId agent, InstrumentId instrument);
const InstrumentRow& row(const Exposure& exposure, InstrumentId instrument);
// The price of the own resting order on `side` that would trade first at this venue; zero: none.
Price own_best(const Exposure& exposure, InstrumentId instrument, VenueId venue, Side side);

void apply(Exposure&, const events::IntentProposed&, const RecordHead&);
void apply(Exposure&, const events::ParentOpened&, const RecordHead&);
void apply(Exposure&, const events::ParentAllocated&, const RecordHead&);
void apply(Exposure&, const events::ParentClosed&, const RecordHead&);
void apply(Exposure&, const events::OrderSubmitted&, const RecordHead&);
void apply(Exposure&, const events::OrderRejected&, const RecordHead&);
void apply(Exposure&, const events::OrderFilled&, const RecordHead&);
void apply(Exposure&, const events::CancelRequested&, const RecordHead&);
void apply(Exposure&, const events::OrderCancelled&, const RecordHead&);
void apply(Exposure&, const events::OrderExpired&, const RecordHead&);
void apply(Exposure&, const events::OrderLapsed&, const RecordHead&);
void apply(Exposure&, const events::ReplaceRequested&, const RecordHead&);
void apply(Exposure&, const events::OrderReplaced&, const RecordHead&);
void apply(Exposure&, const events::ReplaceRejected&, const RecordHead&);
void apply(Exposure&, const events::FillAllocated&, const RecordHead&);
void apply(Exposure&, const events::InternalCross&, const RecordHead&);
void apply(Exposure&, const events::ForeignFill&, const RecordHead&);
void apply(Exposure&, const events::DustSwept&, const RecordHead&);
void apply(Exposure&, const events::StopArmed&, const RecordHead&);
void apply(Exposure&, const events::StopMoved&, const RecordHead&);
void apply(Exposure&, const events::StopClosed&, const RecordHead&);

}  // namespace grekko::risk
