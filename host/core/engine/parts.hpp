// Parts: what the engine keeps for itself between steps, or hands from one of its steps to another.
// Not state: no event makes it and no snapshot holds it; equal inputs make it equal. Only the
// engine's own files use it.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <vector>

#include "core/execution/execution.hpp"

namespace grekko::engine {

// A timer that has been set for a subject, and for when.
struct Armed {
    Instant at;
    TimerId id;
};

// The venues of one instrument as execution sees them, with the levels that they point to.
struct VenueMarkets {
    std::vector<execution::VenueMarket> markets;
    std::deque<std::vector<execution::PriceLevel>> levels;
};

// What is remembered for breakers that time and the market open without an order.
struct Watch {
    using Past = std::deque<std::pair<Instant, Price>>; // newest last
    // Between two looks: while records come, and at a book that none comes of, at most.
    static constexpr Duration each{Duration::milliseconds(250)}, rarely{Duration::minutes(1)};
    Instant next;
    std::map<InstrumentId, Past> marks;
    std::map<InstrumentId, Instant> crossed_since;
    std::map<InstrumentId, Instant> silent; // since when nothing of their books has come
    std::vector<InstrumentId> wanted;       // held or worked, made anew each time
    std::vector<Currency> pegged;           // quote currencies that have a par, other than the base
    std::set<VenueId> lost;                 // not connected; asked on its return
};

} // namespace grekko::engine
