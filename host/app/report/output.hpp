// Where a report goes besides its folder: the terminal, as wide as that is, and the log of trials.
// It writes none of the report's files: io/report does.
// The commands call it.
#pragma once

#include "base/result.hpp"
#include "io/config/config.hpp"
#include "io/report/report.hpp"

namespace grekko::app {

// The report as a table on standard output.
void print_report(const ports::Report& report);

// Columns of the terminal on standard output; terminal_width_max where there is none.
std::size_t terminal_width();

// Adds the run to the log of trials, making its folder where it is missing.
Result<void> keep_trial(const config::Config& config, const ports::Report& report);

} // namespace grekko::app
