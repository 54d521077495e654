#include "app/exit_code.hpp"

namespace grekko::app {

int exit_code(ErrorCode code) {
    switch (code) {
    case ErrorCode::invalid_argument: return 2;
    case ErrorCode::invalid_config: return 3;
    case ErrorCode::invalid_input: return 4;
    case ErrorCode::not_found: return 5;
    case ErrorCode::already_exists: return 6;
    case ErrorCode::in_use: return 7;
    case ErrorCode::corrupt: return 8;
    case ErrorCode::unsupported_version: return 9;
    case ErrorCode::out_of_space: return 10;
    case ErrorCode::limit_exceeded: return 11;
    case ErrorCode::script_error: return 12;
    case ErrorCode::io_error: return 13;
    case ErrorCode::unavailable: return 14;
    case ErrorCode::cancelled: return 15;
    case ErrorCode::check_failed: return 16;
    }
    return exit_internal;
}

} // namespace grekko::app
