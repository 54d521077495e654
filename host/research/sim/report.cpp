#include "research/sim/report.hpp"

namespace grekko::sim {

std::string report(const Plan& plan, const Outcome& outcome, std::string_view bug) {
    const auto count = [](std::uint64_t number, const char* what) {
        return ", " + std::to_string(number) + " " + what;
    };
    std::string out = "seed " + std::to_string(plan.seed) +
                      (outcome.broken ? ": BROKEN " : ": good   ") + outcome.digest.substr(0, 16) +
                      count(outcome.steps, "steps") + count(outcome.orders, "orders") +
                      count(outcome.fills, "fills") + " (" + std::to_string(outcome.fills_healed) +
                      " after healing)" + count(outcome.faults, "faults") +
                      count(outcome.crashes, "crashes");
    if (!outcome.broken) return out;
    out += "\n" + describe(plan) + "\nInvariant \"" + outcome.broken->invariant +
           "\" does not hold: " + outcome.broken->what + "\nThe last records:\n";
    for (const std::string& line : outcome.trail)
        out += "  " + line + "\n";
    out += "Repeat it: grekko sim --seed=" + std::to_string(plan.seed);
    if (plan.crash.at_write != 0) out += " --crash-at=" + std::to_string(plan.crash.at_write);
    if (!bug.empty()) out += " --bug=" + std::string{bug};
    return out;
}

} // namespace grekko::sim
