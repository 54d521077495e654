// Runs a range of seeds, and with a bug's name shows that one of them finds it: `seeds 1..50`,
// `seeds 1..200 fill_booked_twice`. Exit 0: every seed is good, or the bug was found.
// covers: research/sim/actor.cpp research/sim/check.hpp research/sim/checks.cpp
// covers: research/sim/disk.cpp research/sim/faulty_feed.cpp research/sim/faulty_venue.cpp
// covers: research/sim/findings.hpp research/sim/plan.cpp research/sim/report.cpp
// covers: research/sim/run.cpp research/sim/shown_market.cpp research/sim/story.cpp
// covers: research/sim/truth.cpp research/sim/checks/books.hpp research/sim/checks/children.hpp
// covers: research/sim/checks/decided.hpp research/sim/checks/doubled.hpp
// covers: research/sim/checks/exits.hpp
// covers: research/sim/checks/exposure.hpp research/sim/checks/fills.hpp
// covers: research/sim/checks/flight.hpp research/sim/checks/fresh.hpp
// covers: research/sim/checks/halted.hpp research/sim/checks/leaves.hpp
// covers: research/sim/checks/money.hpp
// covers: research/sim/checks/protected.hpp research/sim/checks/shares.hpp
// covers: app/paper/simulated_world.cpp app/paper/listing.cpp app/paper/synthetic_tape.hpp
// covers: app/commands/sim.cpp base/planted.cpp base/planted.hpp
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "app/paper/simulated_world.hpp"
#include "base/planted.hpp"
#include "research/sim/report.hpp"

namespace {

unsigned long long running = 0;
bool looking_for_bug = false;

// An assertion is a find as well: the host would have died instead of going on with wrong books.
void on_abort(int) {
    std::printf("seed %llu: an assertion failed\nRepeat it: grekko sim --seed=%llu\n", running,
                running);
    std::fflush(stdout);
    std::_Exit(looking_for_bug ? 0 : 1);
}

} // namespace

int main(int count, char** arguments) {
    using namespace grekko;
    const std::string range = count > 1 ? arguments[1] : "1..1";
    const std::string bug = count > 2 ? arguments[2] : "";
    const unsigned long long first = std::strtoull(range.c_str(), nullptr, 10);
    const std::size_t dots = range.find("..");
    const unsigned long long last =
        dots == std::string::npos ? first : std::strtoull(range.c_str() + dots + 2, nullptr, 10);
    looking_for_bug = !bug.empty();
#ifdef GREKKO_PLANTED_BUGS
    planted_bug = planted_named(bug);
    if (looking_for_bug && planted_bug == Bug::none) return 2;
#endif
    std::signal(SIGABRT, on_abort);
    const sim::World world = app::simulated_world();
    int broken = 0;
    for (running = first; running <= last; ++running) {
        const sim::Plan plan = sim::make_plan(running);
        const sim::Outcome outcome = sim::run(plan, world);
        if (outcome.broken || !looking_for_bug) {
            std::printf("%s\n", sim::report(plan, outcome, bug).c_str());
            std::fflush(stdout);
        }
        broken += outcome.broken ? 1 : 0;
        if (looking_for_bug && outcome.broken) return 0;
    }
    if (!looking_for_bug) return broken == 0 ? 0 : 1;
    std::printf("the planted bug %s was not found\n", bug.c_str());
    return 1;
}
