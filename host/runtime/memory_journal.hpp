// MemoryJournal: the journal port without a disk, for simulation and for backtests that keep
// nothing. It can be told to fail, or to forget what was not synced, as a crash would.
// It is not durable and says so by name.
#pragma once

#include <functional>
#include <vector>

#include "ports/journal.hpp"

namespace grekko::runtime {

class MemoryJournal final : public ports::Journal {
public:
    enum class Keep : std::uint8_t { everything, nothing }; // nothing: counts, stores no payload
    explicit MemoryJournal(Keep keep = Keep::everything) : keep_{keep} {}

    Result<void> append(const ports::Batch& batch, bool reserve) override;
    Sequence durable() const override { return durable_; }
    Result<void> sync(Sequence sequence) override;
    Result<void> write_snapshot(const ports::Snapshot& snapshot) override;
    Result<ports::Snapshot> read_snapshot(Sequence at_most) override;
    Result<void> read(Sequence from,
                      const std::function<Result<void>(const ports::Batch&)>& visit) override;
    ports::JournalHead head() const override;
    ports::JournalHealth health() const override { return {full_, commit_p99_}; }

    // Faults, for simulation: a full disk refuses all but the reserve; a crash drops what is not
    // durable.
    void set_full(bool full) { full_ = full; }
    void set_commit_p99(Duration p99) { commit_p99_ = p99; }
    // `reached`: of what was not durable, what the disk had got to all the same.
    void crash(Sequence reached = {});
    std::uint64_t bytes() const { return bytes_; }
    // Those that made something durable.
    std::uint64_t syncs() const { return syncs_; }

private:
    struct Row {
        ports::Batch batch;
        std::vector<std::byte> payload;
    };
    Keep keep_;
    std::vector<Row> rows_;
    std::vector<ports::Snapshot> snapshots_;
    Sequence last_, durable_;
    std::uint64_t epoch_{0};
    std::uint64_t bytes_{0}, syncs_{0};
    bool full_{false};
    Duration commit_p99_;
};

} // namespace grekko::runtime
