// Exit codes: what kind of failure a command ended with, stable between versions and listed in
// docs/reference/exit-codes.md. They do not say what exactly failed: the message does.
// Scripts test them; main returns them.
#pragma once

#include "base/result.hpp"

namespace grekko::app {

inline constexpr int exit_done = 0;
inline constexpr int exit_internal = 1; // an exception that nobody expected: a bug

// 2 for a command line that makes no sense, then one number a kind of error.
int exit_code(ErrorCode code);

} // namespace grekko::app
