// LineReader: the lines of a byte source with their numbers, in one buffer that never grows beyond
// the longest line allowed. It does not judge what is in a line. csv_source and capture_source
// read with it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "io/import/byte_source.hpp"

namespace grekko::importing {

class LineReader {
public:
    // Readable bytes behind each line, for parsers that read ahead (simdjson asks for 64).
    static constexpr std::size_t padding = 64;

    LineReader(std::unique_ptr<ByteSource> bytes, std::size_t line_bytes_max);

    // The next line without its end (\n or \r\n) and without a byte order mark, valid until the
    // next call; none at the end. limit_exceeded: the line is too long, the call after that gives
    // the line behind it. Errors of the bytes are final and repeat.
    Result<std::optional<std::string_view>> next();
    // Of the line last given or refused, from 1.
    std::uint64_t number() const { return number_; }
    // Whether that line had an end: a file that was cut short has none at its last line.
    bool ended() const { return ended_; }
    std::uint64_t consumed() const { return bytes_->consumed(); }

private:
    Result<bool> fill(); // false: nothing more comes
    Result<std::optional<std::string_view>> refuse_long_line();

    std::unique_ptr<ByteSource> bytes_;
    std::size_t line_bytes_max_;
    std::vector<char> buffer_;
    std::size_t begin_{0}, end_{0}; // what is unread
    std::size_t scanned_{0};        // of it, without a newline
    std::uint64_t number_{0};
    bool ended_{true};
    std::optional<Error> failure_;
};

} // namespace grekko::importing
