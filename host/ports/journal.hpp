// Journal: where inputs and events become durable, one row a commit batch with a hash chain.
// It stores bytes; it does not know what they mean. Implemented by io/sqlite and, for simulation,
// in memory; the runtime appends, replay and the commands read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "domain/ids.hpp"

namespace grekko::ports {

// Consecutive records [first, last] as they stood in the engine's frame.
struct Batch {
    Sequence first, last;
    Instant at;                       // of the last record
    std::uint64_t epoch{0};
    std::span<const std::byte> payload;
};

struct Snapshot {
    Sequence sequence;                // state after this record
    Instant at;
    std::uint32_t version{0};         // of the state's layout
    std::string digest;               // hex
    std::vector<std::byte> payload;
};

struct JournalHead {
    Sequence last;                    // none: empty
    std::uint64_t epoch{0};
    std::string chain;                // hash of the last row, hex
};

struct JournalHealth {
    bool full{false};                 // appends that are not for the reserve are refused
    Duration commit_p99;              // of the commits of the last seconds, zero: unknown
};

class Journal {
public:
    virtual ~Journal() = default;

    // [engine] Hands a batch to the writer, which copies it; group commit on its own thread.
    // Error out_of_space: refused, except where `reserve` says that nothing in it adds risk.
    virtual Result<void> append(const Batch& batch, bool reserve) = 0;
    // [engine] Everything up to here is on disk.
    virtual Sequence durable() const = 0;
    // [engine] Blocks until `sequence` is durable; the error of the writer otherwise.
    virtual Result<void> sync(Sequence sequence) = 0;
    virtual Result<void> write_snapshot(const Snapshot& snapshot) = 0;
    // [init] The newest snapshot at or before `at_most` (none: any). Not found: sequence none.
    virtual Result<Snapshot> read_snapshot(Sequence at_most) = 0;
    // [init] Calls `visit` for each batch from the one that holds `from`, in order, after checking
    // checksum and chain. Stops with corrupt and the place where they do not hold.
    virtual Result<void> read(Sequence from,
                              const std::function<Result<void>(const Batch&)>& visit) = 0;
    virtual JournalHead head() const = 0;
    // [engine] Asked before each group of market records: it must cost next to nothing.
    virtual JournalHealth health() const = 0;
};

}  // namespace grekko::ports
