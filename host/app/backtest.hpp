// One backtest out of the configuration: source, venues, agents and settings put together, ready
// for a research::Session. It neither runs it nor prints it.
// `grekko backtest` runs it, `grekko journal replay` and the tests make it a second time.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/settings/settings.hpp"
#include "app/tally.hpp"
#include "app/wire.hpp"

namespace grekko::app {

// What a re-run of the report changes, one thing at a time (trading rules §9.5).
struct Changes {
    Decimal fees{1_d}, size{1_d}; // factors; size: of the money and of order_value_cap
    std::int64_t latency{1};      // factor
    std::string queue;            // empty: backtest.queue
    bool next_opening{false};     // on bars, the first fill a bar later
};

struct BacktestOptions {
    SourceRequest source;
    std::vector<std::string> agents;          // names or folders; empty: [[agents]]
    std::optional<std::string> profile, fees; // none: backtest.profile, backtest.fees
    std::optional<std::uint64_t> seed;        // none: run.seed
    std::string from, to;                     // dates, empty: all
    bool consensus_off{false};
    std::string fill;  // "bars", "book", "synthetic"; empty: by the source
    std::string start; // of the session; empty: just before the first record
    std::string live;  // until then agents only warm up; empty: from the start
    Changes changes;   // not in the session file
};

// Everything a session needs, owned; `request` borrows from it. Not movable once made.
struct BacktestParts {
    Source source;
    std::vector<Cash> cash;
    Venues venues;
    Agents agents;
    std::string fees, profile, queue;
    Duration warm_up;                 // of the agent that may act first
    research::SessionRequest request; // without journal and hooks
};
Result<std::unique_ptr<BacktestParts>> make_backtest(const config::Config& config,
                                                     const BacktestOptions& options,
                                                     const script::Sink& sink);
// On a market that is open already; without a reader `request.source` stays null.
Result<std::unique_ptr<BacktestParts>> make_backtest(const config::Config& config,
                                                     const BacktestOptions& options,
                                                     const script::Sink& sink, Source source);

} // namespace grekko::app
