// What the core knows about one instrument at one moment: the mark, the touch, volatility, depth
// and volume. core/market makes it from its state; agents, consensus, risk and execution read it.
// It is a copy: it does not change while a decision is made. Terms: trading rules §1.
#pragma once

#include <cstdint>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/ids.hpp"
#include "domain/market.hpp"

namespace grekko {

enum class MarkSource : std::uint8_t { none = 0, book, trade, bar, previous };

struct Mark {
    Price price;                          // zero where none was ever known
    MarkSource source{MarkSource::none};
    bool stale{true};                     // limits on loss never move on a stale mark
    Instant at;                           // receive time of the data behind it
    bool known() const { return source != MarkSource::none; }
};

// One price of a book with the whole quantity shown there.
struct Level {
    Price price;
    Quantity quantity;
};

// Cost of one side and of a round trip, as fractions of price (trading rules §1).
struct CostEstimate {
    Rate entry, exit, round_trip;
    Rate fee, half_spread, impact;  // the parts of `entry`
};

// One venue's touch, or the best venue's in MarketView::best.
struct Touch {
    VenueId venue;
    Price bid, ask;
    Quantity bid_quantity, ask_quantity;
    Instant at;                // receive time of the last book or quote record
    bool two_sided{false};
    bool crossed{false};
    bool gapped{false};        // a gap is open
};

struct MarketView {
    InstrumentId instrument;
    Instant now;
    Mark mark;
    Touch best;
    bool bars_only{false};     // the tape has bars and no book: use the impact formula
    Duration bar_interval;     // finest interval on the tape where bars_only
    Instant last_bar_close;
    Rate spread;               // (ask - bid) / mid; on bars the configured 2 x half spread
    Rate spread_median_1h;
    Rate sigma_1min;           // EW standard deviation of 1 minute mid returns
    Rate sigma_1min_median_7d; // zero while unknown
    Rate sigma_1h_median_30d;  // zero while unknown
    Price vwap_1min;           // zero where no trade
    Price median_other_venues; // zero with one venue
    Quantity depth_bid_20bp, depth_ask_20bp;  // shown within 20 bp of the mark
    Quantity volume_5min, volume_24h;
    Quantity last_bar_volume;
    TradingStatus status{TradingStatus::trading};
    Rate funding;              // last known, a period; zero where none
    Rate borrow;               // cost of a short, a year; zero where none

    // σ(H) = sigma_1min × √(H / 1 min).
    Rate sigma(Duration horizon) const;
};

}  // namespace grekko
