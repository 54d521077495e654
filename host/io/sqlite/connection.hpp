// Connection: one SQLite database, opened and closed by scope, its errors turned into Results.
// It knows no table. It is not for two threads at once: whoever shares it holds a mutex.
// The journal, the views and the readers of both own one each.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"

struct sqlite3;

namespace grekko::sqlite {

class Statement;

enum class OpenMode : std::uint8_t { create, write, read };

// The last failure of a handle, as "<doing> <path>: <what SQLite says>; <what to do>".
Error database_error(sqlite3* handle, std::string_view doing, const std::string& path);

class Connection {
public:
    // Errors: not_found (no such file), io_error, corrupt (not a database). Waits at most two
    // seconds for another connection's lock.
    static Result<Connection> open(const std::filesystem::path& path, OpenMode mode);

    // Runs one or more statements and drops their rows.
    Result<void> execute(const char* sql);
    // out_of_space, in_use, corrupt or io_error by what SQLite says; invalid_input: bad SQL.
    Result<Statement> prepare(std::string_view sql);
    // The first column of the first row as a number; 0 without a row.
    Result<std::int64_t> number(const char* sql);

    Error error(std::string_view doing) const {
        return database_error(handle(), doing, path_.string());
    }
    bool in_transaction() const;
    sqlite3* handle() const { return handle_.get(); }
    const std::filesystem::path& path() const { return path_; }

private:
    struct Close {
        void operator()(sqlite3* handle) const noexcept;
    };
    explicit Connection(std::filesystem::path path) : path_{std::move(path)} {}

    std::filesystem::path path_;
    std::unique_ptr<sqlite3, Close> handle_;
};

// BEGIN IMMEDIATE now; COMMIT by commit(), else ROLLBACK at the end of the scope.
class Transaction {
public:
    static Result<Transaction> begin(Connection& connection);
    Transaction(Transaction&& other) noexcept : connection_{std::exchange(other.connection_, {})} {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Result<void> commit();

private:
    explicit Transaction(Connection& connection) : connection_{&connection} {}
    Connection* connection_;
};

} // namespace grekko::sqlite
