// What time alone brings about: bars close, loaded bars are handed out, minutes turn. It runs once
// a minute and a closing bar, never on the path of an ordinary record, and may allocate.
// Market calls it before it takes a record that is due.
#pragma once

#include "core/market/settings.hpp"
#include "core/market/state.hpp"

namespace grekko::market {

enum class Arrival : std::uint8_t { record = 1, tick };

// Brings the state up to `at`; a tick also hands out the bars loaded at `at` itself.
void turn(State& state, const Settings& settings, const Universe& universe, Instant at,
          Arrival arrival);

// Ends the open run of trades: its volume and its share of every bar are booked.
void fold_open(State& state, InstrumentState& instrument);

// One bar of the finest interval: volatility and volume follow from it.
void count_bar(InstrumentState& instrument, const Settings& settings, const Bar& bar);

}  // namespace grekko::market
