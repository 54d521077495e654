// Flow: when the trades of one generated instrument happen, at what price and of what size. Each
// trade is a fair coin; it happens half a spread from the mid, and the mid moves to where it
// traded. So mid and trade prices are martingales: whoever takes pays half a spread and gets
// nothing back, whoever makes is paid it by a price that has moved against him. Volatility comes in
// clusters by self-exciting arrivals and by a spread that breathes slowly. It shows no book
// (market.hpp does) and knows no real market.
#pragma once

#include <cstdint>

#include "paper/random.hpp"
#include "paper/synthetic/config.hpp"

namespace grekko::paper::synthetic {

struct FlowTrade {
    grekko_time at{0};
    grekko_side aggressor{0};
    std::int64_t price{0}; // ticks
    std::int64_t size{0};  // lots
};

class Flow {
public:
    // Time begins at `start`; equal seed and stream give equal flow.
    Flow(const Instrument& instrument, std::uint64_t seed, std::uint64_t stream, grekko_time start);

    std::int64_t mid() const { return mid_; }   // ticks
    std::int64_t half() const { return half_; } // half the spread now, at least one tick
    // When the next trade or breath of the spread happens.
    grekko_time next_at() const { return next_trade_ < next_breath_ ? next_trade_ : next_breath_; }
    // Goes there; true where it was a trade.
    bool step(FlowTrade& trade);

private:
    void arrange_trade(grekko_time from);
    void breathe();
    void set_half();

    Random random_;
    double half_rate_, base_rate_, size_median_;
    std::int64_t mid_{0}, half_{1};
    double excitement_{0};                // trades a second above the base rate, now
    double breath_{0}, breath_factor_{1}; // the spread's factor, as a logarithm and itself
    grekko_time next_trade_{0}, next_breath_;
};

} // namespace grekko::paper::synthetic
