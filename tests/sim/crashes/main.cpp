// Lets the host die at every single write of its journal: `sim_crashes 3 12` makes the run of seed
// 3 with 12 seconds of faults once for each write and each moment of it (before, torn, written,
// durable), recovers, reconciles with the venue and goes on; every invariant holds to the end.
// covers: research/sim/disk.cpp
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "app/paper/simulated_world.hpp"
#include "research/sim/report.hpp"

namespace {

using namespace grekko;

sim::Plan running;

const char* name_of(sim::CrashMoment moment) {
    switch (moment) {
    case sim::CrashMoment::before: return "before it";
    case sim::CrashMoment::torn: return "in the middle of it";
    case sim::CrashMoment::written: return "before its sync";
    case sim::CrashMoment::durable: return "after its sync";
    }
    return "";
}

void say_where() {
    std::printf("seed %llu, %lld s with faults: the host dies at write %llu, %s\n",
                static_cast<unsigned long long>(running.seed),
                static_cast<long long>(running.faulty.count() / 1'000'000'000),
                static_cast<unsigned long long>(running.crash.at_write),
                name_of(*running.crash.moment));
    std::fflush(stdout);
}

void on_abort(int) {
    say_where();
    std::_Exit(1);
}

// The plan of a seed, short, with no crash but the one that is asked for.
sim::Plan short_plan(std::uint64_t seed, std::int64_t faulty) {
    sim::Plan plan = sim::make_plan(seed);
    plan.crash = {};
    plan.crash.down_max = Duration::seconds(4);
    plan.faulty = Duration::seconds(faulty);
    plan.healing = Duration::seconds(60);
    plan.operator_after = Duration::seconds(20);
    std::erase_if(plan.commands, [&](const sim::Wish& wish) { return wish.at > plan.faulty; });
    return plan;
}

} // namespace

int main(int count, char** arguments) {
    const std::uint64_t seed = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1;
    const std::int64_t faulty = count > 2 ? std::strtoll(arguments[2], nullptr, 10) : 12;
    std::signal(SIGABRT, on_abort);
    const sim::World world = app::simulated_world();
    std::uint64_t crashes = 0;
    std::uint64_t broken = 0;
    std::uint64_t fills = 0;
    for (int number = 1; number <= 4; ++number) {
        running = short_plan(seed, faulty);
        running.crash.moment = static_cast<sim::CrashMoment>(number);
        // Past the last write with faults the host lives: that run ends the search.
        for (running.crash.at_write = 1;; ++running.crash.at_write) {
            const sim::Outcome outcome = sim::run(running, world);
            crashes += outcome.crashes;
            fills += outcome.fills;
            if (outcome.broken) {
                ++broken;
                say_where();
                std::printf("%s\n", sim::report(running, outcome, "").c_str());
            }
            if (outcome.crashes == 0) break;
        }
    }
    std::printf("seed %llu: %llu crashes, %llu fills, %llu runs broken\n",
                static_cast<unsigned long long>(seed), static_cast<unsigned long long>(crashes),
                static_cast<unsigned long long>(fills), static_cast<unsigned long long>(broken));
    return broken == 0 && crashes > 0 && fills > 0 ? 0 : 1;
}
