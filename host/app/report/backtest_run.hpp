// One backtest from its parts to its report, and the re-runs that a report compares itself with:
// each is a whole run through the same session with one thing changed (trading rules §9.5). It
// prints nothing and writes no file but the journal it is given.
// `grekko backtest` and `grekko report --reruns` call it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/backtest.hpp"
#include "app/report/feed.hpp"
#include "app/report/header.hpp"
#include "research/report/report.hpp"

namespace grekko::app {

struct BacktestHooks {
    std::function<void(std::uint64_t records)> progress; // of the market, so far
    std::function<void(const AlertOperator&)> alert;
};

struct BacktestOutcome {
    research::SessionResult result;
    Tally tally;
    std::unique_ptr<ReportFeed> feed;
    ports::ReportHeader header; // trials not yet counted
};
// Runs it. `journal` null: none is kept.
Result<BacktestOutcome> run_backtest(BacktestParts& parts, const BacktestOptions& options,
                                     const config::Config& config, ports::Journal* journal,
                                     const BacktestHooks& hooks);

// A second reader of the same market, from its start.
Result<std::unique_ptr<ports::TapeReader>> read_again(const Source& source,
                                                      const SourceRequest& request);

struct Rerun {
    std::string name; // "fees × 1.5"
    std::function<void(BacktestOptions&)> change;
};
// Those that mean something on this market; `prob` needs a book, the later opening needs bars.
std::vector<Rerun> reruns_for(bool bars, const std::string& queue);

// All of them, and the run without consensus unless the run itself had none. `began` is told the
// name of each before it begins.
Result<report::Companions> run_again(const config::Config& config, const BacktestOptions& options,
                                     const BacktestParts& parts,
                                     const std::function<BacktestHooks(const std::string&)>& began);

} // namespace grekko::app
