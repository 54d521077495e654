// Statement: one prepared SQL statement: bind by position from 1, step, read columns from 0.
// It checks what SQLite returns, not what the SQL means. A bound blob or text must live until the
// step. Used by everything in this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "io/sqlite/connection.hpp"

struct sqlite3_stmt;

namespace grekko::sqlite {

class Statement {
public:
    static Result<Statement> prepare(Connection& connection, std::string_view sql);

    Statement& bind(int at, std::int64_t value);
    Statement& bind(int at, std::string_view text);
    Statement& bind(int at, std::span<const std::byte> blob);
    Statement& bind_copy(int at, std::string_view text); // the text need not live on
    Statement& bind_null(int at);

    // True: a row is there. False: done. The statement starts again with the next bind or step.
    Result<bool> step();
    // For statements without rows.
    Result<void> run();
    void reset();

    std::int64_t integer(int column) const;
    // Valid until the next step.
    std::string_view text(int column) const;
    std::span<const std::byte> blob(int column) const;
    bool is_null(int column) const;
    bool is_integer(int column) const;
    bool is_blob(int column) const;
    int columns() const;
    std::string column_name(int column) const;
    int parameters() const;
    std::string parameter_name(int at) const; // without its colon, from 1
    bool read_only() const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };
    Statement(sqlite3_stmt* statement, std::string path)
        : statement_{statement},
          path_{std::move(path)} {}
    Error error() const;
    void prepare_to_bind();

    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    std::string path_;
    bool started_{false};
};

} // namespace grekko::sqlite
