#include "research/sim/disk.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace grekko::sim {
namespace {

constexpr std::uint64_t disk_stream = 301;

} // namespace

Disk::Disk(const CrashPlan& plan, std::uint64_t seed) : plan_{plan}, random_{seed, disk_stream} {}

std::optional<CrashMoment> Disk::crash_now() {
    ++writes_;
    const bool there = plan_.at_write != 0 && writes_ == plan_.at_write;
    const bool drawn = random_.chance(plan_.each_write) && crashes_ < plan_.crashes_max;
    const auto moment = static_cast<CrashMoment>(1 + random_.below(4));
    if (!crashes_allowed_ || (!there && !drawn)) return std::nullopt;
    return moment;
}

Error Disk::die() {
    crashed_ = true;
    ++crashes_;
    return make_error(ErrorCode::io_error, "the simulated host died in a journal write");
}

Result<void> Disk::append(const ports::Batch& batch, bool reserve) {
    if (crashed_ || dead_) return make_error(ErrorCode::io_error, "the simulated host is dead");
    ASSERT(batch.first.value() == last_.value() + 1);
    ASSERT(batch.last >= batch.first);
    if (full_ && !reserve) {
        ++refused_;
        return make_error(ErrorCode::out_of_space,
                          "the journal's disk is full: free space and trading resumes by itself");
    }
    const std::optional<CrashMoment> moment = crash_now();
    if (moment == CrashMoment::before) return die();
    last_ = batch.last;
    epoch_ = batch.epoch;
    Row& row = rows_.emplace_back(Row{batch, {batch.payload.begin(), batch.payload.end()}});
    if (moment == CrashMoment::torn) {
        row.payload.resize(row.payload.size() / 2);
        return die();
    }
    pending_ = moment;
    return {};
}

Result<void> Disk::sync(Sequence sequence) {
    if (crashed_ || dead_) return make_error(ErrorCode::io_error, "the simulated host is dead");
    ASSERT(sequence <= last_);
    const std::optional<CrashMoment> moment = std::exchange(pending_, std::nullopt);
    if (moment == CrashMoment::written) return die();
    durable_ = last_;
    if (moment == CrashMoment::durable) return die();
    return {};
}

Result<void> Disk::write_snapshot(const ports::Snapshot& snapshot) {
    ASSERT(snapshot.sequence <= durable_);
    snapshots_.push_back(snapshot);
    return {};
}

Result<ports::Snapshot> Disk::read_snapshot(Sequence at_most) {
    for (auto it = snapshots_.rbegin(); it != snapshots_.rend(); ++it) {
        if (at_most.is_none() || it->sequence <= at_most) return *it;
    }
    return ports::Snapshot{};
}

Result<void> Disk::read(Sequence from,
                        const std::function<Result<void>(const ports::Batch&)>& visit) {
    for (const Row& row : rows_) {
        if (row.batch.last < from) continue;
        ports::Batch batch = row.batch;
        batch.payload = row.payload;
        TRY(visit(batch));
    }
    return {};
}

ports::JournalHead Disk::head() const {
    return {last_, epoch_, {}};
}

// Rows that were written but not synced may have reached the disk, in their order; a torn one is
// cut off, as its checksum does not hold.
void Disk::restart() {
    ASSERT(crashed_);
    Sequence keep = durable_;
    for (const Row& row : rows_) {
        if (row.batch.last <= durable_) continue;
        if (row.payload.size() != row.batch.payload.size() || !random_.chance(0.5)) break;
        keep = row.batch.last;
    }
    std::erase_if(rows_, [&](const Row& row) { return row.batch.last > keep; });
    last_ = durable_ = keep;
    pending_.reset();
    crashed_ = false;
}

} // namespace grekko::sim
