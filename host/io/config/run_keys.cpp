// The keys of a run on the synthetic market and of a backtest.
#include "io/config/keys.hpp"

namespace grekko::config {
namespace {

void add_run(Schema& schema) {
    schema.add(keys::list("run.symbols", "BTC-USD", "Symbols to trade."));
    schema.add(keys::text("run.venue", "coinbase", "Venue whose rules the paper venue follows."));
    schema.add(keys::amount("run.speed", "60", {"0", "100000", "times real time"},
                            "Pace of the synthetic market; 0: as fast as it goes."));
    schema.add(keys::whole("run.seed", "1", {"0", "", ""},
                           "Seed of everything that is drawn; equal seeds give equal runs."));
    schema.add(keys::text("run.profile", "tape",
                          "[profile.NAME] of each agent.toml that applies; empty: none."));
    schema.add(keys::whole("run.warmup", "1500", {"0", "2000", "bars"},
                           "Bars of history that the synthetic market begins with."));
    schema.add(keys::duration("run.interval", "5s", {"1s", "1d", ""}, "Interval of those bars."));
    schema.add(
        keys::choice("run.fees", {"none", "listed"}, "none",
                     "none: a show without fees, and labelled so; listed: those of the listings."));
    schema.add(keys::text("backtest.profile", "", "As run.profile, for backtests."));
    schema.add(
        keys::choice("backtest.fees", {"none", "listed"}, "listed", "As run.fees, for backtests."));
    schema.add(keys::choice("backtest.queue", {"risk_averse", "prob"}, "risk_averse",
                            "How a resting order advances in a level that shrinks."));
    schema.add(keys::duration("backtest.reconcile_each", "1d", {"1s", "30d", ""},
                              "As execution.reconcile_each, for backtests: nobody else trades on "
                              "a simulated account."));
    schema.add(keys::duration("backtest.settle", "1h", {"0s", "7d", ""},
                              "Time after the last record in which orders may still end."));
}

} // namespace

void add_run_keys(Schema& schema) {
    add_run(schema);
}

} // namespace grekko::config
