// What is traded and where: an instrument (BTC-USD), the venues, and the listing of an instrument
// on a venue with its rules. Not live state: prices are market.hpp. Configuration makes these,
// every core service reads them.
#pragma once

#include <cstdint>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/ids.hpp"

namespace grekko {

using Symbol = Text<24>;    // "BTC-USD"
using Currency = Text<16>;  // "USD"

enum class TradingStatus : std::uint8_t {
    trading = 1, limit_only, post_only, cancel_only, halted, removed
};
enum class InstrumentKind : std::uint8_t { spot = 1, perpetual };

struct Instrument {
    InstrumentId id;
    InstrumentKind kind{InstrumentKind::spot};
    bool major{false};                 // BTC, ETH: wider limits (trading.md §5, check 23)
    Symbol symbol;
    Currency base, quote;
    Quantity contract_size{1_quantity};  // base units a contract
    Rate default_stop{0.05_rate};        // fraction of price, put in where an intent has none
    Duration finest_bar{Duration::hours(1)};
};

// The rules of one instrument on one venue (units of the instrument: price in quote a base unit,
// quantity in base units or contracts). A step or bound of zero is off.
struct Listing {
    InstrumentId instrument;
    VenueId venue;
    TradingStatus status{TradingStatus::trading};
    bool replace_is_atomic{false};
    bool has_stop_orders{true};
    bool has_oco{true};
    bool has_iceberg{false};
    bool fee_in_received_asset{false};  // Binance charges the asset received
    Price tick{0.01_price};
    Quantity lot{0.00000001_quantity};
    Quantity quantity_min, quantity_max, market_lot;
    Notional notional_min{1_notional};
    Price price_min, price_max;
    Rate band_down, band_up;            // percent-price bands around the mark, 0 = off
    Rate maker_fee, taker_fee;          // fraction of notional
    std::uint32_t open_orders_max{0};
};

struct VenueSpec {
    VenueId id;
    Text<24> name;             // "coinbase"
    Text<40> account;          // account id at the venue, leased by one book
    bool simulated{true};
    std::uint32_t rate_per_second{10};  // requests the venue allows
    Duration latency{Duration::milliseconds(80)};  // median, order entry
};

// Everything configured about the market, indexed by id (slot 0 unused).
struct Universe {
    Currency base_currency{"USD"};
    std::vector<Instrument> instruments;
    std::vector<VenueSpec> venues;
    std::vector<Listing> listings;  // sorted by (instrument, venue)

    const Instrument& instrument(InstrumentId id) const;
    const VenueSpec& venue(VenueId id) const;
    const Listing* listing(InstrumentId instrument, VenueId venue) const;  // null: not listed
    const Instrument* find(std::string_view symbol) const;                 // null: unknown
};

}  // namespace grekko
