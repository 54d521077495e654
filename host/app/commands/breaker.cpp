// grekko breaker: list, reset and open the circuit breakers of a running book.
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/book_client.hpp"
#include "app/commands/commands.hpp"
#include "app/status_lists.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string venue, instrument, agent, reason;
    bool global{false};
};

Result<void> change(const char* word, const Options& options, const Globals& globals) {
    if (options.reason.empty()) {
        return make_error(ErrorCode::invalid_argument, "say why: --reason \"…\"; it is journaled");
    }
    Json request{{"reason", options.reason}};
    if (!options.venue.empty()) request["venue"] = options.venue;
    if (!options.instrument.empty()) request["symbol"] = options.instrument;
    if (!options.agent.empty()) request["agent"] = options.agent;
    if (options.global) request["scope"] = "global";
    return tell_book(word, std::move(request), globals);
}

Result<void> list(const Globals& globals) {
    TRY(answer, ask_book("status", Json::object(), globals));
    const Json& rows = answer["breakers"];
    if (globals.output == Output::json) {
        std::cout << rows.dump(2) << "\n";
        return {};
    }
    if (rows.empty()) std::cout << "no breaker is open\n";
    for (const std::string& line : breaker_lines(rows))
        std::cout << line << "\n";
    return {};
}

void add_scope(CommandLine& command, Options& options) {
    command.text("--venue", options.venue, "That of a venue")
        .text("--instrument", options.instrument, "That of an instrument, by symbol")
        .text("--agent", options.agent, "That of an agent; with --instrument, of the agent there")
        .flag("--global", options.global, "That of the whole book")
        .text("-r,--reason", options.reason, "Why; needed, and journaled");
}

} // namespace

void add_breaker(CommandLine root) {
    Options& options = root.keep<Options>();
    CommandLine breaker = root.sub("breaker", "List, reset and open breakers of the running book");
    breaker.sub("list", "The breakers that are open, and what closes each")
        .example("grekko breaker list")
        .run([](const Globals& globals) { return list(globals); });
    CommandLine reset = breaker.sub("reset", "Close a breaker at once");
    add_scope(reset, options);
    reset
        .more_help("What opened it may open it again. Breakers of accounts, and what halts the "
                   "book, are closed by `grekko resume`.")
        .example("grekko breaker reset --venue coinbase --reason \"it is well again\"")
        .run([&options](const Globals& globals) {
            return change("reset_breaker", options, globals);
        });
    CommandLine open = breaker.sub("open", "Open a breaker: no increases there until it is reset");
    add_scope(open, options);
    open.more_help("Resting increases there are cancelled; positions keep their stops, exits go "
                   "on.")
        .example("grekko breaker open --instrument BTC-USD --reason \"news at ten\"")
        .run([&options](const Globals& globals) {
            return change("open_breaker", options, globals);
        });
}

} // namespace grekko::app
