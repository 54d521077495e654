#include "io/sqlite/connection.hpp"

#include "io/sqlite/statement.hpp"

#include <sqlite3.h>

namespace grekko::sqlite {
namespace {

struct Meaning {
    ErrorCode code;
    const char* remedy;
};

Meaning meaning(int result) {
    switch (result & 0xFF) {
    case SQLITE_FULL: return {ErrorCode::out_of_space, "free space on its disk"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return {ErrorCode::in_use, "stop the other process that writes to it"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorCode::corrupt, "restore it from a backup, or start with an empty folder"};
    case SQLITE_CANTOPEN: return {ErrorCode::not_found, "check the path and its permissions"};
    case SQLITE_ERROR: return {ErrorCode::invalid_input, "correct the statement"};
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return {ErrorCode::invalid_argument, "it is open for reading: only SELECT is allowed"};
    case SQLITE_INTERRUPT: return {ErrorCode::limit_exceeded, "ask for less"};
    default: return {ErrorCode::io_error, "check the disk and the permissions of its folder"};
    }
}

int flags(OpenMode mode) {
    constexpr int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    switch (mode) {
    case OpenMode::create: return common | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case OpenMode::write: return common | SQLITE_OPEN_READWRITE;
    case OpenMode::read: break;
    }
    return common | SQLITE_OPEN_READONLY;
}

constexpr int busy_timeout_ms = 2'000;

} // namespace

Error database_error(sqlite3* handle, std::string_view doing, const std::string& path) {
    const int result = sqlite3_extended_errcode(handle);
    const Meaning what = meaning(result);
    return make_error(what.code, std::string{doing} + " " + path + ": " + sqlite3_errmsg(handle) +
                                     " (" + std::to_string(result) + "); " + what.remedy);
}

void Connection::Close::operator()(sqlite3* handle) const noexcept {
    sqlite3_close_v2(handle);
}

Result<Connection> Connection::open(const std::filesystem::path& path, OpenMode mode) {
    Connection connection{path};
    sqlite3* handle = nullptr;
    const int result = sqlite3_open_v2(path.c_str(), &handle, flags(mode), nullptr);
    connection.handle_.reset(handle);
    if (handle == nullptr) {
        return make_error(ErrorCode::limit_exceeded, "no memory to open " + path.string());
    }
    if (result != SQLITE_OK) return connection.error("cannot open");
    sqlite3_busy_timeout(handle, busy_timeout_ms);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    return connection;
}

Result<void> Connection::execute(const char* sql) {
    if (sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return error("cannot change");
    }
    return {};
}

Result<Statement> Connection::prepare(std::string_view sql) {
    return Statement::prepare(*this, sql);
}

Result<std::int64_t> Connection::number(const char* sql) {
    TRY(statement, prepare(sql));
    TRY(row, statement.step());
    return row ? statement.integer(0) : 0;
}

bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

Result<Transaction> Transaction::begin(Connection& connection) {
    TRY(connection.execute("BEGIN IMMEDIATE"));
    return Transaction{connection};
}

Transaction::~Transaction() {
    if (connection_ == nullptr || !connection_->in_transaction()) return;
    // A failure here leaves the transaction open: the next BEGIN reports it.
    static_cast<void>(connection_->execute("ROLLBACK"));
}

Result<void> Transaction::commit() {
    TRY(connection_->execute("COMMIT"));
    connection_ = nullptr;
    return {};
}

} // namespace grekko::sqlite
