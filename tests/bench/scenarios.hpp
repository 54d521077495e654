// The pieces of work whose instructions the gate counts, by name: each does N units, whatever
// comes before them being the same for every N. Not the anchors: benches have those.
// gate.cpp runs one from the command line; engine_bench.cpp times some.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace grekko::bench {

struct Scenario {
    std::string_view name;
    std::string_view unit; // what one of N is
    std::uint64_t steps;   // N of the gate
    void (*run)(std::uint64_t steps);
};

std::span<const Scenario> scenarios();

} // namespace grekko::bench
