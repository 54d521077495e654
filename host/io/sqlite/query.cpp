#include "io/sqlite/query.hpp"

#include <sqlite3.h>

#include "io/sqlite/connection.hpp"
#include "io/sqlite/decimal_functions.hpp"
#include "io/sqlite/sha256.hpp"
#include "io/sqlite/statement.hpp"

namespace grekko::sqlite {
namespace {

constexpr int steps_between_looks = 10'000;

int authorize(void*, int action, const char*, const char*, const char*, const char*) {
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    default: return SQLITE_DENY;
    }
}

int count_down(void* left) {
    auto& steps = *static_cast<std::uint64_t*>(left);
    if (steps < steps_between_looks) return 1;
    steps -= steps_between_looks;
    return 0;
}

std::optional<std::string> value_of(const Statement& statement, int column) {
    if (statement.is_null(column)) return std::nullopt;
    if (statement.is_blob(column)) return hex(statement.blob(column));
    return std::string{statement.text(column)};
}

} // namespace

Result<QueryTable> query(const std::filesystem::path& database, std::string_view sql,
                         const QueryLimits& limits) {
    TRY(connection, Connection::open(database, OpenMode::read));
    TRY(add_decimal_functions(connection));
    sqlite3_set_authorizer(connection.handle(), authorize, nullptr);
    std::uint64_t left = limits.steps;
    sqlite3_progress_handler(connection.handle(), steps_between_looks, count_down, &left);
    TRY(statement, connection.prepare(sql));
    QueryTable table;
    for (int i = 0; i < statement.columns(); ++i)
        table.columns.push_back(statement.column_name(i));
    for (;;) {
        TRY(found, statement.step());
        if (!found) return table;
        if (table.rows.size() == limits.rows) {
            table.cut = true;
            return table;
        }
        auto& row = table.rows.emplace_back();
        for (int i = 0; i < statement.columns(); ++i)
            row.push_back(value_of(statement, i));
    }
}

} // namespace grekko::sqlite
