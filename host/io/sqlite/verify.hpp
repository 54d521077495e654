// verify: reads a whole journal and says whether it holds: the pages of the file, every checksum,
// the hash chain, the sequence without gaps, the structure of the records, the snapshots, and that
// nothing is missing at the end. It changes nothing and needs no lock. `grekko journal` calls it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/record.hpp"
#include "io/sqlite/store.hpp"
#include "ports/journal.hpp"

namespace grekko::sqlite {

struct Report {
    Identity identity;
    std::uint64_t batches{0};
    std::uint64_t records{0};
    std::uint64_t bytes{0}; // of payload
    std::uint64_t snapshots{0};
    std::uint64_t in_reserve{0}; // batches not yet moved into the database
    ports::JournalHead head;     // of the part that holds
    std::optional<Error> fault;  // the first place where it does not hold

    bool holds() const { return !fault; }
};

// Error: there is no journal that could be checked (not_found, invalid_input,
// unsupported_version). All that is wrong inside is in the report.
Result<Report> verify(const std::filesystem::path& journal);

// Visits each checked batch from the one that holds `from`; a journal that another process writes
// may be read.
Result<void> read_journal(const std::filesystem::path& journal, Sequence from,
                          const std::function<Result<void>(const ports::Batch&)>& visit);

// One record out of a batch; `body` follows the head in memory, both aligned to eight bytes.
struct Record {
    const RecordHead& head;
    std::span<const std::byte> body;
};

// Visits the records of a payload that is aligned to eight bytes. corrupt: it does not divide into
// records numbered from `first`.
Result<void> for_each_record(Sequence first, std::span<const std::byte> payload,
                             const std::function<Result<void>(const Record&)>& visit);

// The last record a journal holds, none if it is empty.
Result<Sequence> journal_end(const std::filesystem::path& journal);

// Visits the last `count` records.
Result<void> tail(const std::filesystem::path& journal, std::uint64_t count,
                  const std::function<Result<void>(const Record&)>& visit);

} // namespace grekko::sqlite
