// RecordSource: one input as market records in order of receive time, and what was wrong in it.
// It writes nothing: import.hpp merges sources into a tape. Implemented by csv_source and
// capture_source.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/market.hpp"

namespace grekko::importing {

// What a damaged row does: the import stops with its file, line and reason, or the row is left out
// and counted. Only who asks for the second gets it.
enum class BadRows : std::uint8_t { stop = 1, skip };

struct BadRow {
    std::string file;
    std::uint64_t line{0};
    std::string reason;
};

// "prices.csv:17: high is below close".
std::string to_string(const BadRow& row);

struct SourceReport {
    static constexpr std::size_t bad_rows_kept = 20;

    std::string file;
    std::uint64_t rows{0};        // read, headers and comments not counted
    std::uint64_t records{0};     // made of them
    std::uint64_t skipped{0};     // bad rows left out
    std::uint64_t ignored{0};     // good rows of no use here: other symbols, acknowledgements
    std::uint64_t gaps{0};        // places where data is missing
    std::uint64_t clock_steps{0}; // receive times that went back and were held
    std::vector<BadRow> bad_rows; // the first few
};

class RecordSource {
public:
    virtual ~RecordSource() = default;
    // The next valid record, good until the next call; nullptr at the end. Receive times never go
    // back. invalid_input: a bad row under BadRows::stop; corrupt, io_error: of the bytes.
    virtual Result<const MarketHead*> next() = 0;
    virtual const SourceReport& report() const = 0;
    virtual std::uint64_t consumed() const = 0; // bytes of the file on disk, for progress
};

} // namespace grekko::importing
