// Bar rules: at what price an order fills inside one bar, or that it does not: the table of
// "Fills on bars" in the trading rules, one function a row. Pure, without size, money or time; the
// bar model puts them in order. Every rounding goes against the order.
#pragma once

#include <grekko/events.h>

#include <optional>

#include "paper/config.hpp"

namespace grekko::paper {

struct BarPrices {
    Decimal open, high, low;
    Decimal range() const { return high - low; }
};

enum class Direction : std::uint8_t { buy = GREKKO_BUY, sell = GREKKO_SELL };

// What one side pays beyond the mid, in price: max(½ tick, 1 bp of majors, 5 bp of others).
Decimal half_spread(const Listing& listing, Decimal price);
// The price against the order by `cost`, rounded to the tick against it too, at least one tick.
Decimal worse(Direction side, Decimal price, Decimal cost, Decimal tick);

// The limit itself where the bar trades through it by a tick or more.
std::optional<Decimal> limit_fill(Direction side, const BarPrices& bar, Decimal limit,
                                  Decimal tick);
// buy: high >= stop → max(open, stop) + ½ spread + slip of the range; sell mirrored.
std::optional<Decimal> stop_fill(Direction side, const BarPrices& bar, Decimal stop,
                                 Decimal half_spread, Decimal slip, Decimal tick);
// A take profit: the bar trades through the trigger by a tick; then a market order at the trigger,
// as a stop pays, without the better open of a gap.
std::optional<Decimal> take_fill(Direction side, const BarPrices& bar, Decimal trigger,
                                 Decimal half_spread, Decimal slip, Decimal tick);
// Where a trailing stop stands `trail` (a fraction) behind the best price, on the tick behind.
Decimal trailing_level(Direction side, Decimal extreme, Decimal trail, Decimal tick);

} // namespace grekko::paper
