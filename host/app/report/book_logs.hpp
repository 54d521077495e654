// What the folder of books remembers of earlier runs: which backtests were tried, and which agents
// passed the look-ahead tests. It makes the folder; the lines are io/report's.
// The commands backtest, report, run and check call it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "io/config/config.hpp"
#include "io/report/look_ahead_log.hpp"
#include "ports/report.hpp"

namespace grekko::app {

std::filesystem::path trials_log(const config::Config& config);     // book.folder/trials.jsonl
std::filesystem::path look_ahead_log(const config::Config& config); // …/look-ahead.jsonl

// Fills what the header says of earlier runs: trials of a backtest, and the look-ahead tests of its
// agents (lines of ReportFeed::code). corrupt: a damaged line, with its place.
Result<void> recall(const config::Config& config, const std::vector<std::string>& agents,
                    ports::ReportHeader& header);

// Add a line, making the folder where it is missing. io_error: it cannot be made or written.
Result<void> keep_trial(const config::Config& config, const ports::Report& report);
Result<void> keep_look_ahead(const config::Config& config, const report::LookAheadVerdict& verdict);

} // namespace grekko::app
