// run: one simulated run from its plan: the real engine and driver over simulated agents, disk,
// feed and line, crashes and recoveries, first with faults and then without, every invariant
// checked after every step. It prints nothing. What is real of venue and market comes in through
// World, since the app alone wires adapters. `grekko sim` and the tests call it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ports/tape.hpp"
#include "ports/venue.hpp"
#include "research/sim/findings.hpp"
#include "research/sim/plan.hpp"

namespace grekko::sim {

struct World {
    // The endless true market of the first venue.
    std::function<Result<std::unique_ptr<ports::TapeReader>>(const Plan&)> market;
    std::function<Result<std::unique_ptr<ports::Venue>>(const Plan&, VenueId)> venue;
};

struct Outcome {
    std::optional<Finding> broken; // none: the run is good
    std::string digest;            // of journal and state: equal for equal plans
    std::uint64_t steps{0}, records{0}, market_records{0};
    std::uint64_t crashes{0}, writes{0}, faults{0};
    std::uint64_t orders{0}, fills{0}, fills_healed{0};
    std::vector<std::string> trail; // the last records before what is broken
};

Outcome run(const Plan& plan, const World& world);

} // namespace grekko::sim
