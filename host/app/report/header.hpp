// The header of a report, which cannot be switched off (trading rules §9): what was run, on what,
// and under which models of fills, fees and latency. It counts nothing: the report does.
// backtest_run.cpp and journal_report.cpp make one.
#pragma once

#include <string>
#include <vector>

#include "app/backtest.hpp"
#include "app/report/feed.hpp"
#include "ports/report.hpp"

namespace grekko::app {

struct HeaderFacts {
    ports::RunKind kind{ports::RunKind::backtest};
    std::string title;
    std::vector<std::string> tapes; // with their hashes
    bool bars{false};               // fills come from bars
    bool synthetic{false};
    std::string queue;
    std::uint64_t seed{1};
    std::string config_hash;
    risk::CheckSet disabled{0};
    std::string options; // of the command, all that changes the run; for run_hash
};
HeaderFacts facts_of(const BacktestParts& parts, const BacktestOptions& options);

// Which instruments a tape holds, with its hash: "BTC-USD, ETH-USD sha256:…".
std::string tape_text(const Universe& universe, const std::string& hash);

// Without what earlier runs have left: recall() of book_logs.hpp adds that.
ports::ReportHeader make_header(const config::Config& config, const Universe& universe,
                                const HeaderFacts& facts, const ReportFeed& feed);

// "coinbase 0.40 % maker, 0.60 % taker: dearest retail tier …"; "none: …" where all are zero.
std::string fees_text(const config::Config& config, const Universe& universe);
// "log-normal, median 80 ms, 99 % below 400 ms, each way; …"
std::string latency_text(const config::Config& config, const Universe& universe);

} // namespace grekko::app
