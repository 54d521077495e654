// The look-ahead tests of this configuration's agents on a recorded market: reads the market once
// and makes each run afresh for research::look_ahead. It compares nothing itself.
// `grekko check --look-ahead` runs it; the report's header takes its result.
#pragma once

#include <functional>
#include <string>

#include "app/backtest.hpp"
#include "io/report/look_ahead_log.hpp"
#include "research/look_ahead/look_ahead.hpp"

namespace grekko::app {

struct LookAheadOptions {
    BacktestOptions backtest; // without dates
    std::size_t cuts{50};
    std::function<void(std::uint64_t done, std::uint64_t total)> progress;
};
struct LookAheadRun {
    research::LookAheadResult result;
    std::string tape; // as a report's header names it
};
Result<LookAheadRun> run_look_ahead(const config::Config& config, const LookAheadOptions& options);

// For the log that reports read.
report::LookAheadVerdict verdict_of(const LookAheadRun& run);

// Everything in the result as JSON, with "passed" and "summary" first.
std::string look_ahead_json(const research::LookAheadResult& result);

} // namespace grekko::app
