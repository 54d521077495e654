// grekko halt, resume, reduce, flatten, agent, status, stop: speak to a running book.
#include <algorithm>
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/book_client.hpp"
#include "app/commands/commands.hpp"
#include "app/status_limits.hpp"
#include "app/status_lists.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string reason, symbol;
    std::string agent, participation, tolerance, allocation;
    bool freeze{false}, rebase{false}, enable{false}, disable{false}, reset{false};
};

Result<void> command(const std::string& word, const Options& options, const Globals& globals) {
    Json request{{"reason", options.reason}};
    if (!options.symbol.empty()) request["symbol"] = options.symbol;
    return tell_book(word, std::move(request), globals);
}

// One setting of an agent a call: each is a command of its own in the journal.
Result<void> agent_setting(const Options& options, const Globals& globals) {
    struct Choice {
        bool wanted;
        const char* word;
        std::string value;
    };
    const Choice choices[]{
        {!options.participation.empty(), "agent_participation", options.participation},
        {!options.tolerance.empty(), "agent_risk_tolerance", options.tolerance},
        {!options.allocation.empty(), "agent_allocation", options.allocation},
        {options.enable, "agent_enable", {}},
        {options.disable, "agent_disable", {}},
        {options.reset, "reset_breaker", {}}};
    if (std::ranges::count(choices, true, &Choice::wanted) != 1) {
        return make_error(ErrorCode::invalid_argument,
                          "name one thing to change: --participation, --tolerance, --allocation, "
                          "--enable, --disable or --reset-breaker");
    }
    const Choice& chosen = *std::ranges::find(choices, true, &Choice::wanted);
    Json request{{"reason", options.reason}, {"agent", options.agent}};
    if (!chosen.value.empty()) request["value"] = chosen.value;
    return tell_book(chosen.word, std::move(request), globals);
}

Result<void> status(const Globals& globals) {
    TRY(answer, ask_book("status", Json::object(), globals));
    if (globals.output == Output::json) {
        std::cout << answer.dump(2) << "\n";
        return {};
    }
    const auto word = [&](const char* key) { return answer.value(key, std::string{}); };
    std::cout << word("at") << "  " << word("state") << "  NAV " << word("nav") << " "
              << word("currency") << "  drawdown " << word("drawdown") << "\n"
              << "intents " << answer["intents"] << "  rounds " << answer["rounds"] << "  fills "
              << answer["fills"] << "  journal " << answer["sequence"] << "\n";
    for (const Json& held : answer["positions"]) {
        std::cout << "  " << held.value("agent", std::string{}) << " "
                  << held.value("quantity", std::string{}) << " "
                  << held.value("symbol", std::string{}) << ", entry "
                  << held.value("entry", std::string{}) << ", mark "
                  << held.value("mark", std::string{}) << ", stop "
                  << held.value("stop", std::string{}) << "\n";
    }
    for (const std::string& line : breaker_lines(answer["breakers"]))
        std::cout << "breaker " << line << "\n";
    for (const std::string& line : limit_lines(answer["limits"]))
        std::cout << "limit " << line << "\n";
    return {};
}

} // namespace

void add_control(CommandLine root) {
    Options& options = root.keep<Options>();
    const auto sub = [&](const char* name, const char* doc) {
        CommandLine made = root.sub(name, doc);
        made.example(std::string{"grekko "} + name + " --reason \"news at ten\"");
        made.text("-r,--reason", options.reason, "Why; it is journaled");
        return made;
    };
    sub("halt", "Stop all increases; positions and their stops stay")
        .flag("--freeze", options.freeze, "Also switch the host's stops off: books not trusted")
        .run([&options](const Globals& globals) {
            return command(options.freeze ? "halt_freeze" : "halt", options, globals);
        });
    sub("reduce", "Only reduce: no increases, exits go on").run([&options](const Globals& globals) {
        return command("reducing", options, globals);
    });
    sub("resume", "Trade again after a halt, at half size for an hour")
        .flag("--rebase-peak", options.rebase,
              "After a drawdown halt: count drawdown from the present value")
        .run([&options](const Globals& globals) {
            return command(options.rebase ? "resume_rebase_peak" : "resume", options, globals);
        });
    sub("flatten", "Close every position, in slices")
        .text("--symbol", options.symbol, "Only this symbol")
        .run([&options](const Globals& globals) { return command("flatten", options, globals); });
    CommandLine agent = root.sub("agent", "Change an agent's part in the running book");
    agent.required_place("agent", options.agent, "Its name")
        .text("--participation", options.participation, "Weight of its votes, 0 to 1")
        .text("--tolerance", options.tolerance, "Its risk tolerance, 0 to 1")
        .text("--allocation", options.allocation, "Its capital, in base currency")
        .flag("--enable", options.enable, "Let it act again")
        .flag("--disable", options.disable, "Let it act no more; positions keep their stops")
        .flag("--reset-breaker", options.reset, "Close its breaker; half open first")
        .text("-r,--reason", options.reason, "Why; it is journaled")
        .example("grekko agent balanced --participation 0.5 --reason \"worse votes\"")
        .run([&options](const Globals& globals) { return agent_setting(options, globals); });
    sub("stop", "Stop the running book cleanly").run([&options](const Globals& globals) {
        return command("stop", options, globals);
    });
    CommandLine shown = root.sub("status", "Show the running book");
    shown.example("grekko status --output json").run([](const Globals& globals) {
        return status(globals);
    });
}

} // namespace grekko::app
