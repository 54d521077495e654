// Runs a range of seeds twice and wants the same digest of journal and state: `sim_repeat 1..20`.
// The second run has other addresses for everything, so whatever depends on them would show.
// covers: research/sim/run.cpp
#include <cstdio>
#include <cstdlib>
#include <string>

#include "app/paper/simulated_world.hpp"
#include "research/sim/run.hpp"

int main(int count, char** arguments) {
    using namespace grekko;
    const std::string range = count > 1 ? arguments[1] : "1..1";
    const std::uint64_t first = std::strtoull(range.c_str(), nullptr, 10);
    const std::size_t dots = range.find("..");
    const std::uint64_t last =
        dots == std::string::npos ? first : std::strtoull(range.c_str() + dots + 2, nullptr, 10);
    const sim::World world = app::simulated_world();
    int differ = 0;
    for (std::uint64_t seed = first; seed <= last; ++seed) {
        const sim::Outcome once = sim::run(sim::make_plan(seed), world);
        const sim::Outcome again = sim::run(sim::make_plan(seed), world);
        const bool same = once.digest == again.digest && once.records == again.records;
        differ += same ? 0 : 1;
        std::printf("seed %llu: %s %s, %llu and %llu records\n",
                    static_cast<unsigned long long>(seed), same ? "the same" : "DIFFERS",
                    once.digest.substr(0, 16).c_str(),
                    static_cast<unsigned long long>(once.records),
                    static_cast<unsigned long long>(again.records));
    }
    return differ == 0 ? 0 : 1;
}
