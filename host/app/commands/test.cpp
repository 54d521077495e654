// grekko test: runs the agent_test.lua of agents.
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/agents.hpp"
#include "app/commands/commands.hpp"
#include "app/wire.hpp"
#include "io/script/test_runner.hpp"

namespace grekko::app {
namespace {

struct Options {
    std::vector<std::string> agents;
};

Result<void> test(const Options& options, const Globals& globals) {
    TRY(config, load_config(globals));
    std::size_t cases = 0;
    std::size_t failed = 0;
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const std::string& agent : options.agents) {
        TRY(setup, agent_setup(config, agent, ""));
        TRY(report, script::run_agent_tests(setup));
        cases += report.cases.size();
        failed += report.failed();
        for (const script::TestCase& one : report.cases) {
            all.push_back({{"agent", agent},
                           {"test", one.name},
                           {"passed", one.passed},
                           {"message", one.message}});
        }
        if (globals.output == Output::human) {
            std::cout << "# " << setup.folder.string() << "\n" << report.tap();
        }
    }
    if (globals.output == Output::json) std::cout << all.dump(2) << "\n";
    if (failed > 0) {
        return make_error(ErrorCode::check_failed, std::to_string(failed) + " of " +
                                                       std::to_string(cases) + " tests failed");
    }
    return {};
}

} // namespace

void add_test(CommandLine root) {
    CommandLine command = root.sub("test", "Run the agent_test.lua of agents");
    Options& options = command.keep<Options>();
    command.required_places("agent", options.agents, "Agents by name or folder")
        .example("grekko test balanced ema_cross")
        .run([&options](const Globals& globals) { return test(options, globals); });
}

} // namespace grekko::app
