// What the checks of the invariants see and how they speak. A check is a small class with a name,
// an `on` for each record it cares about (called before the story takes the record in) and perhaps
// `after`, called when a step is over. It keeps what it needs itself and never asks the engine
// where the journal can tell. checks.hpp holds them all; one file each in checks/.
#pragma once

#include "core/engine/engine.hpp"
#include "research/sim/findings.hpp"
#include "research/sim/plan.hpp"
#include "research/sim/shown_market.hpp"
#include "research/sim/story.hpp"
#include "research/sim/truth.hpp"

namespace grekko::sim {

// Beside a record.
struct Scene {
    const RecordHead& head;
    const Story& story; // before this record
    const Plan& plan;
    const ShownMarket& shown;
    const Truth& truth;
    Findings& findings;
};

// When a step is over: its records are in the story.
struct Look {
    const engine::Engine& engine;
    const Story& story;
    const Plan& plan;
    const Truth& truth;
    Instant now;
    Findings& findings;
};

template <class Id>
std::string text(Id id) {
    return std::to_string(id.value());
}

} // namespace grekko::sim
