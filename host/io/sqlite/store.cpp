#include "io/sqlite/store.hpp"

#include <algorithm>

namespace grekko::sqlite {
namespace {

constexpr std::int64_t application_id = 0x47524B4F; // "GRKO"

constexpr const char* tables = R"(
CREATE TABLE meta(
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE batches(
    first INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    at INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    payload BLOB NOT NULL,
    checksum INTEGER NOT NULL,
    chain BLOB NOT NULL
) STRICT;
CREATE TABLE snapshots(
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    digest TEXT NOT NULL,
    size INTEGER NOT NULL,
    payload BLOB NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
PRAGMA application_id = 1196575567;
PRAGMA user_version = 1;
)";
static_assert(application_id == 1196575567 && journal_format == 1, "as in the text above");

// The WAL is kept at its length: writing over old frames is faster than growing the file.
constexpr const char* durable_settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                                         "PRAGMA wal_autocheckpoint = 4000;";
constexpr const char* fast_settings = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;";

std::int64_t as_signed(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

Row row_of(const Statement& statement) {
    Row row;
    const auto payload = statement.blob(4);
    row.header = {static_cast<std::uint64_t>(statement.integer(0)),
                  static_cast<std::uint64_t>(statement.integer(1)), statement.integer(2),
                  static_cast<std::uint64_t>(statement.integer(3)), payload.size()};
    row.payload.assign(payload.begin(), payload.end());
    row.checksum = static_cast<std::uint32_t>(statement.integer(5));
    const auto chain = statement.blob(6);
    if (chain.size() == row.chain.size()) std::ranges::copy(chain, row.chain.begin());
    return row;
}

constexpr std::string_view columns = "SELECT first, last, at, epoch, payload, checksum, chain "
                                     "FROM batches ";

} // namespace

Result<Store> Store::open_to_write(const std::filesystem::path& path, Durability durability,
                                   const Identity& identity) {
    TRY(connection, Connection::open(path, OpenMode::create));
    Store store{std::move(connection)};
    TRY(made, store.connection_.number("SELECT count(*) FROM sqlite_master"));
    if (made != 0) TRY(store.check_format());
    const bool durable = durability == Durability::full;
    TRY(store.connection_.execute(durable ? durable_settings : fast_settings));
    if (made == 0) TRY(store.make_tables(identity));
    TRY(store.read_identity());
    if (!identity.book.empty() && store.identity_.book != identity.book) {
        return make_error(ErrorCode::invalid_argument,
                          path.string() + " belongs to the book '" + store.identity_.book +
                              "', not to '" + identity.book + "'; name its own journal");
    }
    TRY(insert, store.connection_.prepare(
                    "INSERT INTO batches(first, last, at, epoch, payload, checksum, chain) "
                    "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)"));
    store.insert_ = std::move(insert);
    return store;
}

Result<Store> Store::open_to_read(const std::filesystem::path& path) {
    TRY(connection, Connection::open(path, OpenMode::read));
    Store store{std::move(connection)};
    TRY(store.check_format());
    TRY(store.read_identity());
    return store;
}

Result<void> Store::make_tables(const Identity& identity) {
    TRY(transaction, Transaction::begin(connection_));
    TRY(connection_.execute(tables));
    TRY(insert, connection_.prepare("INSERT INTO meta(name, value) VALUES(?1, ?2)"));
    TRY(insert.bind(1, std::string_view{"book"}).bind(2, identity.book).run());
    TRY(insert.bind(1, std::string_view{"created"}).bind(2, identity.created).run());
    TRY(insert.bind(1, std::string_view{"host_version"}).bind(2, identity.host_version).run());
    return transaction.commit();
}

Result<void> Store::check_format() {
    const std::string path = connection_.path().string();
    TRY(id, connection_.number("PRAGMA application_id"));
    if (id != application_id) {
        return make_error(ErrorCode::invalid_input,
                          path + " is not a journal of Grekko; name another file");
    }
    TRY(version, connection_.number("PRAGMA user_version"));
    if (version > journal_format) {
        return make_error(ErrorCode::unsupported_version,
                          path + " has format " + std::to_string(version) +
                              ", this program reads up to " + std::to_string(journal_format) +
                              "; use the newer program that wrote it");
    }
    if (version < 1) {
        return make_error(ErrorCode::corrupt,
                          path + " has no format version; restore it from a backup");
    }
    return {};
}

Result<void> Store::read_identity() {
    TRY(statement, connection_.prepare("SELECT name, value FROM meta"));
    for (;;) {
        TRY(row, statement.step());
        if (!row) return {};
        const std::string value{statement.text(1)};
        if (statement.text(0) == "book") identity_.book = value;
        if (statement.text(0) == "created") identity_.created = value;
        if (statement.text(0) == "host_version") identity_.host_version = value;
    }
}

Result<std::optional<Row>> Store::last_row() {
    TRY(statement, connection_.prepare(std::string{columns} + "ORDER BY first DESC LIMIT 1"));
    TRY(found, statement.step());
    if (!found) return std::optional<Row>{};
    Row row = row_of(statement);
    TRY(check, chain_before(Sequence{row.header.first}));
    TRY(check.accept(row.header, row.payload, row.checksum, statement.blob(6)));
    return std::optional{std::move(row)};
}

Result<void> Store::insert(std::span<const Row> rows) {
    TRY(transaction, Transaction::begin(connection_));
    for (const Row& row : rows) {
        insert_->bind(1, as_signed(row.header.first)).bind(2, as_signed(row.header.last));
        insert_->bind(3, row.header.at).bind(4, as_signed(row.header.epoch));
        insert_->bind(5, std::span<const std::byte>{row.payload});
        insert_->bind(6, std::int64_t{row.checksum});
        insert_->bind(7, std::span<const std::byte>{row.chain});
        TRY(insert_->run());
    }
    return transaction.commit();
}

// The link that the row holding `from` builds on: that of the row before it.
Result<ChainCheck> Store::chain_before(Sequence from) {
    TRY(statement, connection_.prepare("SELECT last, chain FROM batches WHERE first < "
                                       "(SELECT max(first) FROM batches WHERE first <= ?1) "
                                       "ORDER BY first DESC LIMIT 1"));
    TRY(found, statement.bind(1, as_signed(from.value())).step());
    if (!found) {
        Sha256 sha;
        return ChainCheck{0, first_link(sha, identity_.book, identity_.created)};
    }
    Hash link{};
    const auto chain = statement.blob(1);
    if (chain.size() == link.size()) std::ranges::copy(chain, link.begin());
    return ChainCheck{static_cast<std::uint64_t>(statement.integer(0)), link};
}

Result<ChainCheck> Store::read(Sequence from, const Visit& visit) {
    TRY(check, chain_before(from));
    TRY(statement, connection_.prepare(std::string{columns} + "WHERE first > ?1 ORDER BY first"));
    statement.bind(1, as_signed(check.last()));
    std::vector<std::byte> payload; // a blob of SQLite has no alignment, records need eight bytes
    for (;;) {
        TRY(found, statement.step());
        if (!found) return check;
        const auto blob = statement.blob(4);
        payload.assign(blob.begin(), blob.end());
        const RowHeader header{static_cast<std::uint64_t>(statement.integer(0)),
                               static_cast<std::uint64_t>(statement.integer(1)),
                               statement.integer(2),
                               static_cast<std::uint64_t>(statement.integer(3)), payload.size()};
        const auto checksum = static_cast<std::uint32_t>(statement.integer(5));
        TRY(check.accept(header, payload, checksum, statement.blob(6)));
        if (header.last >= from.value()) TRY(visit(batch_of(header, payload)));
    }
}

} // namespace grekko::sqlite
