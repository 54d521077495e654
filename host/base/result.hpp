// Result<T>: the value of an operation that the outside world can make fail, or an Error.
// It is not for refusals of the trading rules (those are events) nor for bugs (ASSERT).
// Every layer returns it; TRY propagates it.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <string>
#include <utility>

namespace grekko {

// What kind of failure; the process exit code follows from it (docs/reference/exit-codes.md).
enum class ErrorCode : std::uint8_t {
    invalid_argument = 1,  // a command line or call that makes no sense
    invalid_config,        // configuration: unknown key, wrong unit, secret in clear
    invalid_input,         // a file or message with bad content
    not_found,             // a file, id or name that does not exist
    already_exists,
    in_use,                // a journal or port that another process holds
    corrupt,               // checksum, chain or structure does not hold
    unsupported_version,   // written by a newer version
    out_of_space,
    limit_exceeded,        // a named limit of base/limits.hpp
    script_error,          // an agent's script failed
    io_error,              // the operating system refused
    unavailable,           // a service or venue does not answer
    cancelled,
    check_failed,          // a verification ran and did not hold
};

// One sentence that tells an operator what was wrong, where, and what to do next.
struct Error {
    ErrorCode code{ErrorCode::invalid_argument};
    std::string message;
};

// Called by result::value() on a failed result: using the value of an error is a bug.
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location&);

template <class T>
using Result = boost::system::result<T, Error>;

inline Error make_error(ErrorCode code, std::string message) {
    return Error{code, std::move(message)};
}

const char* name(ErrorCode code) noexcept;

}  // namespace grekko

// TRY(expression): returns the error of a failed Result from the enclosing function;
// TRY(variable, expression): else binds its value.
#define GREKKO_TRY_JOIN2(a, b) a##b
#define GREKKO_TRY_JOIN(a, b) GREKKO_TRY_JOIN2(a, b)
#define GREKKO_TRY_ONE(result, expression)                                                      \
    if (auto result = (expression); !result) return std::move(result).error()
#define GREKKO_TRY_TWO(result, variable, expression)                                            \
    auto result = (expression);                                                                 \
    if (!result) return std::move(result).error();                                              \
    auto variable = std::move(result).value()
#define GREKKO_TRY_1(expression) GREKKO_TRY_ONE(GREKKO_TRY_JOIN(try_, __LINE__), expression)
#define GREKKO_TRY_2(variable, expression)                                                      \
    GREKKO_TRY_TWO(GREKKO_TRY_JOIN(try_, __LINE__), variable, expression)
#define GREKKO_TRY_PICK(a, b, chosen, ...) chosen
#define TRY(...) GREKKO_TRY_PICK(__VA_ARGS__, GREKKO_TRY_2, GREKKO_TRY_1, 0)(__VA_ARGS__)
