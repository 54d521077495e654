#include "app/help.hpp"

#include <algorithm>

namespace grekko::app {
namespace {

constexpr std::size_t deepest_column = 40;

// Where the second column of a line begins; where there is none, its indentation.
std::size_t hanging(std::string_view line) {
    const std::size_t text = std::min(line.find_first_not_of(' '), line.size());
    const std::size_t gap = line.find("  ", text);
    if (gap == std::string_view::npos) return text;
    const std::size_t column = line.find_first_not_of(' ', gap);
    return column == std::string_view::npos || column > deepest_column ? text : column;
}

void fold(std::string& out, std::string_view line, std::size_t width) {
    const std::size_t column = hanging(line);
    std::string indent;
    while (columns(line) > width - indent.size()) {
        // The last blank that fits, but none of the first column.
        std::size_t cut = std::string_view::npos;
        const std::size_t from = indent.empty() ? column : 0;
        for (std::size_t at = line.find(' ', from); at != std::string_view::npos;
             at = line.find(' ', at + 1)) {
            if (at == from || columns(line.substr(0, at)) > width - indent.size()) break;
            cut = at;
        }
        if (cut == std::string_view::npos) break;
        out += indent + std::string{line.substr(0, cut)} + "\n";
        line = line.substr(cut + 1);
        indent = std::string(column, ' ');
    }
    out += indent + std::string{line} + "\n";
}

} // namespace

std::size_t columns(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string fold_help(std::string_view text, std::size_t width) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        fold(out, text.substr(0, end), width);
        text = text.substr(std::min(end + 1, text.size()));
    }
    return out;
}

std::string words_or(const std::vector<std::string>& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
        out += words[i];
    }
    return out;
}

} // namespace grekko::app
