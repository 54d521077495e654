// What the parts of the host stops share: finding a stop, those of a holding and those of an
// instrument. It decides nothing. Private to the stops; nothing outside of core/risk includes it.
// The public side is stops.hpp.
#pragma once

#include "core/risk/stops.hpp"

namespace grekko::risk::stop_parts {

constexpr bool is_long(const StopRecord& stop) { return stop.side == Side::buy; }
const StopRecord* find(const Stops& stops, StopId id);
const InstrumentStops& of(const Stops& stops, InstrumentId instrument);
// Ids of a holding, oldest first.
const std::vector<StopId>& held(const Stops& stops, AgentId agent, InstrumentId instrument);
Price step_of(Price extreme);  // trail_step of it

}  // namespace grekko::risk::stop_parts
