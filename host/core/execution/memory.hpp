// The memory of fills: which trade ids are booked, in a window of stated size. It decides nothing:
// what a fill that is known or too old means is booking.hpp's. The apply functions of orders and
// venues share it.
#pragma once

#include "core/execution/state.hpp"

namespace grekko::execution {

// Notes the trade id (none: an inferred fill) and the venue's newest fill. Beyond fills_known_max
// the oldest goes, and its exchange time becomes the venue's forgotten_until.
void remember_fill(State& state, const Fill& fill, Instant at);

} // namespace grekko::execution
