#include "io/sqlite/statement.hpp"

#include <sqlite3.h>

#include "base/assert.hpp"

namespace grekko::sqlite {

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
    sqlite3_finalize(statement);
}

Result<Statement> Statement::prepare(Connection& connection, std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    const int result =
        sqlite3_prepare_v3(connection.handle(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, &rest);
    if (result != SQLITE_OK) return connection.error("cannot ask");
    if (statement == nullptr) {
        return make_error(ErrorCode::invalid_input, "an empty SQL statement; write one");
    }
    Statement made{statement, connection.path().string()};
    const std::string_view left{rest, static_cast<std::size_t>(sql.data() + sql.size() - rest)};
    if (left.find_first_not_of(" \t\r\n;") != left.npos) {
        return make_error(ErrorCode::invalid_input, "more than one SQL statement; write one");
    }
    return made;
}

void Statement::prepare_to_bind() {
    if (started_) reset();
}

Statement& Statement::bind(int at, std::int64_t value) {
    prepare_to_bind();
    const int result = sqlite3_bind_int64(statement_.get(), at, value);
    ASSERT(result == SQLITE_OK);
    return *this;
}

Statement& Statement::bind(int at, std::string_view text) {
    prepare_to_bind();
    const int result = sqlite3_bind_text64(statement_.get(), at, text.data(), text.size(),
                                           SQLITE_STATIC, SQLITE_UTF8);
    ASSERT(result == SQLITE_OK);
    return *this;
}

Statement& Statement::bind(int at, std::span<const std::byte> blob) {
    prepare_to_bind();
    // A null pointer would bind NULL instead of an empty blob.
    const int result = blob.empty() ? sqlite3_bind_zeroblob(statement_.get(), at, 0)
                                    : sqlite3_bind_blob64(statement_.get(), at, blob.data(),
                                                          blob.size(), SQLITE_STATIC);
    ASSERT(result == SQLITE_OK);
    return *this;
}

Statement& Statement::bind_copy(int at, std::string_view text) {
    prepare_to_bind();
    const int result = sqlite3_bind_text64(statement_.get(), at, text.data(), text.size(),
                                           SQLITE_TRANSIENT, SQLITE_UTF8);
    ASSERT(result == SQLITE_OK);
    return *this;
}

Statement& Statement::bind_null(int at) {
    prepare_to_bind();
    const int result = sqlite3_bind_null(statement_.get(), at);
    ASSERT(result == SQLITE_OK);
    return *this;
}

Result<bool> Statement::step() {
    started_ = true;
    const int result = sqlite3_step(statement_.get());
    if (result == SQLITE_ROW) return true;
    if (result == SQLITE_DONE) {
        reset();
        return false;
    }
    Error failed = error();
    reset();
    return failed;
}

Result<void> Statement::run() {
    TRY(row, step());
    ASSERT(!row);
    return {};
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
    started_ = false;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
    const auto* bytes = sqlite3_column_text(statement_.get(), column);
    if (bytes == nullptr) return {};
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return {reinterpret_cast<const char*>(bytes), size};
}

std::span<const std::byte> Statement::blob(int column) const {
    const auto* bytes =
        static_cast<const std::byte*>(sqlite3_column_blob(statement_.get(), column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}
bool Statement::is_integer(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_INTEGER;
}
bool Statement::is_blob(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_BLOB;
}

int Statement::columns() const {
    return sqlite3_column_count(statement_.get());
}

std::string Statement::column_name(int column) const {
    const char* name = sqlite3_column_name(statement_.get(), column);
    return name == nullptr ? std::string{} : std::string{name};
}

int Statement::parameters() const {
    return sqlite3_bind_parameter_count(statement_.get());
}

std::string Statement::parameter_name(int at) const {
    const char* name = sqlite3_bind_parameter_name(statement_.get(), at);
    return name == nullptr ? std::string{} : std::string{name + 1};
}

bool Statement::read_only() const {
    return sqlite3_stmt_readonly(statement_.get()) != 0;
}

Error Statement::error() const {
    sqlite3* handle = sqlite3_db_handle(statement_.get());
    return database_error(handle, "cannot use", path_);
}

} // namespace grekko::sqlite
