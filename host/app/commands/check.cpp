// grekko check: whether configuration and agents would load, without trading.
#include <iostream>

#include "app/agents.hpp"
#include "app/commands/commands.hpp"
#include "app/look_ahead.hpp"
#include "app/progress.hpp"
#include "app/report/book_logs.hpp"
#include "app/settings/settings.hpp"
#include "app/wire.hpp"
#include "domain/names.hpp"

namespace grekko::app {
namespace {

struct Options {
    std::vector<std::string> agents;
    BacktestOptions backtest; // of the look-ahead tests
    std::string profile, fees;
    std::int64_t cuts{50}, seed{-1};
};

void print(const research::LookAheadResult& result) {
    std::cout << "look-ahead     " << result.summary() << "\n";
    for (const research::WarmUpDrift& drift : result.warm_ups) {
        std::cout << "  warm-up      " << drift.agent << ", " << drift.times
                  << " times: " << drift.decisions << " decisions, " << drift.different
                  << " different, numbers apart by at most " << drift.drift << "\n";
    }
    for (const research::FixedParameters& fixed : result.parameters) {
        std::cout << "  parameters   " << fixed.agent << ", " << fixed.parameters_hash.substr(0, 12)
                  << ", fixed before the first record\n";
    }
    for (const research::LookAheadFinding& finding : result.findings) {
        std::cout << "  FOUND        " << name(finding.test) << ", " << finding.agent;
        if (!finding.at.is_none()) std::cout << " at " << to_string(finding.at);
        if (!finding.known_to.is_none()) {
            std::cout << ", knowing the market up to " << to_string(finding.known_to);
        }
        std::cout << ": " << finding.what << "\n";
    }
}

Result<void> check_look_ahead(Options& options, const Globals& globals) {
    TRY(config, load_config(globals));
    LookAheadOptions look;
    look.backtest = options.backtest;
    look.backtest.agents = options.agents;
    if (!options.profile.empty()) look.backtest.profile = options.profile;
    if (!options.fees.empty()) look.backtest.fees = options.fees;
    if (options.seed >= 0) look.backtest.seed = static_cast<std::uint64_t>(options.seed);
    if (options.cuts < 1) {
        return make_error(ErrorCode::invalid_argument, "--cuts must be at least 1");
    }
    look.cuts = static_cast<std::size_t>(options.cuts);
    std::optional<Progress> bar;
    look.progress = [&](std::uint64_t done, std::uint64_t total) {
        if (!bar) bar.emplace("look-ahead", total);
        bar->show(done);
    };
    TRY(run, run_look_ahead(config, look));
    bar.reset();
    TRY(keep_look_ahead(config, verdict_of(run)));
    const research::LookAheadResult& result = run.result;
    if (globals.output == Output::json) {
        std::cout << look_ahead_json(result) << "\n";
    } else {
        print(result);
    }
    if (result.passed()) return {};
    return make_error(ErrorCode::check_failed, "look-ahead " + result.summary());
}

Result<void> check(Options& options, const Globals& globals) {
    if (!options.backtest.source.paths.empty()) return check_look_ahead(options, globals);
    TRY(config, load_config(globals));
    std::cout << "configuration  " << config.settings().size() << " settings, hash "
              << config.hash().substr(0, 12) << "\n";
    TRY(universe, make_universe(config, config.list("run.symbols"), config.text("run.venue")));
    TRY(settings, make_settings(config, universe));
    if (settings.risk.disabled != 0) std::cout << "RISK CHECKS ARE DISABLED: risk.disabled\n";
    TRY(cash, starting_cash(config, universe));
    std::cout << "universe       " << universe.instruments.size() - 1 << " instruments on "
              << config.text("run.venue") << ", cash " << cash.front().amount.to_string() << " "
              << cash.front().currency.string() << "\n";
    AgentRequest request;
    request.profile = config.text("run.profile");
    request.capital = cash.front().amount;
    request.only = options.agents;
    TRY(agents, Agents::load(config, universe, request));
    for (const auto& agent : agents.all()) {
        const ports::AgentDescription& description = agent->description();
        std::cout << "agent          " << description.name.string() << ", "
                  << name(description.mode) << ", code " << description.code_hash.substr(0, 12)
                  << ", " << agent->parameters().size() << " parameters\n";
    }
    std::cout << "All of it loads.\n";
    return {};
}

} // namespace

void add_check(CommandLine root) {
    CommandLine command = root.sub("check", "Check configuration and agents without trading");
    Options& options = command.keep<Options>();
    command.texts("-a,--agent", options.agents, "Agent by name or folder (default: [[agents]])")
        .texts("--look-ahead", options.backtest.source.paths,
               "Run the look-ahead tests on a tape, or CSV files of bars")
        .texts("--symbol", options.backtest.source.symbols, "With it: symbol of each CSV file")
        .text("--venue", options.backtest.source.venue, "With it: venue of a CSV file")
        .text("--profile", options.profile, "With it: profile of each agent.toml, such as tape")
        .choice("--fees", options.fees, {"none", "listed"}, "With it: as of grekko backtest")
        .whole("--cuts", options.cuts, "With it: how many instants the future is changed after")
        .whole("--seed", options.seed, "With it: seed of the instants and of the noise")
        .more_help("The look-ahead tests cut the tape at random instants, replace what follows by "
                   "noise, and lengthen the warm-up: nothing that the agents did up to then may "
                   "change. They fail (exit 16) where something does, and name agent and time. The "
                   "verdict is kept in book.folder, and reports of the same agents show it.")
        .example("grekko check --look-ahead prices.csv --symbol BTC-USD")
        .run([&options](const Globals& globals) { return check(options, globals); });
}

} // namespace grekko::app
