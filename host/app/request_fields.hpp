// The fields of a request to the control socket: all are texts, each command takes some, and what
// they name must be there. A field that is misspelt, of another type or not looked at is an error:
// a flatten whose symbol is not understood must not flatten everything.
// requests.cpp makes commands of them.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "base/result.hpp"
#include "domain/command.hpp"
#include "domain/event/risk.hpp"
#include "domain/instrument.hpp"

namespace grekko::app {

// invalid_argument: no JSON object, a field that is not known or no text.
Result<nlohmann::ordered_json> read_object(const std::string& line);

// Empty where there is none.
std::string text_of(const nlohmann::ordered_json& object, const char* key);

// Beside who and why, separated by blanks: "symbol agent".
struct FieldsOf {
    const char* command;
    const char* takes;
    const char* needs;
};
Result<void> check_fields(const nlohmann::ordered_json& object, const FieldsOf& of);

// Where in the book: symbol and venue by name. The agent is looked up by whoever knows them.
Result<void> read_place(const nlohmann::ordered_json& object, const Universe& universe,
                        Command& command);

// Which breaker: of one thing, or of an agent on an instrument.
Result<events::BreakerScope> breaker_scope(const nlohmann::ordered_json& object);

} // namespace grekko::app
