// Document: a report as sections of lines and tables in words, before it is drawn. The terminal and
// the page show the same document, so they cannot disagree. It holds no charts.
// terminal.cpp and html.cpp draw it.
#pragma once

#include <string>
#include <vector>

#include "ports/report.hpp"

namespace grekko::report {

struct Line {
    std::string label, value, note; // note: interval or remark
};
struct Table {
    std::string caption;
    std::vector<std::string> head;
    std::vector<std::vector<std::string>> rows; // as many cells as the head
    std::size_t text_columns{1};                // the first ones, aligned left
};
struct Section {
    std::string id, title; // id: anchor of the page and of the reference
    std::vector<Line> lines;
    std::vector<Table> tables;
};
struct Document {
    std::string title;
    std::vector<std::string> warnings; // cannot be switched off
    std::vector<Section> sections;
};
Document document(const ports::Report& report);

// What a figure means, for the page; docs/reference/report.md says it at length.
struct Definition {
    std::string label, text;
};
const std::vector<Definition>& definitions();

} // namespace grekko::report
