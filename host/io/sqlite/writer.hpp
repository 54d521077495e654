// Writer: puts rows into a journal for good: into the database, or into the reserve while the disk
// is full, one hash chain through both. One thread at a time and no queue: SqliteJournal adds
// these. It is the only one that writes journal.db.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "io/sqlite/lock.hpp"
#include "io/sqlite/reserve.hpp"
#include "io/sqlite/row.hpp"
#include "io/sqlite/store.hpp"

namespace grekko::sqlite {

struct JournalOptions {
    Durability durability{Durability::full};
    Identity identity; // of a new journal; an existing one must have the same book
    unsigned snapshots_kept{3};
    std::uint64_t reserve_bytes{8U << 20U}; // set aside for a full disk; none without durability
    std::uint64_t size_max{0};              // bytes of journal.db, 0: as the disk allows
};

class Writer {
public:
    // Takes the lock and recovers. Errors: in_use, unsupported_version, corrupt (it ends before
    // what was once durable, or its end does not hold), out_of_space, io_error.
    static Result<Writer> open(const std::filesystem::path& path, const JournalOptions& options);

    // Seals the rows (header and payload are given) and writes all of them or none. Afterwards
    // they are durable. out_of_space: disk and reserve are full, try again later; any other error
    // is for good.
    Result<void> write(std::span<Row> rows);
    // Moves the reserve into the database; out_of_space while there is no room.
    Result<void> leave_reserve();
    bool uses_reserve() const { return !in_reserve_.empty(); }

    Result<void> write_snapshot(const ports::Snapshot& snapshot);
    // As JournalOptions::size_max.
    Result<void> set_size_max(std::uint64_t bytes);

    const ports::JournalHead& head() const { return head_; }
    // What is written and not in the database.
    const std::vector<Row>& in_reserve() const { return in_reserve_; }

private:
    Writer(Store store, Lock lock, Reserve reserve, const JournalOptions& options);
    Result<void> recover();
    Result<void> check_mark() const;
    void seal(std::span<Row> rows);
    Result<void> store_rows(std::span<const Row> rows);
    void advance(const Row& last);

    Store store_;
    Lock lock_;
    Reserve reserve_;
    std::vector<Row> in_reserve_;
    Sha256 sha_;
    Hash link_{};
    ports::JournalHead head_;
    unsigned snapshots_kept_;
};

} // namespace grekko::sqlite
