// CsvRow: one line split into its cells. Cells may stand in quotes, with "" for a quote inside; a
// quoted cell ends on its line. It knows no meaning of cells: csv_mapping has it. csv_source uses
// one over and over, so that a row costs no memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace grekko::importing {

class CsvRow {
public:
    static constexpr std::size_t cells_max = 512;

    // The cells are views into `line` (or into this row where they held quotes), blanks around
    // them dropped. invalid_input: an open quote, text behind a quote; limit_exceeded.
    Result<void> split(std::string_view line, char delimiter);
    const std::vector<std::string_view>& cells() const { return cells_; }

private:
    Result<std::string_view> take_quoted(std::string_view& rest, char delimiter);

    std::vector<std::string_view> cells_;
    std::vector<std::string> unquoted_;
    std::size_t unquoted_used_{0};
};

} // namespace grekko::importing
