// ASSERT: a check of what the program itself promises, on in every build. A failure means a bug:
// the process prints where and dies, the supervisor restarts it and the journal replays.
// It is not for data from outside: validate that and return an Error. Anyone calls it.
#pragma once

namespace grekko {

// Prints file, line, function and condition to stderr and aborts.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line,
                                   const char* function) noexcept;

}  // namespace grekko

#define ASSERT(condition)                                                                       \
    (__builtin_expect(static_cast<bool>(condition), 1)                                          \
         ? static_cast<void>(0)                                                                 \
         : ::grekko::assertion_failed(#condition, __FILE__, __LINE__, __func__))
