#include "paper/bar_rules.hpp"

#include <algorithm>

namespace grekko::paper {

Decimal half_spread(const Listing& listing, Decimal price) {
    const Decimal rate = listing.major ? 0.0001_dec : 0.0005_dec;
    const Decimal half_tick = multiply(listing.tick, 0.5_dec, Round::up);
    return std::max(half_tick, multiply(price, rate, Round::up));
}

Decimal worse(Direction side, Decimal price, Decimal cost, Decimal tick) {
    if (side == Direction::buy) return round_to(price + cost, tick, Round::up);
    return std::max(round_to(price - cost, tick, Round::down), tick);
}

std::optional<Decimal> limit_fill(Direction side, const BarPrices& bar, Decimal limit,
                                  Decimal tick) {
    const bool through =
        side == Direction::buy ? bar.low <= limit - tick : bar.high >= limit + tick;
    return through ? std::optional{limit} : std::nullopt;
}

std::optional<Decimal> stop_fill(Direction side, const BarPrices& bar, Decimal stop,
                                 Decimal half_spread, Decimal slip, Decimal tick) {
    const bool buy = side == Direction::buy;
    if (buy ? bar.high < stop : bar.low > stop) return std::nullopt;
    const Decimal from = buy ? std::max(bar.open, stop) : std::min(bar.open, stop);
    return worse(side, from, half_spread + multiply(bar.range(), slip, Round::up), tick);
}

std::optional<Decimal> take_fill(Direction side, const BarPrices& bar, Decimal trigger,
                                 Decimal half_spread, Decimal slip, Decimal tick) {
    if (!limit_fill(side, bar, trigger, tick)) return std::nullopt;
    return worse(side, trigger, half_spread + multiply(bar.range(), slip, Round::up), tick);
}

Decimal trailing_level(Direction side, Decimal extreme, Decimal trail, Decimal tick) {
    const bool buy = side == Direction::buy;
    const Decimal factor = buy ? Decimal{1} + trail : Decimal{1} - trail;
    const Decimal level = multiply(extreme, factor, Round::half_even);
    return std::max(round_to(level, tick, buy ? Round::up : Round::down), tick);
}

} // namespace grekko::paper
