// grekko halt, resume, reduce, flatten, status, stop: speak to a running book over its socket.
#include <iostream>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/commands/commands.hpp"
#include "app/control.hpp"
#include "app/wire.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string reason, symbol;
    bool freeze{false}, rebase{false};
};

std::string principal() {
    const char* name = std::getenv("USER");
    return name == nullptr || *name == '\0' ? "uid " + std::to_string(::getuid()) : name;
}

Result<Json> send(const std::string& word, const Options& options, const Globals& globals) {
    TRY(config, load_config(globals));
    Json request{{"command", word}, {"principal", principal()}, {"reason", options.reason}};
    if (!options.symbol.empty()) request["symbol"] = options.symbol;
    TRY(line, ask_control(book_folder(config) / "control.sock", request.dump()));
    Json answer = Json::parse(line, nullptr, false);
    if (answer.is_discarded()) {
        return make_error(ErrorCode::unavailable, "the running book answered no JSON: " + line);
    }
    if (!answer.value("ok", false)) {
        return make_error(ErrorCode::check_failed, answer.value("message", std::string{"refused"}));
    }
    return Result<Json>{boost::system::in_place_value, std::move(answer)};
}

Result<void> command(const std::string& word, const Options& options, const Globals& globals) {
    TRY(answer, send(word, options, globals));
    if (globals.output == Output::json) {
        std::cout << answer.dump() << "\n";
    } else {
        std::cout << answer.value("message", std::string{}) << "\n";
    }
    return {};
}

Result<void> status(const Options& options, const Globals& globals) {
    TRY(answer, send("status", options, globals));
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
    sub("stop", "Stop the running book cleanly").run([&options](const Globals& globals) {
        return command("stop", options, globals);
    });
    CommandLine shown = root.sub("status", "Show the running book");
    shown.example("grekko status --output json").run([&options](const Globals& globals) {
        return status(options, globals);
    });
}

} // namespace grekko::app
