#include "research/sim/disk.hpp"

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
    return there ? plan_.moment.value_or(moment) : moment;
}

Error Disk::die() {
    crashed_ = true;
    ++crashes_;
    return make_error(ErrorCode::io_error, "the simulated host died in a journal write");
}

Result<void> Disk::append(const ports::Batch& batch, bool reserve) {
    if (crashed_ || dead_) return make_error(ErrorCode::io_error, "the simulated host is dead");
    if (pending_) return die(); // the write before was never synced: it dies before the next
    const std::optional<CrashMoment> moment = crash_now();
    if (moment == CrashMoment::before) return die();
    TRY(journal_.append(batch, reserve));
    unsynced_.push_back(batch.last);
    if (moment == CrashMoment::torn) {
        torn_ = batch.last;
        return die();
    }
    pending_ = moment;
    return {};
}

Result<void> Disk::sync(Sequence sequence) {
    if (crashed_ || dead_) return make_error(ErrorCode::io_error, "the simulated host is dead");
    const std::optional<CrashMoment> moment = std::exchange(pending_, std::nullopt);
    if (moment == CrashMoment::written) return die();
    TRY(journal_.sync(sequence));
    unsynced_.clear();
    if (moment == CrashMoment::durable) return die();
    return {};
}

// Writes that were not synced may have reached the disk, in their order; a torn one is cut off, as
// its checksum does not hold.
void Disk::restart() {
    ASSERT(crashed_);
    Sequence reached;
    for (const Sequence written : unsynced_) {
        if (written == torn_ || !random_.chance(0.5)) break;
        reached = written;
    }
    journal_.crash(reached);
    unsynced_.clear();
    torn_ = Sequence{};
    pending_.reset();
    crashed_ = false;
}

} // namespace grekko::sim
