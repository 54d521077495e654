// The mark of an instrument and the quality of a touch (trading rules §1), and σ in its common
// unit: what both the turning of a minute and the views need. Reading only, but for set_touch.
// The files of Market use it.
#pragma once

#include "core/market/settings.hpp"
#include "core/market/state.hpp"

namespace grekko::market {

struct VenueMark {
    Mark mark;
    VenueId venue;  // whose book gives it; none for a trade, a bar or a stale mark
};

// Known instruments only (ASSERT).
VenueMark mark_of(const State& state, const Settings& settings, InstrumentId id, Instant now);

// Writes one side of a touch; an empty side has quantity zero. By reference and in place: a copy on
// the way would be stored by words and loaded whole, which stalls the path of every quote.
inline void write_bid(Slot& slot, const Price& price, const Quantity& quantity, Instant at) {
    if (price != slot.bid) slot.bid_since = at;
    slot.bid = price;
    slot.bid_quantity = quantity;
}
inline void write_ask(Slot& slot, const Price& price, const Quantity& quantity, Instant at) {
    if (price != slot.ask) slot.ask_since = at;
    slot.ask = price;
    slot.ask_quantity = quantity;
}
// Judges the touch just written: whether it makes a mark, and which.
void judge_touch(Slot& slot, const Settings& settings, Instant at);

// Data was lost: what the slot shows is no mark until it is whole again.
void lose_touch(Slot& slot, Instant at);

// σ of one minute, from minutes or scaled from bars; zero while unknown.
Rate sigma_1min(const InstrumentState& instrument, const Settings& settings);

}  // namespace grekko::market
