// Report: all nine points of trading rules §9 from what a Collector has seen. It counts and
// estimates; it draws nothing (io/report does) and decides nothing. Equal inputs give equal bits.
// backtest, run and report call build() once at the end.
#pragma once

#include <string>
#include <vector>

#include "ports/report.hpp"
#include "research/report/collector.hpp"

namespace grekko::report {

using ports::Report;
using Header = ports::ReportHeader;

// Other runs of the same tape that this report compares itself with.
struct Companions {
    std::vector<ports::Rerun> reruns;       // fees × 1.5, latency × 2, …
    std::vector<double> daily_without_vote; // Report::daily with consensus off; empty: not run
};

// Figures without enough behind them are absent and say why. `header.from` and `to` are filled
// from the NAV samples where they are none.
Report build(const Collector& collector, const Header& header, const Companions& companions = {});

// The line about a finished run for the table of another's re-runs.
ports::Rerun rerun_of(const std::string& name, const Report& report);

} // namespace grekko::report
