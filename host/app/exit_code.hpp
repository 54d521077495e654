// Exit codes: what kind of failure a command ended with, stable between versions and listed in
// docs/reference/exit-codes.md. They do not say what exactly failed: the message does.
// Scripts test them; main returns them.
#pragma once

#include <span>

#include "base/result.hpp"

namespace grekko::app {

inline constexpr int exit_done = 0;
inline constexpr int exit_internal = 1; // an exception that nobody expected: a bug

struct ExitCode {
    int number{0};
    const char* name{nullptr};
    const char* meaning{nullptr}; // and what to do
};
// All of them in the order of their numbers, for the manual and the reference.
std::span<const ExitCode> exit_codes();

// 2 for a command line that makes no sense, then one number a kind of error.
int exit_code(ErrorCode code);

} // namespace grekko::app
