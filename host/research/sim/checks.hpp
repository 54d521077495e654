// Checks: all invariants of trading rules §12 in one place. It hears every record and the end of
// every step, tells the story and lets each check judge. After a crash it is made anew and hears
// the records that survived. run.cpp owns it; a new check is added to the tuple here.
#pragma once

#include <tuple>

#include "research/sim/checks/books.hpp"
#include "research/sim/checks/children.hpp"
#include "research/sim/checks/decided.hpp"
#include "research/sim/checks/doubled.hpp"
#include "research/sim/checks/exits.hpp"
#include "research/sim/checks/exposure.hpp"
#include "research/sim/checks/fills.hpp"
#include "research/sim/checks/flight.hpp"
#include "research/sim/checks/fresh.hpp"
#include "research/sim/checks/halted.hpp"
#include "research/sim/checks/leaves.hpp"
#include "research/sim/checks/money.hpp"
#include "research/sim/checks/protected.hpp"
#include "research/sim/checks/shares.hpp"

namespace grekko::sim {

class Checks {
public:
    Checks(const Plan& plan, const ShownMarket& shown, const Truth& truth)
        : plan_{plan},
          shown_{shown},
          truth_{truth},
          story_{plan.universe} {}

    // Judged as they come, or only remembered: what survived a crash was judged before it.
    void records(std::span<const std::byte> records, Findings& findings);
    void step_over(const engine::Engine& engine, Instant now, Findings& findings);
    const Story& story() const { return story_; }
    // The last records, newest last, one line each.
    std::vector<std::string> trail() const { return {trail_.begin(), trail_.end()}; }

private:
    const Plan& plan_;
    const ShownMarket& shown_;
    const Truth& truth_;
    Story story_;
    std::tuple<checks::Books, checks::Shares, checks::Fills, checks::Decided, checks::Children,
               checks::Doubled, checks::Halted, checks::Protected, checks::Exits, checks::Exposure,
               checks::Fresh, checks::Flight, checks::Leaves, checks::Money>
        all_;
    std::deque<std::string> trail_;
};

} // namespace grekko::sim
