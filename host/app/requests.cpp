#include "app/requests.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <nlohmann/json.hpp>

#include "io/config/suggest.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

struct Word {
    const char* word;
    CommandKind kind;
};
constexpr std::array<Word, 9> words{{{"halt", CommandKind::halt},
                                     {"halt_freeze", CommandKind::halt_freeze},
                                     {"reducing", CommandKind::reducing},
                                     {"resume", CommandKind::resume},
                                     {"resume_rebase_peak", CommandKind::resume_rebase_peak},
                                     {"flatten", CommandKind::flatten},
                                     {"cancel_all", CommandKind::cancel_all},
                                     {"reconcile", CommandKind::reconcile},
                                     {"stop", CommandKind::shutdown}}};

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
    const std::vector<std::string> known{"command", "symbol", "principal", "reason"};
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
    request.command = command;
    return request;
}

std::string answer_line(bool ok, const std::string& message) {
    Json object{{"ok", ok}, {"message", message}};
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace grekko::app
