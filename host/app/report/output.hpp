// Where a report goes besides its folder: the terminal, as wide as that is.
// It writes none of the report's files: io/report does.
// The commands call it.
#pragma once

#include "io/report/report.hpp"

namespace grekko::app {

// The report as a table on standard output.
void print_report(const ports::Report& report);

// Columns of the terminal on standard output; terminal_width_max where there is none.
std::size_t terminal_width();

} // namespace grekko::app
