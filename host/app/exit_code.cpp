#include "app/exit_code.hpp"

namespace grekko::app {
namespace {

constexpr ExitCode all[] = {
    {0, "done", "What was asked is done."},
    {1, "internal", "A bug: an exception that nobody expected. Please report it."},
    {2, "invalid_argument", "The command line makes no sense; --help says what it takes."},
    {3, "invalid_config", "The configuration: an unknown key, a wrong unit, a secret in clear."},
    {4, "invalid_input",
     "A file has bad content, or is of another kind; the message has its line."},
    {5, "not_found", "A file, name or id does not exist."},
    {6, "already_exists", "Something is there already and is not written over."},
    {7, "in_use", "Another process has the book open; stop that one first."},
    {8, "corrupt", "A checksum, chain or structure does not hold; restore from a backup."},
    {9, "unsupported_version", "A newer version wrote the file; use that version."},
    {10, "out_of_space", "The disk is full; nothing that was acknowledged is lost."},
    {11, "limit_exceeded", "Something is larger than a named limit."},
    {12, "script_error", "An agent's script failed; the message has file and line."},
    {13, "io_error", "The operating system refused: permissions, a broken disk."},
    {14, "unavailable", "Nobody answers: no book runs there."},
    {15, "cancelled", "It was stopped before its end."},
    {16, "check_failed", "A check ran and did not hold: a test, a digest, a refused command."},
    {130, "interrupted",
     "A second Ctrl-C ended it at once; the journal recovers at the next start."},
};

} // namespace

std::span<const ExitCode> exit_codes() {
    return all;
}

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
