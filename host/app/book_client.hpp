// How a command speaks to the running book: one request over its control socket, and what the book
// answers. It finds the socket by the configuration and knows no command.
// commands/control.cpp, breaker.cpp and their like call it.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "app/command_line.hpp"

namespace grekko::app {

// Sends "command", who asks and the fields of `request`. unavailable: no book runs there;
// check_failed: it refuses, with its words.
Result<nlohmann::ordered_json> ask_book(const std::string& word, nlohmann::ordered_json request,
                                        const Globals& globals);

// The same, and prints the answer: its message, or all of it as JSON.
Result<void> tell_book(const std::string& word, nlohmann::ordered_json request,
                       const Globals& globals);

} // namespace grekko::app
