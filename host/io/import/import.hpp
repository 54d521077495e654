// Import: merges sources by receive time into one tape, whatever their size, in memory that does
// not grow with them. The same inputs give the same tape. It opens no files: the sources were
// opened before, the tape's header is written by who made the writer. The import command calls it.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "io/import/record_source.hpp"
#include "ports/tape.hpp"

namespace grekko::importing {

struct Summary {
    std::uint64_t records{0};
    Instant first_at, last_at; // receive times
    std::vector<SourceReport> sources;
};

// Called now and then with the bytes read of all inputs; false: stop (Error cancelled).
using Progress = std::function<bool(std::uint64_t consumed, std::uint64_t records)>;

// At equal receive times the source named first comes first. The writer is not closed.
Result<Summary> import_records(std::span<const std::unique_ptr<RecordSource>> sources,
                               ports::TapeWriter& writer, const Progress& progress);

} // namespace grekko::importing
