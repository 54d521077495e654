#include "app/requests.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <nlohmann/json.hpp>

#include "app/request_fields.hpp"
#include "io/config/suggest.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

struct Word {
    const char* word;
    CommandKind kind;
    const char* takes; // beside who and why
    const char* needs; // of those
};
constexpr std::array words{
    Word{"halt", CommandKind::halt, "", ""},
    Word{"halt_freeze", CommandKind::halt_freeze, "", ""},
    Word{"reducing", CommandKind::reducing, "", ""},
    Word{"resume", CommandKind::resume, "", ""},
    Word{"resume_rebase_peak", CommandKind::resume_rebase_peak, "", ""},
    Word{"flatten", CommandKind::flatten, "symbol agent", ""},
    Word{"cancel_all", CommandKind::cancel_all, "symbol agent venue", ""},
    Word{"reconcile", CommandKind::reconcile, "venue", ""},
    Word{"stop", CommandKind::shutdown, "", ""},
    Word{"agent_participation", CommandKind::agent_participation, "agent value", "agent value"},
    Word{"agent_risk_tolerance", CommandKind::agent_risk_tolerance, "agent value", "agent value"},
    Word{"agent_allocation", CommandKind::agent_allocation, "agent value", "agent value"},
    Word{"agent_enable", CommandKind::agent_enable, "agent", "agent"},
    Word{"agent_disable", CommandKind::agent_disable, "agent", "agent"},
    Word{"reset_breaker", CommandKind::reset_breaker, "symbol agent venue scope", ""},
    Word{"open_breaker", CommandKind::open_breaker, "symbol agent venue scope", ""},
    Word{"set_limit", CommandKind::set_limit, "name value", "name value"}};
constexpr const char* questions[]{"status", "limits"};

Error no_such(const std::string& word) {
    std::vector<std::string> known{std::begin(questions), std::end(questions)};
    for (const Word& each : words)
        known.emplace_back(each.word);
    return make_error(ErrorCode::invalid_argument,
                      "there is no command \"" + word + "\"" + config::did_you_mean(word, known));
}

// What is particular to a kind of command.
Result<void> read_details(const Json& object, Command& command) {
    if (command.kind == CommandKind::reset_breaker || command.kind == CommandKind::open_breaker) {
        TRY(scope, breaker_scope(object));
        command.scope = static_cast<std::uint8_t>(scope);
    }
    if (command.kind == CommandKind::reconcile && command.venue.is_none())
        command.venue = VenueId{1};
    if (object.contains("agent") && text_of(object, "agent").empty()) {
        return make_error(ErrorCode::invalid_argument, "the field \"agent\" is empty");
    }
    command.name = Text<48>{text_of(object, "name")};
    if (!object.contains("value") || command.kind == CommandKind::set_limit) return {};
    TRY(value, Rate::parse(text_of(object, "value")));
    command.value = value;
    return {};
}

} // namespace

Result<ControlRequest> parse_request(const std::string& line, const Universe& universe) {
    TRY(object, read_object(line));
    ControlRequest request;
    request.word = text_of(object, "command");
    if (std::ranges::find(questions, request.word) != std::end(questions)) return request;
    const auto word = std::ranges::find(words, request.word, &Word::word);
    if (word == words.end()) return no_such(request.word);
    TRY(check_fields(object, {word->word, word->takes, word->needs}));
    Command command;
    command.kind = word->kind;
    TRY(read_place(object, universe, command));
    TRY(read_details(object, command));
    request.agent = text_of(object, "agent");
    request.value = text_of(object, "value");
    const std::string principal = text_of(object, "principal");
    command.principal = Text<32>{principal.empty() ? "unnamed" : principal};
    command.reason = Reason{text_of(object, "reason")};
    request.command = command;
    return request;
}

std::string answer_line(bool ok, const std::string& message) {
    Json object{{"ok", ok}, {"message", message}};
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace grekko::app
