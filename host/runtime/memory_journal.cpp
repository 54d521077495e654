#include "runtime/memory_journal.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace grekko::runtime {

Result<void> MemoryJournal::append(const ports::Batch& batch, bool reserve) {
    ASSERT(batch.first.value() == last_.value() + 1);
    ASSERT(batch.last >= batch.first);
    if (full_ && !reserve) {
        return make_error(ErrorCode::out_of_space,
                          "the journal's disk is full: free space and trading resumes by itself");
    }
    last_ = batch.last;
    epoch_ = batch.epoch;
    bytes_ += batch.payload.size();
    if (keep_ == Keep::everything) {
        rows_.push_back(Row{batch, {batch.payload.begin(), batch.payload.end()}});
    }
    return {};
}

Result<void> MemoryJournal::sync(Sequence sequence) {
    ASSERT(sequence <= last_);
    syncs_ += durable_ < last_ ? 1 : 0;
    durable_ = last_;
    return {};
}

Result<void> MemoryJournal::write_snapshot(const ports::Snapshot& snapshot) {
    if (full_) return make_error(ErrorCode::out_of_space, "no room for a snapshot");
    if (keep_ == Keep::everything) snapshots_.push_back(snapshot);
    return {};
}

Result<ports::Snapshot> MemoryJournal::read_snapshot(Sequence at_most) {
    for (auto it = snapshots_.rbegin(); it != snapshots_.rend(); ++it) {
        if (it->sequence <= durable_ && (at_most.is_none() || it->sequence <= at_most)) return *it;
    }
    return ports::Snapshot{};
}

Result<void> MemoryJournal::read(Sequence from,
                                 const std::function<Result<void>(const ports::Batch&)>& visit) {
    for (const Row& row : rows_) {
        if (row.batch.last < from) continue;
        ports::Batch batch = row.batch;
        batch.payload = row.payload;
        TRY(visit(batch));
    }
    return {};
}

ports::JournalHead MemoryJournal::head() const {
    return {last_, epoch_, {}};
}

void MemoryJournal::crash(Sequence reached) {
    ASSERT(reached <= last_);
    durable_ = std::max(durable_, reached);
    std::erase_if(rows_, [&](const Row& row) { return row.batch.last > durable_; });
    last_ = durable_;
}

} // namespace grekko::runtime
