// The model as JSON: the file beside the page, and the data of its charts.
#include "io/report/json.hpp"

#include <nlohmann/json.hpp>

#include "io/report/report.hpp"

namespace grekko::report {
namespace {

using nlohmann::json;
using namespace ports;

json of(const std::optional<double>& value) {
    return value ? json(*value) : json(nullptr);
}

json of(const Estimate& e) {
    if (!e.value) return {{"value", nullptr}, {"why", e.why}};
    json out{{"value", *e.value}};
    if (e.low && e.high) out["interval_90"] = {*e.low, *e.high};
    return out;
}

std::string of(Instant at) {
    return at.is_none() ? "" : to_string(at);
}

json of(const ReportHeader& h) {
    const char* const kinds[] = {"", "backtest", "paper", "live"};
    return {{"kind", kinds[static_cast<int>(h.kind)]},
            {"synthetic", h.origin == DataOrigin::synthetic},
            {"without_funding", h.without_funding},
            {"title", h.title},
            {"agent_family", h.agent_family},
            {"version", h.version},
            {"tapes", h.tape_hashes},
            {"from", of(h.from)},
            {"to", of(h.to)},
            {"warm_up", to_string(h.warm_up)},
            {"gaps", h.gaps},
            {"fill_interval", h.fill_interval},
            {"queue_model", h.queue_model},
            {"latency_model", h.latency_model},
            {"fees", h.fees},
            {"seed", h.seed},
            {"config_hash", h.config_hash},
            {"run_hash", h.run_hash},
            {"look_ahead", h.look_ahead},
            {"disabled_checks", h.disabled_checks},
            {"trials", h.trials}};
}

json of(const ReportReturns& r) {
    return {{"days", r.days},
            {"round_trips", r.round_trips},
            {"long_enough", r.long_enough},
            {"nav_start", r.nav_start},
            {"nav_end", r.nav_end},
            {"transfers", r.transfers},
            {"net", r.net},
            {"total", of(r.total)},
            {"cagr", of(r.annual)},
            {"sharpe", of(r.sharpe)},
            {"sortino", of(r.sortino)},
            {"calmar", of(r.calmar)},
            {"drawdown", of(r.drawdown)},
            {"drawdown_peak", of(r.drawdown_peak)},
            {"drawdown_trough", of(r.drawdown_trough)},
            {"drawdown_recovered", of(r.drawdown_recovered)},
            {"drawdown_longest_seconds", r.drawdown_longest.count() / 1'000'000'000},
            {"loss_of_10_percent_in_a_year", of(r.loss_in_a_year)}};
}

json of(const ReportBenchmarks& b) {
    return {{"hold", of(b.hold)},
            {"excess", of(b.excess)},
            {"constant_weight", of(b.constant_weight)},
            {"weight", b.weight},
            {"cost_a_side", b.cost_a_side},
            {"random_median", of(b.random_median)},
            {"percentile", of(b.percentile)},
            {"alpha", of(b.alpha)},
            {"beta", of(b.beta)},
            {"r_squared", of(b.r_squared)}};
}

json of(const ReportExposure& e) {
    return {{"time_in_market", e.time_in_market},
            {"gross_mean", e.gross_mean},
            {"gross_max", e.gross_max},
            {"net_mean", e.net_mean},
            {"net_min", e.net_min},
            {"net_max", e.net_max},
            {"return_per_exposure", of(e.return_per_exposure)},
            {"traded", e.traded},
            {"turnover", e.turnover}};
}

json of(const ReportCosts& c) {
    json out{{"gross", c.gross},
             {"spread", c.spread},
             {"impact", c.impact},
             {"delay", c.delay},
             {"fees", c.fees},
             {"funding", c.funding},
             {"net", c.net},
             {"traded", c.traded},
             {"break_even", of(c.break_even)},
             {"passive_share", of(c.passive_share)},
             {"reruns", json::array()}};
    for (const Rerun& rerun : c.reruns) {
        out["reruns"].push_back({{"name", rerun.name},
                                 {"total", rerun.total},
                                 {"net", rerun.net},
                                 {"sharpe", of(rerun.sharpe)},
                                 {"round_trips", rerun.round_trips}});
    }
    return out;
}

json of(const std::vector<TradeGroup>& groups) {
    json out = json::array();
    for (const TradeGroup& group : groups) {
        out.push_back({{"name", group.name},
                       {"count", group.count},
                       {"won", group.won},
                       {"net", group.net},
                       {"mean_r", of(group.r)}});
    }
    return out;
}

json of(const ReportTrades& t) {
    return {{"all", of(std::vector<TradeGroup>{t.all})[0]},
            {"win_rate", of(t.win_rate)},
            {"payoff", of(t.payoff)},
            {"mae_r", of(t.adverse_r)},
            {"mfe_r", of(t.favourable_r)},
            {"held_hours", of(t.held_hours)},
            {"without_five_best", t.without_five_best},
            {"by_agent", of(t.by_agent)},
            {"by_hour", of(t.by_hour)},
            {"by_regime", of(t.by_regime)},
            {"best", t.best},
            {"worst", t.worst}};
}

json of(const std::vector<Count>& counts) {
    json out = json::object();
    for (const Count& row : counts)
        out[row.name] = row.count;
    return out;
}

json of(const ReportConsensus& c) {
    json out{{"intents", c.intents},
             {"rounds", c.rounds},
             {"outcomes", of(c.outcomes)},
             {"refusals", of(c.refusals)},
             {"closing_ms_median", of(c.closing_ms_median)},
             {"closing_ms_p95", of(c.closing_ms_p95)},
             {"closing_ms_max", of(c.closing_ms_max)},
             {"passed", of(c.passed)},
             {"not_passed", of(c.not_passed)},
             {"vote", of(c.vote)},
             {"agents", json::array()}};
    for (const AgentVotes& v : c.agents) {
        out["agents"].push_back({{"agent", v.agent},
                                 {"approved", v.approved},
                                 {"rejected", v.rejected},
                                 {"abstained", v.abstained},
                                 {"vetoed", v.vetoed},
                                 {"late", v.late},
                                 {"missed", v.missed},
                                 {"scored", v.scored},
                                 {"hit_rate", of(v.hit_rate)},
                                 {"confidence", of(v.confidence)},
                                 {"skill", of(v.skill)},
                                 {"value", v.value},
                                 {"value_a_vote", of(v.value_a_vote)}});
    }
    return out;
}

json of(const std::vector<Incident>& incidents) {
    json out = json::array();
    for (const Incident& row : incidents)
        out.push_back({{"at", of(row.at)}, {"what", row.what}});
    return out;
}

json of(const ReportRisk& r) {
    json out{{"assessed", r.assessed}, {"approved", r.approved},     {"denied", r.denied},
             {"dust", r.dust},         {"breakers", of(r.breakers)}, {"states", of(r.states)},
             {"faults", of(r.faults)}, {"checks", json::array()}};
    for (const CheckCount& check : r.checks) {
        out["checks"].push_back({{"number", check.number},
                                 {"name", check.name},
                                 {"denied", check.denied},
                                 {"reduced", check.reduced},
                                 {"near_misses", check.near_misses}});
    }
    return out;
}

json trips_of(const Report& report) {
    json out = json::array();
    for (const ReportRoundTrip& trip : report.round_trips) {
        out.push_back({{"agent", trip.agent},
                       {"instrument", trip.instrument},
                       {"side", trip.bought ? "long" : "short"},
                       {"open", trip.open},
                       {"opened", of(trip.opened)},
                       {"closed", of(trip.closed)},
                       {"quantity", trip.quantity.to_string()},
                       {"entry", trip.entry.to_string()},
                       {"exit", trip.exit.to_string()},
                       {"net", trip.net.to_string()},
                       {"r", of(trip.r)},
                       {"mae", trip.adverse},
                       {"mfe", trip.favourable},
                       {"regime", trip.regime},
                       {"intent", trip.intent}});
    }
    return out;
}

json agents_of(const Report& report) {
    json out = json::array();
    for (const AgentResult& a : report.agents) {
        out.push_back({{"agent", a.agent},
                       {"fills", a.fills},
                       {"traded", a.traded},
                       {"fees", a.fees},
                       {"signal", a.signal},
                       {"delay", a.delay},
                       {"execution", a.execution},
                       {"intent_fees", a.intent_fees},
                       {"funding", a.funding},
                       {"not_taken", a.not_taken}});
    }
    return out;
}

double seconds(Instant at) {
    return static_cast<double>(at.nanoseconds()) / 1e9;
}

json equity_chart(const Report& report) {
    json out{{"t", json::array()},     {"run", json::array()}, {"drawdown", json::array()},
             {"gross", json::array()}, {"net", json::array()}, {"hold", json::array()},
             {"weight", json::array()}};
    for (const EquityPoint& point : report.equity) {
        out["t"].push_back(seconds(point.at));
        out["run"].push_back(point.run);
        out["drawdown"].push_back(-point.drawdown);
        out["gross"].push_back(point.gross);
        out["net"].push_back(point.net);
        out["hold"].push_back(of(point.hold));
        out["weight"].push_back(of(point.weight));
    }
    return out;
}

} // namespace

static std::string json_text(const nlohmann::json& document, int indent) {
    return document.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json(const Report& report) {
    const nlohmann::json document{{"header", of(report.header)},
                                  {"currency", report.currency},
                                  {"returns", of(report.returns)},
                                  {"benchmarks", of(report.benchmarks)},
                                  {"exposure", of(report.exposure)},
                                  {"costs", of(report.costs)},
                                  {"luck",
                                   {{"probabilistic", of(report.luck.probabilistic)},
                                    {"deflated", of(report.luck.deflated)},
                                    {"threshold", report.luck.threshold},
                                    {"effective_trials", report.luck.effective_trials},
                                    {"skewness", report.luck.skewness},
                                    {"kurtosis", report.luck.kurtosis}}},
                                  {"trades", of(report.trades)},
                                  {"consensus", of(report.consensus)},
                                  {"risk", of(report.risk)},
                                  {"agents", agents_of(report)},
                                  {"round_trips", trips_of(report)},
                                  {"daily_returns", report.daily},
                                  {"rows_left_out", report.rows_left_out}};
    return json_text(document, 2) + "\n";
}

std::string chart_data(const Report& report) {
    constexpr std::size_t marks_max = 4'000; // more are a wall of ink
    nlohmann::json out{{"equity", equity_chart(report)}, {"prices", nlohmann::json::array()}};
    for (const PriceChart& chart : report.prices) {
        nlohmann::json drawn{{"instrument", chart.instrument},
                             {"t", nlohmann::json::array()},
                             {"price", nlohmann::json::array()},
                             {"fills", nlohmann::json::array()}};
        for (const PricePoint& point : chart.points) {
            drawn["t"].push_back(seconds(point.at));
            drawn["price"].push_back(point.price);
        }
        for (const ReportFill& fill : report.fills) {
            if (fill.instrument != chart.instrument) continue;
            if (drawn["fills"].size() == marks_max) break;
            drawn["fills"].push_back(
                {seconds(fill.at), fill.price.to_double(), fill.buy ? 1 : 0,
                 fill.agent + " " + fill.purpose + " " + fill.quantity.to_string()});
        }
        out["prices"].push_back(std::move(drawn));
    }
    std::string text = json_text(out, -1);
    // Inside a script element nothing may look like markup.
    for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at)) {
        text.replace(at, 1, "\\u003c");
    }
    return text;
}

} // namespace grekko::report
