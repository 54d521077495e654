// grekko limit: the risk limits of a running book, read and set.
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/book_client.hpp"
#include "app/commands/commands.hpp"
#include "app/status_limits.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    std::string name, value, reason;
};

Result<void> set(const Options& options, const Globals& globals) {
    if (options.reason.empty()) {
        return make_error(ErrorCode::invalid_argument, "say why: --reason \"…\"; it is journaled");
    }
    return tell_book("set_limit",
                     {{"name", options.name}, {"value", options.value}, {"reason", options.reason}},
                     globals);
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(text.size() + 1, width), ' ');
    return text;
}

void print(const Json& answer) {
    for (const Json& row : answer["limits"]) {
        const auto word = [&](const char* key) { return row.value(key, std::string{}); };
        std::cout << padded(word("name"), 28) << padded(word("value") + " " + word("unit"), 30)
                  << word("doc") << "\n";
        if (!row.contains("since")) continue;
        for (const std::string& line : limit_lines(Json::array({row})))
            std::cout << "  " << line << "\n";
    }
    for (const Json& check : answer["disabled"])
        std::cout << "not evaluated: check " << check.get<std::string>() << " (risk.disabled)\n";
}

Result<void> list(const Globals& globals) {
    TRY(answer, ask_book("limits", Json::object(), globals));
    if (globals.output == Output::json) {
        std::cout << answer.dump(2) << "\n";
    } else {
        print(answer);
    }
    return {};
}

} // namespace

void add_limit(CommandLine root) {
    Options& options = root.keep<Options>();
    CommandLine limit = root.sub("limit", "Show and set the risk limits of the running book");
    limit.sub("list", "All that may be set, as they are; what differs from the configuration")
        .example("grekko limit list")
        .run([](const Globals& globals) { return list(globals); });
    limit.sub("set", "Tighten or loosen a limit until it is set again")
        .required_place("name", options.name, "As in the configuration: heat_max")
        .required_place("value", options.value, "As in the configuration: 0.03, 3%, 500ms")
        .text("-r,--reason", options.reason, "Why; needed, and journaled")
        .more_help("It counts at once, also for what is held. Where price has passed a limit, "
                   "loosening it lets nothing trade again: a resume or a reset does.")
        .example("grekko limit set heat_max 0.03 --reason \"a wild week\"")
        .run([&options](const Globals& globals) { return set(options, globals); });
}

} // namespace grekko::app
