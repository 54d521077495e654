// Store: the tables of journal.db (docs/reference/journal-format.md): who it belongs to, the rows,
// the snapshots. One thread at a time, no queue, no lock: SqliteJournal adds these. Readers open it
// for reading beside a running writer.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "io/sqlite/connection.hpp"
#include "io/sqlite/row.hpp"
#include "io/sqlite/statement.hpp"
#include "ports/journal.hpp"

namespace grekko::sqlite {

inline constexpr int journal_format = 1;

// What is written once, when a journal is made.
struct Identity {
    std::string book;         // the id of the book it belongs to
    std::string created;      // RFC 3339
    std::string host_version; // that made it
};

enum class Durability : std::uint8_t {
    full, // every commit is on disk before it counts
    none  // a crash may lose or spoil the file: backtests
};

class Store {
public:
    // Makes the tables where the file is new. Errors: unsupported_version (a newer format),
    // invalid_input (another program's database), corrupt, io_error.
    static Result<Store> open_to_write(const std::filesystem::path& path, Durability durability,
                                       const Identity& identity);
    static Result<Store> open_to_read(const std::filesystem::path& path);

    const Identity& identity() const { return identity_; }
    Connection& connection() { return connection_; }
    const Connection& connection() const { return connection_; }

    // The newest row, none in an empty journal; only its chain with its predecessor is checked.
    Result<std::optional<Row>> last_row();
    // All rows in one transaction; out_of_space: none of them.
    Result<void> insert(std::span<const Row> rows);

    // Visits each row from the one that holds `from` on, checked; returns where it ended.
    using Visit = std::function<Result<void>(const ports::Batch&)>;
    Result<ChainCheck> read(Sequence from, const Visit& visit);

    // Keeps the newest `keep`.
    Result<void> write_snapshot(const ports::Snapshot& snapshot, unsigned keep);
    // As ports::Journal.
    Result<ports::Snapshot> read_snapshot(Sequence at_most);
    // Checks each snapshot; how many there are.
    Result<std::uint64_t> check_snapshots();

private:
    explicit Store(Connection connection) : connection_{std::move(connection)} {}
    Result<void> make_tables(const Identity& identity);
    Result<void> check_format();
    Result<void> read_identity();
    Result<ChainCheck> chain_before(Sequence from);

    Connection connection_;
    Identity identity_;
    std::optional<Statement> insert_;
};

} // namespace grekko::sqlite
