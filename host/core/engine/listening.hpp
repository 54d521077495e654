// Listening: whether the market data of an instrument still comes, and whether anybody depends on
// it, which is what opens the breaker of bad data. It reads at one instant and decides nothing.
// The engine alone uses it: each minute and at its timer of data.
#pragma once

#include <set>

#include "core/engine/settings.hpp"
#include "core/engine/state.hpp"

namespace grekko::engine {

struct Listening {
    const State& state;
    const Settings& settings;
    const market::Market& market;
    Instant at, live_from;

    // Held, or with work that may still become a position.
    std::set<InstrumentId> exposed() const;
    bool is_exposed(InstrumentId instrument) const;
    // Bars come when they close, and a book that ends hears nothing more: neither can fall silent.
    // What has not been heard at all yet, after a start, can.
    bool can_fall_silent(InstrumentId instrument) const;
    // When it will have been silent for too long: for data_stale_max, and for twice the pace that
    // its book had. What came before the book was live says nothing about the feed.
    Instant due(InstrumentId instrument) const;
    bool is_silent(InstrumentId instrument) const;
    risk::DataCondition condition(InstrumentId instrument) const;

private:
    Instant heard_at(InstrumentId instrument) const;
};

} // namespace grekko::engine
