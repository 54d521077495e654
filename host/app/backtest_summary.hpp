// The summary of a backtest: what was counted, as JSON for summary.json and --output json.
// The statistics are the report's, not here.
// `grekko backtest` writes it.
#pragma once

#include <string>

#include "app/report/backtest_run.hpp"

namespace grekko::app {

// `report`: the folder that holds the report, empty: none was written. Ends with a line break.
std::string summary_json(const BacktestParts& parts, const BacktestOutcome& outcome,
                         const ports::Report& report, const std::string& folder);

} // namespace grekko::app
