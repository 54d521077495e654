#include "io/import/csv_row.hpp"

namespace grekko::importing {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

} // namespace

// `rest` begins behind the opening quote; afterwards at the delimiter or the end.
Result<std::string_view> CsvRow::take_quoted(std::string_view& rest, char delimiter) {
    if (unquoted_used_ == unquoted_.size()) unquoted_.emplace_back();
    std::string& text = unquoted_[unquoted_used_++];
    text.clear();
    while (true) {
        const std::size_t quote = rest.find('"');
        if (quote == rest.npos) {
            return make_error(ErrorCode::invalid_input, "a quote is opened and not closed");
        }
        text.append(rest.substr(0, quote));
        rest.remove_prefix(quote + 1);
        if (!rest.starts_with('"')) break;
        text.push_back('"');
        rest.remove_prefix(1);
    }
    while (!rest.empty() && rest.front() != delimiter && (rest[0] == ' ' || rest[0] == '\t'))
        rest.remove_prefix(1);
    if (!rest.empty() && rest.front() != delimiter) {
        return make_error(ErrorCode::invalid_input, "text follows a closing quote");
    }
    return std::string_view{text};
}

Result<void> CsvRow::split(std::string_view line, char delimiter) {
    cells_.clear();
    unquoted_used_ = 0;
    unquoted_.reserve(cells_max); // views into them must not move
    std::string_view rest = line;
    while (true) {
        if (cells_.size() == cells_max) {
            return make_error(ErrorCode::limit_exceeded,
                              "more than " + std::to_string(cells_max) + " cells");
        }
        std::size_t start = 0;
        while (start < rest.size() && rest[start] == ' ')
            ++start;
        if (start < rest.size() && rest[start] == '"') {
            rest.remove_prefix(start + 1);
            TRY(cell, take_quoted(rest, delimiter));
            cells_.push_back(cell);
            if (rest.empty()) return {};
            rest.remove_prefix(1);
            continue;
        }
        const std::size_t end = rest.find(delimiter);
        cells_.push_back(trimmed(rest.substr(0, end)));
        if (end == rest.npos) return {};
        rest.remove_prefix(end + 1);
    }
}

} // namespace grekko::importing
