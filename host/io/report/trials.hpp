// The log of trials: one line a backtest, so that a report can say how many were made on a tape
// with a family of agents before one looked good (trading rules §9.6). It judges nothing.
// backtest and the optimiser read it before a run and append to it afterwards. [any thread]
#pragma once

#include <filesystem>
#include <string>

#include "base/result.hpp"
#include "ports/report.hpp"

namespace grekko::report {

// The key of a tape in the log: all hashes of the header.
std::string tape_key(const ports::ReportHeader& header);

// Fills trials, trial_sharpes and trial_correlation of the header from the log's lines about the
// same tapes and family. A run again with an equal run_hash (without one: configuration and seed)
// is no new trial; this run counts as one. A missing file is an empty log; a damaged line is
// `corrupt` with its number.
Result<void> count_trials(const std::filesystem::path& log, ports::ReportHeader& header);

// Appends the finished run. io_error where the file cannot be written.
Result<void> log_trial(const std::filesystem::path& log, const ports::Report& report);

} // namespace grekko::report
