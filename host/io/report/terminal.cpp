// The document as text: labels, values and notes in columns, tables aligned, never wider than 100.
#include <algorithm>

#include "io/report/document.hpp"
#include "io/report/report.hpp"

namespace grekko::report {
namespace {

constexpr std::size_t width_max = 100;
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

void draw(const Line& line, std::string& out) {
    const std::size_t rest = width_max - 2 - label_width - 1;
    out += "  " + padded(line.label, label_width, Align::left) + " ";
    if (line.note.empty()) {
        out += cut(line.value, rest);
    } else {
        const std::size_t width = std::max(value_width, columns(line.value));
        const std::string value = cut(line.value, rest);
        out += padded(value, std::min(width, rest), Align::left);
        if (width + 2 < rest) out += "  " + cut(line.note, rest - width - 2);
    }
    end_line(out);
}

std::vector<std::size_t> widths_of(const Table& table) {
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
    while (total > width_max) { // the widest column gives way
        auto widest = std::max_element(widths.begin(), widths.end());
        --*widest;
        --total;
    }
    return widths;
}

void draw(const Table& table, std::string& out) {
    const auto widths = widths_of(table);
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

std::string terminal(const Report& report) {
    const Document shown = document(report);
    std::string out = cut(shown.title, width_max) + "\n";
    for (const std::string& warning : shown.warnings)
        out += cut("! " + warning, width_max) + "\n";
    for (const Section& section : shown.sections) {
        out += "\n" + section.title + "\n";
        for (const Line& line : section.lines)
            draw(line, out);
        for (const Table& table : section.tables)
            draw(table, out);
    }
    return out;
}

} // namespace grekko::report
