// Compares a text with a golden file under tests/golden, and rewrites that file when the test runs
// with GREKKO_SNAP_UPDATE=1: read the difference in git before committing it.
// It is not for texts with times, paths or chance in them; leave these out of the text first.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"

namespace grekko::tests {

inline std::filesystem::path golden_path(std::string_view name) {
    return std::filesystem::path{GREKKO_SOURCE_DIR} / "tests/golden" / name;
}

inline bool golden_update_wanted() {
    const char* value = std::getenv("GREKKO_SNAP_UPDATE");
    return value != nullptr && std::string_view{value} == "1";
}

namespace detail {

inline std::string_view line_at(std::string_view text, std::size_t start) {
    return text.substr(start, text.find('\n', start) - start);
}

// "line 7: expected `a`, got `b`": where two texts first differ.
inline std::string first_difference(std::string_view expected, std::string_view actual) {
    const auto shared = std::min(expected.size(), actual.size());
    const auto end = expected.begin() + static_cast<std::ptrdiff_t>(shared);
    const auto at = std::mismatch(expected.begin(), end, actual.begin()).first - expected.begin();
    const auto common = expected.substr(0, static_cast<std::size_t>(at));
    const auto line_start = common.rfind('\n') == common.npos ? 0 : common.rfind('\n') + 1;
    const auto line = 1 + std::count(common.begin(), common.end(), '\n');
    return "line " + std::to_string(line) + ": expected `" +
           std::string{line_at(expected, line_start)} + "`, got `" +
           std::string{line_at(actual, line_start)} + "`";
}

} // namespace detail

// As matches_golden, with a file anywhere and the wish to update given.
inline testing::AssertionResult matches_file(const std::filesystem::path& file,
                                             std::string_view actual, bool update) {
    if (update) {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream{file, std::ios::binary | std::ios::trunc} << actual;
    }
    if (!std::filesystem::exists(file)) {
        return testing::AssertionFailure()
               << file << " does not exist; run once with GREKKO_SNAP_UPDATE=1 to write it";
    }
    const auto expected = read_file(file);
    if (expected == actual) {
        return testing::AssertionSuccess();
    }
    return testing::AssertionFailure()
           << file << " differs at " << detail::first_difference(expected, actual)
           << "; if this is meant, run with GREKKO_SNAP_UPDATE=1";
}

// EXPECT_TRUE(matches_golden("report/summary.txt", text))
inline testing::AssertionResult matches_golden(std::string_view name, std::string_view actual) {
    return matches_file(golden_path(name), actual, golden_update_wanted());
}

} // namespace grekko::tests
