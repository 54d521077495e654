// The arithmetic of a ledger: average cost without a lost digit, value of contracts, best and worst
// moments, turnover of a day. It knows no events, agents or marks.
// The apply_*.cpp and the views call it.
#pragma once

#include <optional>

#include "core/portfolio/state.hpp"

namespace grekko::portfolio {

// price × quantity × contract size in quote currency, signed as the quantity.
Notional value_of(const InstrumentFacts& facts, Price price, Quantity quantity);

// `quantity` comes in (negative: goes out) for `value` of the same sign. What closes leaves at
// average cost. Returns the net result of the round trip if the position came to zero or turned.
std::optional<Notional> trade(Ledger& ledger, Quantity quantity, Notional value, Instant at);

// A fill of that side turns out to have been worth `value` more, signed by the side: it belongs to
// the cost of what it opened, or to the result of what it closed.
void correct(Ledger& ledger, Side side, Notional value);

// Widens the best and worst unrealised result of the open position.
void widen(Ledger& ledger, Notional unrealised);

void add_turnover(Turnover& turnover, Instant at, Notional traded, Notional fees);
struct Traded {
    Notional value, fees;
};
Traded turnover_24h(const Turnover& turnover, Instant now);

}  // namespace grekko::portfolio
