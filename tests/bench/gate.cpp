// bench_gate: `list` prints the scenarios, `SCENARIO N` does N units of one and nothing else.
// gate.sh counts its instructions at N and 2N; the difference is the work alone.
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "bench/scenarios.hpp"

int main(int count, char** arguments) {
    const auto all = grekko::bench::scenarios();
    if (count == 2 && std::string_view(arguments[1]) == "list") {
        for (const auto& scenario : all) {
            std::printf("%s %llu %s\n", scenario.name.data(),
                        static_cast<unsigned long long>(scenario.steps), scenario.unit.data());
        }
        return 0;
    }
    if (count == 3) {
        for (const auto& scenario : all) {
            if (scenario.name != arguments[1]) continue;
            scenario.run(std::strtoull(arguments[2], nullptr, 10));
            return 0;
        }
    }
    std::fprintf(stderr, "bench_gate list | bench_gate SCENARIO STEPS\n");
    return 2;
}
