// Disk: the journal of a simulated run: that in memory, on a host that dies in the middle of a
// write where the plan says so. It comes back with what was durable and perhaps a part of the rest,
// and can be full or slow. It is no database: io/sqlite has its own crash tests.
// run.cpp gives it to the driver and to recovery.
#pragma once

#include <vector>

#include "base/random.hpp"
#include "research/sim/plan.hpp"
#include "runtime/memory_journal.hpp"

namespace grekko::sim {

class Disk final : public ports::Journal {
public:
    Disk(const CrashPlan& plan, std::uint64_t seed);

    Result<void> append(const ports::Batch& batch, bool reserve) override;
    Sequence durable() const override { return journal_.durable(); }
    Result<void> sync(Sequence sequence) override;
    Result<void> write_snapshot(const ports::Snapshot& snapshot) override {
        return journal_.write_snapshot(snapshot);
    }
    Result<ports::Snapshot> read_snapshot(Sequence at_most) override {
        return journal_.read_snapshot(at_most);
    }
    Result<void> read(Sequence from,
                      const std::function<Result<void>(const ports::Batch&)>& visit) override {
        return journal_.read(from, visit);
    }
    ports::JournalHead head() const override { return journal_.head(); }
    ports::JournalHealth health() const override { return journal_.health(); }

    void set_full(bool full) { journal_.set_full(full); }
    bool full() const { return journal_.health().full; }
    void set_slow(bool slow) {
        journal_.set_commit_p99(slow ? Duration::seconds(1) : Duration::milliseconds(1));
    }
    void set_crashes(bool allowed) { crashes_allowed_ = allowed; }
    bool crashed() const { return crashed_; }
    // The run is over: nothing is written any more.
    void kill() { dead_ = true; }
    // The host starts again: what was not durable is gone, or a first part of it is there.
    void restart();
    std::uint64_t writes() const { return writes_; }
    std::uint64_t crashes() const { return crashes_; }

private:
    std::optional<CrashMoment> crash_now();
    Error die();

    CrashPlan plan_;
    Random random_;
    runtime::MemoryJournal journal_;
    std::vector<Sequence> unsynced_; // ends of the writes since the last sync
    Sequence torn_;                  // of a write that was cut off
    std::uint64_t writes_{0}, crashes_{0};
    std::optional<CrashMoment> pending_; // of the write whose sync comes next
    bool crashed_{false}, dead_{false}, crashes_allowed_{true};
};

} // namespace grekko::sim
