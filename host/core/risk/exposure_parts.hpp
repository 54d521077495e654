// The moves that the events of exposure are made of. Private to the exposure_*.cpp files: they keep
// the sums of instruments and cells, the virtual gross and the lists of what was touched in step.
// Not for assess(), which reads the sums only.
#pragma once

#include "core/risk/exposure.hpp"

namespace grekko::risk::parts {

// What changes in the sums of one side.
struct Change {
    Side side{Side::buy};
    Purpose purpose{Purpose::increase};
    Quantity delta;
};

constexpr bool guards(Purpose purpose) {
    return purpose == Purpose::stop || purpose == Purpose::disaster_stop;
}
// A disaster stop stands for the net position, not for any agent's.
constexpr bool has_owner(Purpose purpose) { return purpose != Purpose::disaster_stop; }

InstrumentRow& touch_row(Exposure& exposure, InstrumentId instrument);
// The index of the cell, made at first use.
std::uint32_t touch_cell(Exposure& exposure, AgentId agent, InstrumentId instrument);

void change_row(Exposure& exposure, InstrumentId instrument, const Change& change);
void change_cell(Exposure& exposure, AgentId agent, InstrumentId instrument, const Change& change);
void move_position(Exposure& exposure, AgentId agent, InstrumentId instrument, Quantity signed_by);

// Brings the reservation of a parent and its shares in line with its rest and its children.
void settle(Exposure& exposure, ParentRow& parent);
// While its exit works a stop bounds no loss: the exit's orders do. It does again once that ends.
void exit_begins(Exposure& exposure, StopId stop);
void exit_ends(Exposure& exposure, StopId stop);
// Forgets a parent that is closed and has no child that could still fill.
void forget_if_done(Exposure& exposure, ParentId id);

}  // namespace grekko::risk::parts
