// The document as text: labels, values and notes in columns, tables aligned, as wide as asked.
#include <algorithm>
#include <ranges>

#include "io/report/document.hpp"
#include "io/report/report.hpp"

namespace grekko::report {
namespace {

constexpr std::size_t label_width = 29;
constexpr std::size_t value_width = 26;

// Characters, not bytes: continuation bytes of UTF-8 take no column.
std::size_t columns(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

std::string cut(std::string_view text, std::size_t width) {
    if (columns(text) <= width) return std::string{text};
    std::string kept;
    for (const char byte : text) {
        const bool begins = (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
        if (begins && columns(kept) + 1 == width) break;
        kept += byte;
    }
    return kept + "…";
}

enum class Align { left, right };

std::string padded(std::string_view text, std::size_t width, Align align) {
    const std::string shown = cut(text, width);
    const std::string space(width - columns(shown), ' ');
    return align == Align::left ? shown + space : space + shown;
}

void end_line(std::string& out) {
    while (out.ends_with(' '))
        out.pop_back();
    out += '\n';
}

// Words in lines of at most `width` columns; a word that is longer is broken.
std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines{""};
    while (!text.empty()) {
        const std::size_t blank = std::min(text.find(' '), text.size());
        std::string_view word = text.substr(0, blank);
        text.remove_prefix(std::min(blank + 1, text.size()));
        if (!lines.back().empty() && columns(lines.back()) + 1 + columns(word) > width)
            lines.emplace_back();
        if (!lines.back().empty()) lines.back() += ' ';
        for (const char byte : word) {
            const bool begins = (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
            if (begins && columns(lines.back()) == width) lines.emplace_back();
            lines.back() += byte;
        }
    }
    return lines;
}

// The note stands behind the value where both fit, else on lines of its own.
void draw(const Line& line, std::size_t width_max, std::string& out) {
    const std::size_t rest = width_max - 2 - label_width - 1;
    std::vector<std::string> lines;
    const std::size_t value = std::max(value_width, columns(line.value));
    if (!line.note.empty() && value + 2 + columns(line.note) <= rest) {
        lines = {padded(line.value, value, Align::left) + "  " + line.note};
    } else {
        lines = wrapped(line.value, rest);
        if (!line.note.empty()) {
            for (const std::string& more : wrapped(line.note, rest - 2))
                lines.push_back("  " + more);
        }
    }
    std::string_view label = line.label;
    for (const std::string& one : lines) {
        out += "  " + padded(label, label_width, Align::left) + " " + one;
        end_line(out);
        label = {};
    }
}

// Text gives way before numbers do, the widest column first.
std::vector<std::size_t> widths_of(const Table& table, std::size_t width_max) {
    std::vector<std::size_t> widths;
    for (const std::string& head : table.head)
        widths.push_back(columns(head));
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], columns(row[i]));
        }
    }
    std::size_t total = 2;
    for (const std::size_t width : widths)
        total += width + 2;
    constexpr std::size_t text_min = 8;
    for (; total > width_max; --total) {
        const auto texts = widths.begin() + static_cast<std::ptrdiff_t>(table.text_columns);
        auto widest = std::max_element(widths.begin(), texts);
        if (widest == texts || *widest <= text_min) widest = std::ranges::max_element(widths);
        --*widest;
    }
    return widths;
}

void draw(const Table& table, std::size_t width_max, std::string& out) {
    const auto widths = widths_of(table, width_max);
    const auto row_of = [&](const std::vector<std::string>& cells) {
        out += "  ";
        for (std::size_t i = 0; i < cells.size(); ++i) {
            out += padded(cells[i], widths[i], i < table.text_columns ? Align::left : Align::right);
            out += "  ";
        }
        end_line(out);
    };
    out += "\n  " + cut(table.caption, width_max - 2) + "\n";
    row_of(table.head);
    for (const auto& row : table.rows)
        row_of(row);
}

} // namespace

std::string terminal(const Report& report, std::size_t width) {
    width = std::clamp(width, terminal_width_min, terminal_width_max);
    const Document shown = document(report);
    std::string out;
    for (const std::string& one : wrapped(shown.title, width))
        out += one + "\n";
    for (const std::string& warning : shown.warnings)
        for (const std::string& one : wrapped("! " + warning, width))
            out += one + "\n";
    for (const Section& section : shown.sections) {
        out += "\n" + section.title + "\n";
        for (const Line& line : section.lines)
            draw(line, width, out);
        for (const Table& table : section.tables)
            draw(table, width, out);
    }
    return out;
}

} // namespace grekko::report
