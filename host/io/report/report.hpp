// Draws a Report: a table for a terminal, and a folder with a page, tables and JSON for all else.
// It counts nothing: every figure is in the model. The page needs no network and no other file.
// backtest, run and report call it once the report is built. [any thread]
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "ports/report.hpp"

namespace grekko::report {

using ports::Report;

inline constexpr std::size_t terminal_width_min = 60, terminal_width_max = 100;

// At most `width` columns wide (within the two above), UTF-8, ends with a line break. Sections in
// the order of the reference.
std::string terminal(const Report& report, std::size_t width = terminal_width_max);

// One page with styles, script and data inside; asks for nothing from outside.
std::string html(const Report& report);

// Everything in the model; absent figures are {"why": …}, amounts decimal strings.
std::string json(const Report& report);

struct ReportFiles {
    std::filesystem::path page, data, fills, round_trips, equity;
};
// Writes report.html, report.json, fills.csv, round_trips.csv and equity.csv into the folder, which
// is made if need be; files of these names are replaced. io_error names the file and the reason.
Result<ReportFiles> write_report(const Report& report, const std::filesystem::path& folder);

} // namespace grekko::report
