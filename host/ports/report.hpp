// Report: everything said about one run, as plain values: what research/report counts and
// io/report draws. No decisions follow from it and no journal holds it, so it speaks in doubles;
// fills and round trips keep their exact amounts. docs/reference/report.md explains each figure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"

namespace grekko::ports {

// A figure with its 90 % interval, or the reason why there is none.
struct Estimate {
    std::optional<double> value, low, high;
    std::string why;
};

enum class RunKind : std::uint8_t { backtest = 1, paper, live };
enum class DataOrigin : std::uint8_t { real = 1, synthetic };

// What must stand above every report. `make` of it is the caller's: only it knows the run.
struct ReportHeader {
    RunKind kind{RunKind::backtest};
    DataOrigin origin{DataOrigin::real};
    bool without_funding{false};
    std::string title;                    // "BTC-USD 1h, three agents"
    std::string agent_family;             // agents without their parameters, "ema_cross"
    std::string version;                  // of the host
    std::vector<std::string> tape_hashes; // "BTC-USD 1h sha256:…"
    Instant from, to;                     // what was traded, warm-up excluded
    Duration warm_up;
    std::uint64_t gaps{0};     // intervals or records missing inside the span
    std::string fill_interval; // "1h bars", "order book"
    std::string queue_model;   // "risk_averse", "none (bars)"
    std::string latency_model; // "log-normal, 80/400 ms, feed 50 ms"
    std::string fees;          // "coinbase retail, 2026-08-09: 0.40 % / 0.60 %"
    std::uint64_t seed{0};
    std::string config_hash;
    std::string run_hash;   // of all that makes the run: configuration, options, code of the agents
    std::string look_ahead; // "passed", "not run"
    std::vector<std::string> disabled_checks;
    std::uint64_t trials{1};           // on this tape and agent family, this one included
    std::vector<double> trial_sharpes; // of a day, of the other trials
    double trial_correlation{0};       // mean over pairs of trials
};

struct ReportReturns {
    std::int64_t days{0};
    std::uint64_t round_trips{0};
    bool long_enough{false};
    double nav_start{0}, nav_end{0}, transfers{0}, net{0}; // base currency
    Estimate total, annual, sharpe, sortino, calmar, drawdown, loss_in_a_year;
    Instant drawdown_peak, drawdown_trough, drawdown_recovered;
    Duration drawdown_longest;
};

struct ReportBenchmarks {
    Estimate hold, constant_weight, excess; // returns; excess = total - hold
    double weight{0};                       // mean net exposure
    double cost_a_side{0};                  // fraction, the run's own
    Estimate random_median, percentile;     // money; 0 … 1
    Estimate alpha, beta, r_squared;        // alpha a year
};

struct ReportExposure {
    double time_in_market{0};                                                // share of time
    double gross_mean{0}, gross_max{0}, net_mean{0}, net_max{0}, net_min{0}; // × NAV
    Estimate return_per_exposure;
    double traded{0};   // base currency, both sides
    double turnover{0}; // traded / mean NAV
};

// One run again with one thing changed.
struct Rerun {
    std::string name; // "fees × 1.5"
    double total{0}, net{0};
    std::optional<double> sharpe;
    std::uint64_t round_trips{0};
};
struct ReportCosts { // base currency; gross - spread - … - funding = net
    double gross{0}, spread{0}, impact{0}, delay{0}, fees{0}, funding{0}, net{0};
    double traded{0};
    Estimate break_even;    // a side, fraction of what is traded
    Estimate passive_share; // of the traded value
    std::vector<Rerun> reruns;
};

struct ReportLuck {
    Estimate probabilistic, deflated;
    double threshold{0}; // Sharpe of a day that luck alone would have shown
    double effective_trials{1};
    double skewness{0}, kurtosis{3};
};

struct ReportFill {
    Instant at;
    std::string agent, instrument, venue, purpose, liquidity;
    bool buy{true};
    Price price, mark;
    Quantity quantity;
    Notional value, fee; // quote currency
    std::uint64_t order{0}, intent{0};
};

struct ReportRoundTrip {
    std::string agent, instrument;
    bool bought{true};
    bool open{false}; // at the end of the run; not in the statistics
    Instant opened, closed;
    Quantity quantity;                  // all that was entered
    Price entry, exit;                  // means
    Notional gross, fees, funding, net; // quote currency
    std::optional<double> r;            // net / what its stops put at risk at entry
    double adverse{0}, favourable{0};   // MAE <= 0 <= MFE, quote currency
    std::optional<double> adverse_r, favourable_r;
    std::uint64_t intent{0}; // of the first entry
    std::string regime;      // "trend, calm"; empty: not enough history
};

struct TradeGroup {
    std::string name;
    std::uint64_t count{0}, won{0};
    double net{0};
    Estimate r; // mean
};
struct ReportTrades {
    TradeGroup all;
    Estimate win_rate, payoff, adverse_r, favourable_r;
    std::optional<double> held_hours;
    double without_five_best{0};
    std::vector<TradeGroup> by_hour, by_regime, by_agent;
    std::vector<std::size_t> best, worst; // places in Report::round_trips
};

struct Count {
    std::string name;
    std::uint64_t count{0};
};
struct AgentVotes {
    std::string agent;
    std::uint64_t approved{0}, rejected{0}, abstained{0}, vetoed{0}, late{0}, missed{0};
    std::uint64_t scored{0};
    std::optional<double> hit_rate, confidence, skill;
    double value{0}; // of its votes, base currency
    Estimate value_a_vote;
};
struct ReportConsensus {
    std::uint64_t intents{0}, rounds{0};
    std::vector<Count> outcomes, refusals;
    std::optional<double> closing_ms_median, closing_ms_p95, closing_ms_max;
    std::vector<AgentVotes> agents;
    Estimate passed, not_passed; // mean outcome of a round, fraction of price
    Estimate vote;               // return with the vote - without it
};

struct CheckCount {
    int number{0};
    std::string name;
    std::uint64_t denied{0}, reduced{0}, near_misses{0};
};
struct Incident {
    Instant at;
    std::string what;
};
struct ReportRisk {
    std::uint64_t assessed{0}, approved{0}, denied{0}, dust{0};
    std::vector<CheckCount> checks;
    std::vector<Incident> breakers, states, faults;
};

struct EquityPoint { // wealth from 1
    Instant at;
    double run{1}, drawdown{0}, gross{0}, net{0};
    std::optional<double> hold, weight;
};
struct MonthCell {
    int year{0}, month{0}; // 1 … 12
    double value{0};
};
struct PricePoint {
    Instant at;
    double price{0};
};
struct PriceChart {
    std::string instrument;
    std::vector<PricePoint> points;
};

struct AgentResult { // split of closed intents, base currency
    std::string agent;
    std::uint64_t fills{0};
    double traded{0}, fees{0};
    double signal{0}, delay{0}, execution{0}, intent_fees{0}, funding{0}, not_taken{0};
};

struct Report {
    ReportHeader header;
    std::string currency; // base
    ReportReturns returns;
    ReportBenchmarks benchmarks;
    ReportExposure exposure;
    ReportCosts costs;
    ReportLuck luck;
    ReportTrades trades;
    ReportConsensus consensus;
    ReportRisk risk;
    std::vector<AgentResult> agents;
    std::vector<EquityPoint> equity; // thinned for drawing
    std::vector<MonthCell> months;
    std::vector<PriceChart> prices; // thinned for drawing
    std::vector<ReportFill> fills;
    std::vector<ReportRoundTrip> round_trips;
    std::uint64_t rows_left_out{0}; // fills and trips beyond the limit
    std::vector<double> daily;      // returns by UTC day, for the log of trials
};

} // namespace grekko::ports
