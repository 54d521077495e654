#include "app/requests.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <nlohmann/json.hpp>

#include "domain/event.hpp"
#include "io/config/suggest.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

struct Word {
    const char* word;
    CommandKind kind;
};
constexpr std::array words{Word{"halt", CommandKind::halt},
                           Word{"halt_freeze", CommandKind::halt_freeze},
                           Word{"reducing", CommandKind::reducing},
                           Word{"resume", CommandKind::resume},
                           Word{"resume_rebase_peak", CommandKind::resume_rebase_peak},
                           Word{"flatten", CommandKind::flatten},
                           Word{"cancel_all", CommandKind::cancel_all},
                           Word{"reconcile", CommandKind::reconcile},
                           Word{"stop", CommandKind::shutdown},
                           Word{"agent_participation", CommandKind::agent_participation},
                           Word{"agent_risk_tolerance", CommandKind::agent_risk_tolerance},
                           Word{"agent_allocation", CommandKind::agent_allocation},
                           Word{"agent_enable", CommandKind::agent_enable},
                           Word{"agent_disable", CommandKind::agent_disable},
                           Word{"reset_breaker", CommandKind::reset_breaker}};

bool about_an_agent(CommandKind kind) {
    return kind == CommandKind::agent_participation || kind == CommandKind::agent_risk_tolerance ||
           kind == CommandKind::agent_allocation || kind == CommandKind::agent_enable ||
           kind == CommandKind::agent_disable || kind == CommandKind::reset_breaker;
}

bool needs_value(CommandKind kind) {
    return kind == CommandKind::agent_participation || kind == CommandKind::agent_risk_tolerance ||
           kind == CommandKind::agent_allocation;
}

Error no_such(const std::string& word) {
    std::vector<std::string> known{"status"};
    for (const Word& each : words)
        known.emplace_back(each.word);
    return make_error(ErrorCode::invalid_argument,
                      "there is no command \"" + word + "\"" + config::did_you_mean(word, known));
}

// A field that is misspelt or of another type is an error: a flatten whose symbol is not understood
// must not flatten everything.
Result<void> check_fields(const Json& object) {
    const std::vector<std::string> known{"command", "symbol", "principal",
                                         "reason",  "agent",  "value"};
    for (const auto& [key, value] : object.items()) {
        if (std::ranges::find(known, key) == known.end()) {
            return make_error(ErrorCode::invalid_argument, "a request has no field \"" + key +
                                                               "\"" +
                                                               config::did_you_mean(key, known));
        }
        if (!value.is_string()) {
            return make_error(ErrorCode::invalid_argument,
                              "the field \"" + key + "\" must be a text");
        }
    }
    return {};
}

std::string text_of(const Json& object, const char* key) {
    return object.value(key, std::string{});
}

std::string traded(const Universe& universe) {
    std::string out;
    for (const Instrument& instrument : universe.instruments) {
        if (!instrument.id.is_none())
            out += (out.empty() ? "; " : ", ") + instrument.symbol.string();
    }
    return out + (out.empty() ? "" : " are");
}

Error lacks(const std::string& word, const char* field) {
    return make_error(ErrorCode::invalid_argument,
                      "the command \"" + word + "\" needs the field \"" + field + "\"");
}

// The agent that a command is about, and the value that something of it is to have.
Result<void> read_setting(const Json& object, ControlRequest& request, Command& command) {
    if (about_an_agent(command.kind)) {
        request.agent = text_of(object, "agent");
        if (request.agent.empty()) return lacks(request.word, "agent");
    }
    if (command.kind == CommandKind::reset_breaker)
        command.scope = static_cast<std::uint8_t>(events::BreakerScope::agent);
    if (!needs_value(command.kind)) return {};
    if (!object.contains("value")) return lacks(request.word, "value");
    TRY(value, Rate::parse(text_of(object, "value")));
    command.value = value;
    return {};
}

} // namespace

Result<ControlRequest> parse_request(const std::string& line, const Universe& universe) {
    const Json object = Json::parse(line, nullptr, false);
    if (object.is_discarded() || !object.is_object()) {
        return make_error(ErrorCode::invalid_argument,
                          "a request is one JSON object a line, such as {\"command\":\"status\"}");
    }
    TRY(check_fields(object));
    ControlRequest request;
    request.word = text_of(object, "command");
    if (request.word == "status") return request;
    Command command;
    for (const Word& each : words)
        if (request.word == each.word) command.kind = each.kind;
    if (command.kind == CommandKind{}) return no_such(request.word);
    if (object.contains("symbol")) {
        const std::string symbol = text_of(object, "symbol");
        const Instrument* found = universe.find(symbol);
        if (found == nullptr) {
            return make_error(ErrorCode::invalid_argument,
                              "\"" + symbol + "\" is not traded here" + traded(universe));
        }
        command.instrument = found->id;
    }
    if (command.kind == CommandKind::reconcile) command.venue = VenueId{1};
    const std::string principal = text_of(object, "principal");
    command.principal = Text<32>{principal.empty() ? "unnamed" : principal};
    command.reason = Reason{text_of(object, "reason")};
    TRY(read_setting(object, request, command));
    request.command = command;
    return request;
}

std::string answer_line(bool ok, const std::string& message) {
    Json object{{"ok", ok}, {"message", message}};
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace grekko::app
