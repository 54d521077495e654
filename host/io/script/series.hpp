// A series: the last closed bars of one symbol and interval, and the indicators bound to it, each
// fed once a bar. Plain C++: what scripts see of it is handles.hpp. Saved and restored whole, so
// that a loaded agent goes on with the same bits. Owned by the runtime of one agent.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "domain/market.hpp"
#include "io/script/indicator.hpp"

namespace grekko::script {

// In the order of the names in column_names.
enum class Column : std::uint8_t { open, high, low, close, volume, time, gap, empty };
inline constexpr std::array<std::string_view, 8> column_names = {"open",   "high", "low", "close",
                                                                 "volume", "time", "gap", "empty"};

struct Row {
    double open{0}, high{0}, low{0}, close{0}, volume{0};
    std::int64_t opened_at{0}; // nanoseconds
    std::uint64_t gap{0};      // intervals missing before it
    std::uint64_t empty{0};    // 1: no trade happened

    double column(Column which) const;
    void fields(auto& archive) { archive(open, high, low, close, volume, opened_at, gap, empty); }
};

class Series {
public:
    Series(InstrumentId instrument, std::string symbol, Duration interval, std::uint32_t warmup,
           std::uint32_t depth);

    InstrumentId instrument() const { return instrument_; }
    const std::string& symbol() const { return symbol_; }
    Duration interval() const { return interval_; }

    // Takes a closed bar; false where it is not newer than the last one.
    bool push(const Bar& bar);
    // Feeds the indicators with the newest bar; after all series of the instant have theirs.
    void update();
    // All indicators begin anew and the warm-up with them.
    // `seen`: bars that count already, 1 where the newest begins the new warm-up.
    void restart(std::uint64_t seen = 0);

    // `age` bars ago, 0 the last closed one; null where it is not kept (any more).
    const Row* row(std::size_t age) const;
    std::size_t depth() const { return depth_; }
    std::size_t size() const { return rows_.size(); }
    std::uint64_t seen() const { return seen_; }
    // True once more than `warmup` bars were seen: the bar that makes it true is handed on.
    bool past_warmup() const { return seen_ > warmup_; }
    bool ready() const { return seen_ >= warmup_; }

    Indicator& add(std::unique_ptr<Indicator> indicator);
    const std::vector<std::unique_ptr<Indicator>>& indicators() const { return indicators_; }

    // What is saved of it.
    struct Saved {
        std::string symbol;
        std::int64_t interval{0};
        std::uint64_t seen{0};
        std::vector<Row> rows; // oldest first
        std::vector<Indicator::Saved> indicators;
        void fields(auto& archive) { archive(symbol, interval, seen, rows, indicators); }
    };
    Saved save() const;
    // Rows and every indicator that is known by its signature. Indicators that the state does not
    // have stay cold: then the warm-up begins anew.
    void load(const Saved& saved);

private:
    InstrumentId instrument_;
    std::string symbol_;
    Duration interval_;
    std::uint32_t warmup_;
    std::size_t depth_;
    std::vector<Row> rows_; // a ring once it is full
    std::size_t newest_{0};
    std::uint64_t seen_{0};
    std::vector<std::unique_ptr<Indicator>> indicators_;
};

} // namespace grekko::script
