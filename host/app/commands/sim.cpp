// grekko sim: simulated runs with faults, every invariant checked after every step. A seed is a
// run; what breaks names the seed that repeats it.
#include <charconv>
#include <csignal>
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/paper/simulated_world.hpp"
#include "base/planted.hpp"
#include "research/sim/report.hpp"

namespace grekko::app {
namespace {

struct Options {
    std::int64_t seed{0};
    std::string seeds; // "1..200"
    std::int64_t crash_at{0};
    std::int64_t seconds{0};
    std::string bug;
    bool bugs{false};
};

struct Range {
    std::uint64_t first{1}, last{1};
};

Result<std::uint64_t> whole(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{} && end == text.data() + text.size()) return value;
    return make_error(ErrorCode::invalid_argument,
                      "--seeds " + std::string{text} + ": write a range such as 1..200");
}

Result<Range> range_of(const Options& options) {
    if (options.seeds.empty()) {
        const auto seed = static_cast<std::uint64_t>(std::max<std::int64_t>(options.seed, 1));
        return Range{seed, seed};
    }
    const std::size_t dots = options.seeds.find("..");
    TRY(first, whole(std::string_view{options.seeds}.substr(0, dots)));
    if (dots == std::string::npos) return Range{first, first};
    TRY(last, whole(std::string_view{options.seeds}.substr(dots + 2)));
    return Range{first, last};
}

Result<void> choose_bug(const std::string& name) {
    if (name.empty()) return {};
    const Bug bug = planted_named(name);
    if (bug == Bug::none) {
        return make_error(ErrorCode::invalid_argument,
                          "--bug " + name + " is no planted bug; `grekko sim --bugs` lists them");
    }
#ifdef GREKKO_PLANTED_BUGS
    planted_bug = bug;
    return {};
#else
    return make_error(ErrorCode::invalid_argument,
                      "this build holds no planted bugs; configure one with "
                      "-DGREKKO_PLANTED_BUGS=ON and run its grekko");
#endif
}

void list_bugs() {
    for (int i = 1; i <= static_cast<int>(last_bug); ++i)
        std::cout << name(static_cast<Bug>(i)) << "\n";
}

std::uint64_t running_seed = 0; // for the handler alone

// An assertion of the engine ends the process: it must not end the search for what did it.
void say_seed(int) {
    std::cerr << "Repeat it: grekko sim --seed=" << running_seed << "\n" << std::flush;
    std::_Exit(134);
}

Result<void> simulate(const Options& options, const Globals& globals) {
    if (options.bugs) {
        list_bugs();
        return {};
    }
    TRY(range, range_of(options));
    TRY(choose_bug(options.bug));
    std::signal(SIGABRT, say_seed);
    const sim::World world = simulated_world();
    std::uint64_t broken = 0;
    for (std::uint64_t seed = range.first; seed <= range.last; ++seed) {
        running_seed = seed;
        sim::Plan plan = sim::make_plan(seed);
        plan.crash.at_write =
            static_cast<std::uint64_t>(std::max<std::int64_t>(options.crash_at, 0));
        if (options.seconds > 0) plan.faulty = Duration::seconds(options.seconds);
        const sim::Outcome outcome = sim::run(plan, world);
        broken += outcome.broken ? 1 : 0;
        if (globals.output == Output::json) {
            nlohmann::ordered_json row{{"seed", seed},
                                       {"digest", outcome.digest},
                                       {"steps", outcome.steps},
                                       {"fills", outcome.fills},
                                       {"crashes", outcome.crashes}};
            if (outcome.broken) {
                row["invariant"] = outcome.broken->invariant;
                row["what"] = outcome.broken->what;
            }
            std::cout << row.dump() << "\n";
        } else {
            std::cout << sim::report(plan, outcome, options.bug) << "\n" << std::flush;
        }
    }
    std::signal(SIGABRT, SIG_DFL);
    if (broken == 0) return {};
    return make_error(ErrorCode::check_failed, std::to_string(broken) + " of " +
                                                   std::to_string(range.last - range.first + 1) +
                                                   " runs broke an invariant");
}

} // namespace

void add_sim(CommandLine root) {
    CommandLine command =
        root.sub("sim", "Simulated runs with faults, every invariant checked after every step");
    Options& options = command.keep<Options>();
    command.whole("--seed", options.seed, "The run to make")
        .text("--seeds", options.seeds, "Several runs: 1..200")
        .whole("--seconds", options.seconds,
               "Seconds of the part with faults, in place of the seed's")
        .whole("--crash-at", options.crash_at, "The host dies in this write of its journal")
        .text("--bug", options.bug, "Wake a planted bug (a build with GREKKO_PLANTED_BUGS)")
        .flag("--bugs", options.bugs, "List the planted bugs")
        .example("grekko sim --seeds 1..20")
        .run([&options](const Globals& globals) { return simulate(options, globals); });
}

} // namespace grekko::app
