// query: one SELECT against a database of this program, as texts: for `grekko journal query` and
// the tools that answer questions of people. It cannot change, attach or create anything, and ends
// by itself when it takes too long.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace grekko::sqlite {

struct QueryLimits {
    std::size_t rows{1'000};
    std::uint64_t steps{500'000'000}; // of SQLite's machine: some seconds
};

struct QueryTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::optional<std::string>>> rows; // nullopt: NULL; blobs as hex
    bool cut{false};                                           // there are more rows
};

// Errors: invalid_input (not one SELECT), invalid_argument (it would change something),
// limit_exceeded (too many steps), not_found.
Result<QueryTable> query(const std::filesystem::path& database, std::string_view sql,
                         const QueryLimits& limits = {});

} // namespace grekko::sqlite
