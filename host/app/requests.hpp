// What the control socket understands: one line of JSON becomes a domain::Command, or a question
// about the state. It decides nothing: the engine does, and journals it.
// `grekko run` hands the lines of control.hpp to it.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "domain/command.hpp"
#include "domain/instrument.hpp"

namespace grekko::app {

struct ControlRequest {
    std::string word;               // "status", "limits", or the command's
    std::optional<Command> command; // none: a question
    std::string agent;              // by name, where the command is about one
    std::string value;              // of a limit, as the configuration writes it
};

// invalid_argument: no JSON object, an unknown command, symbol or venue, a field of a wrong type or
// that the command does not take, a value that is no number, or one that it needs and lacks.
Result<ControlRequest> parse_request(const std::string& line, const Universe& universe);

std::string answer_line(bool ok, const std::string& message);

} // namespace grekko::app
