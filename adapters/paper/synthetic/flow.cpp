#include "paper/synthetic/flow.hpp"

#include <algorithm>
#include <cmath>

namespace grekko::paper::synthetic {
namespace {

// Of all trades this share is set off by earlier ones, over half a minute or so.
constexpr double excited_share = 0.6;
constexpr double excitement_decay = 1.0 / 40; // a second
constexpr double size_sigma = 1.0;
// The logarithm of the spread's factor: 0.98 of it stays each minute; deviation 0.4 in the end.
constexpr double breath_stays = 0.98;
constexpr double breath_sigma = 0.08;
constexpr double breath_max = 1.5;
constexpr double nanoseconds = 1e9;

} // namespace

Flow::Flow(const Instrument& instrument, std::uint64_t seed, std::uint64_t stream,
           grekko_time start)
    : random_{seed, stream},
      half_rate_{instrument.half_spread},
      base_rate_{instrument.trades_per_second * (1.0 - excited_share)},
      size_median_{instrument.trade_size.to_double() / instrument.lot.to_double()},
      mid_{static_cast<std::int64_t>(instrument.price.raw() / instrument.tick.raw())},
      excitement_{instrument.trades_per_second * excited_share},
      next_breath_{start + minute} {
    breath_ = 0.4 * random_.normal();
    breath_factor_ = portable_exp(breath_);
    set_half();
    arrange_trade(start);
}

// By thinning: between trades the rate only falls, so the rate now bounds it.
void Flow::arrange_trade(grekko_time from) {
    double seconds = 0;
    for (;;) {
        const double bound = base_rate_ + excitement_;
        const double wait = random_.exponential() / bound;
        seconds += wait;
        excitement_ *= portable_exp(-std::min(wait * excitement_decay, 600.0));
        if (random_.uniform() * bound < base_rate_ + excitement_) break;
    }
    next_trade_ =
        from + std::max<grekko_duration>(static_cast<grekko_duration>(seconds * nanoseconds), 1);
}

void Flow::set_half() {
    const double ticks = static_cast<double>(mid_) * half_rate_ * breath_factor_;
    half_ = std::max<std::int64_t>(static_cast<std::int64_t>(std::floor(ticks + 0.5)), 1);
}

void Flow::breathe() {
    const double moved = breath_ * breath_stays + breath_sigma * random_.normal();
    breath_ = std::clamp(moved, -breath_max, breath_max);
    breath_factor_ = portable_exp(breath_);
    set_half();
}

bool Flow::step(FlowTrade& trade) {
    if (next_breath_ <= next_trade_) {
        breathe();
        next_breath_ += minute;
        return false;
    }
    const bool buy = (random_.bits() >> 63) != 0;
    const double drawn = random_.log_normal(size_median_, size_sigma);
    trade.at = next_trade_;
    // At the foot of the scale nobody sells: a price of zero does not exist.
    const bool foot = mid_ <= 2 * half_;
    trade.aggressor = buy || foot ? GREKKO_BUY : GREKKO_SELL;
    trade.price = trade.aggressor == GREKKO_BUY ? mid_ + half_ : mid_ - half_;
    trade.size = std::max<std::int64_t>(static_cast<std::int64_t>(std::min(drawn, 1e15)), 1);
    mid_ = trade.price;
    set_half();
    excitement_ += excited_share * excitement_decay;
    arrange_trade(next_trade_);
    return true;
}

} // namespace grekko::paper::synthetic
