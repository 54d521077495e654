// Lots: which intent each part of a position came from, first in, first out, and what every intent
// has received, paid and ended with. The sum over intents moves with cash and positions to the
// last digit, whatever the marks are. Only apply() changes them.
#pragma once

#include "core/portfolio/state.hpp"

namespace grekko::portfolio {

// A piece of a trade: `quantity` and `value` carry the same sign; lots that it closes end at
// `mark`, and so does the piece that closed them.
struct Piece {
    AgentKey key;
    IntentId intent;
    Quantity quantity;
    Notional value;
    Price mark;
};
void book_lots(State& state, const Piece& piece);

// Of an intent that is tracked, else of nobody.
Flow& flow_of(State& state, IntentId intent, InstrumentId instrument);

// Shares a payment among the open lots by size, the last digit included.
void share_funding(State& state, AgentKey key, Notional amount);

// Puts the intent on the list of those to close if it traded, nothing works and nothing is open.
void note_if_done(State& state, IntentId intent);

// The open part becomes nobody's at `value`; the intent ends with that.
void disown(State& state, IntentId intent, Notional value);

}  // namespace grekko::portfolio
