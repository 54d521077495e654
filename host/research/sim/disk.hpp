// Disk: the journal of a simulated run. It keeps what was written and what was synced apart, dies
// in the middle of a write where the plan says so, comes back with what was durable and perhaps a
// part of the rest, and can be full. It is no database: io/sqlite has its own crash tests.
// run.cpp gives it to the driver and to recovery.
#pragma once

#include <vector>

#include "base/random.hpp"
#include "ports/journal.hpp"
#include "research/sim/plan.hpp"

namespace grekko::sim {

class Disk final : public ports::Journal {
public:
    Disk(const CrashPlan& plan, std::uint64_t seed);

    Result<void> append(const ports::Batch& batch, bool reserve) override;
    Sequence durable() const override { return durable_; }
    Result<void> sync(Sequence sequence) override;
    Result<void> write_snapshot(const ports::Snapshot& snapshot) override;
    Result<ports::Snapshot> read_snapshot(Sequence at_most) override;
    Result<void> read(Sequence from,
                      const std::function<Result<void>(const ports::Batch&)>& visit) override;
    ports::JournalHead head() const override;

    void set_full(bool full) { full_ = full; }
    bool full() const { return full_; }
    void set_crashes(bool allowed) { crashes_allowed_ = allowed; }
    bool crashed() const { return crashed_; }
    // The run is over: nothing is written any more.
    void kill() { dead_ = true; }
    // The host starts again: what was not durable is gone, or a first part of it is there.
    void restart();
    std::uint64_t writes() const { return writes_; }
    std::uint64_t crashes() const { return crashes_; }
    std::uint64_t refused() const { return refused_; }

private:
    struct Row {
        ports::Batch batch;
        std::vector<std::byte> payload;
    };
    std::optional<CrashMoment> crash_now();
    Error die();

    CrashPlan plan_;
    Random random_;
    std::vector<Row> rows_;
    std::vector<ports::Snapshot> snapshots_;
    Sequence last_, durable_;
    std::uint64_t epoch_{0}, writes_{0}, crashes_{0}, refused_{0};
    std::optional<CrashMoment> pending_; // of the write whose sync comes next
    bool full_{false}, crashed_{false}, dead_{false}, crashes_allowed_{true};
};

} // namespace grekko::sim
