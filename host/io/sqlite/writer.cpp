#include "io/sqlite/writer.hpp"

#include <algorithm>
#include <string>

#include "base/assert.hpp"

namespace grekko::sqlite {
namespace {

bool no_space(const Result<void>& result) {
    return !result && result.error().code == ErrorCode::out_of_space;
}

} // namespace

Writer::Writer(Store store, Lock lock, Reserve reserve, const JournalOptions& options)
    : store_{std::move(store)},
      lock_{std::move(lock)},
      reserve_{std::move(reserve)},
      snapshots_kept_{options.snapshots_kept} {}

Result<Writer> Writer::open(const std::filesystem::path& path, const JournalOptions& options) {
    TRY(lock, Lock::take(path));
    TRY(store, Store::open_to_write(path, options.durability, options.identity));
    const bool durable = options.durability == Durability::full;
    TRY(kept, Reserve::read(path));
    TRY(reserve, Reserve::open(path, durable ? options.reserve_bytes : 0));
    Writer writer{std::move(store), std::move(lock), std::move(reserve), options};
    writer.in_reserve_ = std::move(kept);
    if (options.size_max > 0) TRY(writer.set_size_max(options.size_max));
    TRY(writer.recover());
    return writer;
}

Result<void> Writer::recover() {
    link_ = first_link(sha_, store_.identity().book, store_.identity().created);
    TRY(last, store_.last_row());
    if (last) {
        link_ = last->chain;
        head_ = {Sequence{last->header.last}, last->header.epoch, hex(link_)};
    }
    // A crash between moving rows in and clearing the reserve leaves them in both.
    std::erase_if(in_reserve_,
                  [this](const Row& row) { return row.header.last <= head_.last.value(); });
    ChainCheck check{head_.last.value(), link_};
    for (const Row& row : in_reserve_) {
        TRY(check.accept(row.header, row.payload, row.checksum, row.chain));
        advance(row);
    }
    TRY(check_mark());
    const auto moved = leave_reserve();
    if (!moved && !no_space(moved)) return moved;
    return {};
}

Result<void> Writer::check_mark() const {
    const auto mark = lock_.mark();
    if (!mark || mark->last < head_.last.value()) return {};
    const std::string path = store_.connection().path().string();
    if (mark->last == head_.last.value() && mark->chain == link_) return {};
    return make_error(ErrorCode::corrupt,
                      path + " ends at record " + std::to_string(head_.last.value()) +
                          " and was durable up to " + std::to_string(mark->last) +
                          ": records are lost; restore a backup, and where an older state is "
                          "meant, remove " +
                          path + ".lock");
}

void Writer::seal(std::span<Row> rows) {
    Hash link = link_;
    std::uint64_t last = head_.last.value();
    for (Row& row : rows) {
        ASSERT(row.header.first == last + 1);
        ASSERT(row.header.last >= row.header.first);
        row.checksum = row_checksum(row.header, row.payload);
        row.chain = next_link(sha_, link, row.header, row.payload);
        link = row.chain;
        last = row.header.last;
    }
}

void Writer::advance(const Row& last) {
    link_ = last.chain;
    head_.last = Sequence{last.header.last};
    head_.epoch = last.header.epoch;
    head_.chain = hex(link_);
    lock_.set_mark({last.header.last, link_});
}

// The database alone takes rows while the reserve is empty: their order is that of the chain.
Result<void> Writer::store_rows(std::span<const Row> rows) {
    auto stored = leave_reserve();
    if (stored) stored = store_.insert(rows);
    if (!no_space(stored)) return stored;
    TRY(reserve_.add(rows));
    in_reserve_.insert(in_reserve_.end(), rows.begin(), rows.end());
    return {};
}

Result<void> Writer::write(std::span<Row> rows) {
    if (rows.empty()) return {};
    seal(rows);
    TRY(store_rows(rows));
    advance(rows.back());
    return {};
}

Result<void> Writer::leave_reserve() {
    if (!in_reserve_.empty()) {
        TRY(store_.insert(in_reserve_));
        in_reserve_.clear();
    }
    return reserve_.clear();
}

Result<void> Writer::write_snapshot(const ports::Snapshot& snapshot) {
    ASSERT(snapshot.sequence <= head_.last);
    return store_.write_snapshot(snapshot, snapshots_kept_);
}

Result<void> Writer::set_size_max(std::uint64_t bytes) {
    TRY(page, store_.connection().number("PRAGMA page_size"));
    const std::uint64_t all = 4294967294U;
    const std::uint64_t pages = bytes == 0 ? all : bytes / static_cast<std::uint64_t>(page);
    const std::string sql = "PRAGMA max_page_count = " + std::to_string(std::min(pages, all));
    return store_.connection().execute(sql.c_str());
}

} // namespace grekko::sqlite
