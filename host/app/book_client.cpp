#include "app/book_client.hpp"

#include <cstdlib>
#include <iostream>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/control.hpp"
#include "app/wire.hpp"

namespace grekko::app {
namespace {

using Json = nlohmann::ordered_json;

std::string principal() {
    const char* name = std::getenv("USER");
    return name == nullptr || *name == '\0' ? "uid " + std::to_string(::getuid()) : name;
}

} // namespace

Result<Json> ask_book(const std::string& word, Json request, const Globals& globals) {
    TRY(config, load_config(globals));
    request["command"] = word;
    request["principal"] = principal();
    const std::string asked = request.dump(-1, ' ', false, Json::error_handler_t::replace);
    TRY(line, ask_control(book_folder(config) / "control.sock", asked));
    Json answer = Json::parse(line, nullptr, false);
    if (answer.is_discarded()) {
        return make_error(ErrorCode::unavailable, "the running book answered no JSON: " + line);
    }
    if (!answer.value("ok", false)) {
        return make_error(ErrorCode::check_failed, answer.value("message", std::string{"refused"}));
    }
    return Result<Json>{boost::system::in_place_value, std::move(answer)};
}

Result<void> tell_book(const std::string& word, Json request, const Globals& globals) {
    TRY(answer, ask_book(word, std::move(request), globals));
    if (globals.output == Output::json) {
        std::cout << answer.dump() << "\n";
    } else {
        std::cout << answer.value("message", std::string{}) << "\n";
    }
    return {};
}

} // namespace grekko::app
