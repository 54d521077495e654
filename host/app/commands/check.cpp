// grekko check: whether configuration and agents would load, without trading.
#include <iostream>

#include "app/agents.hpp"
#include "app/commands/commands.hpp"
#include "app/settings/settings.hpp"
#include "app/wire.hpp"
#include "domain/names.hpp"

namespace grekko::app {
namespace {

struct Options {
    std::vector<std::string> agents;
};

Result<void> check(const Options& options, const Globals& globals) {
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
        .example("grekko check --agent scripts/agents/balanced")
        .run([&options](const Globals& globals) { return check(options, globals); });
}

} // namespace grekko::app
