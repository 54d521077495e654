// Candles: the bars of one instrument at one interval, built from runs of trades or from finer
// bars, and the ring of those that have closed. They do not know the time: the caller folds in
// what has traded and says when a period is over. Market keeps one Series a subscription.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/instant.hpp"
#include "domain/market.hpp"

namespace grekko::market {

// Trades of one stretch of time together. Unused: trades and volume zero.
struct Run {
    Instant from;              // start of the stretch; of a forming bar, of its period
    Price open, high, low, close;
    Quantity volume;
    std::uint32_t trades{0};
    bool used{false};
    bool incomplete{false};    // data was lost in it
    std::uint16_t reserved{0};

    void merge(const Run& later);
};

// Closed bars, newest first: [0] is the last one closed. Valid until the next record.
class History {
public:
    History() = default;
    History(const std::vector<Bar>& ring, std::size_t next) : ring_{&ring}, next_{next} {}
    std::size_t size() const { return ring_ == nullptr ? 0 : ring_->size(); }
    const Bar& operator[](std::size_t back) const;  // ASSERT back < size()

private:
    const std::vector<Bar>* ring_{nullptr};
    std::size_t next_{0};      // where the next bar goes = the oldest once the ring is full
};

// Where data is lost: from `from` until `until`, none while it lasts. Only the latest is kept.
struct Hole {
    Instant from, until;
    bool touches(Instant begin, Instant end) const;
    bool covers(Instant begin, Instant end) const;
};

class Series {
public:
    Series() = default;
    Series(InstrumentId instrument, Duration interval) : instrument_{instrument},
                                                         interval_{interval} {}

    Duration interval() const { return interval_; }
    // Adds trades to the period they belong to. False: that period has closed, they are late.
    bool fold(const Run& run, VenueId venue);
    // Ends the period before `end`: its bar, an empty one if nothing traded in it, none if nothing
    // ever has or the hole covers all of it.
    std::optional<Bar> close(Instant end, Instant visible, const Hole& hole);
    // Periods that nobody will close: counted in `missing` of the next bar.
    void skip(std::uint32_t periods, Instant end);
    // A loaded bar, of this interval or of one that divides it; `finest` bars build longer ones.
    // Appends what closes by it to `closed`.
    void load(const Bar& bar, std::vector<Bar>& closed);

    void keep(const Bar& bar, std::uint32_t history_max);
    History history() const { return {bars_, next_}; }
    std::optional<Bar> forming(const Run& open) const;

    void fields(auto& archive) {
        archive(instrument_, interval_, venue_, closed_until_, last_close_, missing_, forming_,
                following_, bars_, next_);
    }

private:
    Bar bar_of(const Run& run, Instant visible) const;
    Bar finish(Bar bar);

    InstrumentId instrument_;
    Duration interval_;
    VenueId venue_;
    Instant closed_until_;     // none: nothing has closed
    Price last_close_;
    std::uint32_t missing_{0};
    Run forming_;
    Run following_;            // of the period after, while the grace of the one before runs
    std::vector<Bar> bars_;
    std::size_t next_{0};
};

}  // namespace grekko::market
