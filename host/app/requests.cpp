#include "app/requests.hpp"

#include <array>

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

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

} // namespace

Result<ControlRequest> parse_request(const std::string& line, const Universe& universe) {
    const Json object = Json::parse(line, nullptr, false);
    if (object.is_discarded() || !object.is_object()) {
        return make_error(ErrorCode::invalid_argument,
                          "a request is one JSON object a line, such as {\"command\":\"status\"}");
    }
    ControlRequest request;
    request.word = text_of(object, "command");
    if (request.word == "status") return request;
    Command command;
    for (const Word& each : words)
        if (request.word == each.word) command.kind = each.kind;
    if (command.kind == CommandKind{}) return no_such(request.word);
    if (const std::string symbol = text_of(object, "symbol"); !symbol.empty()) {
        const Instrument* found = universe.find(symbol);
        if (found == nullptr) {
            return make_error(ErrorCode::invalid_argument, symbol + " is not traded here");
        }
        command.instrument = found->id;
    }
    if (command.kind == CommandKind::reconcile) command.venue = VenueId{1};
    command.principal = Text<32>{text_of(object, "principal")};
    command.reason = Reason{text_of(object, "reason")};
    request.command = command;
    return request;
}

std::string answer_line(bool ok, const std::string& message) {
    Json object{{"ok", ok}, {"message", message}};
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace grekko::app
