#include "base/result.hpp"

#include <boost/throw_exception.hpp>
#include <stdexcept>

namespace grekko {

void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::runtime_error(error.message);
}

const char* name(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::invalid_argument: return "invalid_argument";
        case ErrorCode::invalid_config: return "invalid_config";
        case ErrorCode::invalid_input: return "invalid_input";
        case ErrorCode::not_found: return "not_found";
        case ErrorCode::already_exists: return "already_exists";
        case ErrorCode::in_use: return "in_use";
        case ErrorCode::corrupt: return "corrupt";
        case ErrorCode::unsupported_version: return "unsupported_version";
        case ErrorCode::out_of_space: return "out_of_space";
        case ErrorCode::limit_exceeded: return "limit_exceeded";
        case ErrorCode::script_error: return "script_error";
        case ErrorCode::io_error: return "io_error";
        case ErrorCode::unavailable: return "unavailable";
        case ErrorCode::cancelled: return "cancelled";
        case ErrorCode::check_failed: return "check_failed";
    }
    return "unknown";
}

}  // namespace grekko
