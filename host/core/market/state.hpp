// The state of Market: a slot for every (venue, instrument), a record for every instrument, and
// the clocks of the venues, in flat vectors by id. Plain data: what it means is in market.hpp, what
// changes it in the files beside it. Nobody outside of this folder needs it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/market/book.hpp"
#include "core/market/candles.hpp"
#include "core/market/profile.hpp"
#include "core/market/volatility.hpp"
#include "core/market/windows.hpp"
#include "domain/instrument.hpp"
#include "domain/market.hpp"
#include "domain/market_view.hpp"

namespace grekko::market {

// At or beyond these prices the engine wants to know.
struct Band {
    Price low{Price::min()}, high{Price::max()};
};

// One instrument on one venue: the touch, how good it is, and the book behind it.
struct Slot {
    Price bid, ask;
    Quantity bid_quantity, ask_quantity;
    Instant at;                // of the last quote or commit
    Instant before, earlier;   // of the two before it that were not of the same instant
    Instant bid_since, ask_since;
    Price mid;                 // of the newest touch that made a mark
    Instant mid_until;         // that mid is a mark up to here, this instant included
    bool two_sided{false}, crossed{false}, gapped{false};
    bool sound{false};         // two-sided, not crossed, not wide, no gap
    TradingStatus status{TradingStatus::trading};
    Book book;

    bool gives_mark(Instant now) const { return sound && now <= mid_until; }
    void fields(auto& archive) {
        archive(bid, ask, bid_quantity, ask_quantity, at, before, earlier, bid_since, ask_since,
                mid, mid_until, two_sided, crossed, gapped, sound, status, book);
    }
};

// How an instrument's book comes.
struct Heard {
    Instant at;                // of the newest touch; none: no venue has shown one
    Duration pace;             // between the last two touches
};

enum class Source : std::uint8_t { none = 0, bars, trades };

// What every trade writes, together: the run of trades of the present step.
struct Open {
    Run run;
    Instant until;             // end of the step; the run takes trades from run.from up to here
    limbs::Wide value;         // Σ price × quantity
    VenueId venue;
    void fields(auto& archive) { archive(run, until, value, venue); }
};

struct InstrumentState {
    Band band;
    Price trade_price;         // zero: none yet
    Instant trade_at;
    Open open;
    Duration step{Duration::seconds(10)};  // divides 10 s and every subscribed interval
    Quantity traded;           // before the open run
    Source source{Source::none};

    Price bar_price;
    Instant bar_at;            // receive time of the newest bar
    Instant bar_close;         // end of its interval
    Duration bar_interval;     // the finest seen
    Quantity bar_volume;
    VenueId bar_venue;

    Instant first_volume_at;   // volume of 24 h is projected from here while it is younger
    VolumeWindow volume_5min{Duration::seconds(10), 30};
    VolumeWindow volume_24h{Duration::minutes(15), 96};
    MeanPrice vwap;
    QuarterVolumes quarters;

    Volatility volatility;
    Price minute_price;        // mark at the last minute, zero: it was no valid one
    SampledMedian sigma_7d{Duration::minutes(10), 1'008};
    SampledMedian sigma_30d{Duration::hours(1), 720};
    SampledMedian spread_1h{Duration::minutes(1), 60};
    Rate sigma_median_7d, sigma_median_30d, spread_median;

    Price hour_price;
    SampledMedian returns{Duration::hours(1), 720};  // of an hour, as encoded by clusters.cpp
    InstrumentId cluster;

    Hole hole;
    Rate funding;
    std::vector<Series> series;  // rising intervals

    void fields(auto& archive) {
        archive(band.low, band.high, trade_price, trade_at, open, step, traded, source);
        archive(bar_price, bar_at, bar_close, bar_interval, bar_volume, bar_venue);
        archive(first_volume_at, volume_5min, volume_24h, vwap, quarters, volatility, minute_price);
        archive(sigma_7d, sigma_30d, spread_1h, sigma_median_7d, sigma_median_30d, spread_median);
        archive(hour_price, returns, cluster, hole, funding, series);
    }
};

// How far a venue's clock is ahead: max(exchange - receive) of this minute and of ten before.
struct VenueClock {
    static constexpr std::int64_t unknown = INT64_MIN;
    std::int64_t offset{unknown};
    std::int64_t minute_max{unknown};
    std::array<std::int64_t, 10> minutes{unknown, unknown, unknown, unknown, unknown,
                                         unknown, unknown, unknown, unknown, unknown};
};

// All series of one interval close together.
struct IntervalGroup {
    Duration interval;
    Instant next_end;          // none: no record has come yet
};

struct Counters {
    std::uint64_t unknown{0};        // records of no known venue or instrument
    std::uint64_t late_trades{0};    // after their bar had closed: not merged
    std::uint64_t ignored_bars{0};   // of an instrument that trades, or from a second venue
    std::uint64_t lost_books{0};     // more levels waited than allowed
    std::uint64_t unsynced{0};       // levels and commits without a reset before them
};

struct State {
    Instant now;               // newest receive time
    Instant next_due;          // a minute, a bar or a batch of loaded bars
    Instant next_minute;
    std::uint64_t venue_count{0};
    bool live{false};          // a touch or trade has come: minutes have marks to look at
    std::vector<InstrumentState> instruments;  // by id, slot 0 unused
    std::vector<Slot> slots;   // instrument × venue_count + venue
    std::vector<VenueClock> clocks;
    std::vector<IntervalGroup> groups;         // rising intervals
    std::vector<std::uint16_t> by_symbol;      // instrument ids in symbol order
    std::vector<std::uint16_t> rank;           // place of an instrument there
    std::vector<Bar> pending;  // loaded bars of one instant
    std::vector<Bar> closed;   // by the last record
    Counters counters;

    Slot& slot(InstrumentId instrument, VenueId venue) {
        return slots[instrument.value() * venue_count + venue.value()];
    }
    const Slot& slot(InstrumentId instrument, VenueId venue) const {
        return slots[instrument.value() * venue_count + venue.value()];
    }
    void fields(auto& archive) {
        archive(now, next_due, next_minute, venue_count, live, instruments, slots, clocks, groups,
                by_symbol, rank, pending, closed, counters);
    }
};

}  // namespace grekko::market
