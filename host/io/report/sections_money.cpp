// Returns, benchmarks, exposure, costs and luck in words.
#include <fmt/format.h>

#include "io/report/format.hpp"
#include "io/report/sections.hpp"

namespace grekko::report {

using ports::Estimate;
using ports::Report;

namespace {

Line line(const char* label, const Estimate& estimate, Writer write) {
    const std::string range = interval(estimate, write);
    return {label, figure(estimate, write), range.empty() ? "" : "90 %: " + range};
}

std::string bp_of(double amount, double traded) {
    return traded > 0.0 ? basis_points(amount / traded) : "–";
}

} // namespace

Section returns_section(const Report& report) {
    const ports::ReportReturns& r = report.returns;
    Section section{"returns", "Returns", {}, {}};
    const std::string lasted = r.drawdown_peak.is_none()
                                   ? ""
                                   : minute(r.drawdown_peak).substr(0, 10) + " to " +
                                         minute(r.drawdown_trough).substr(0, 10);
    Line depth = line("Maximum drawdown", r.drawdown, percent2);
    section.lines = {
        line("Total return", r.total, percent2),
        {"Net result", money(r.net) + " " + report.currency,
         "NAV " + money(r.nav_start) + " to " + money(r.nav_end) +
             (r.transfers != 0.0 ? ", transfers " + money(r.transfers) : "")},
        line("CAGR", r.annual, percent2),
        line("Sharpe", r.sharpe, ratio2),
        line("Sortino", r.sortino, ratio2),
        line("Calmar", r.calmar, ratio2),
        depth,
        {"Longest drawdown", lasting(r.drawdown_longest),
         lasted.empty() ? "" : "deepest: " + lasted},
        line("10 % drawdown in a year", r.loss_in_a_year, percent2),
        {"Sample",
         count(static_cast<std::uint64_t>(r.days)) + " days, " + count(r.round_trips) +
             " round trips",
         r.long_enough ? "" : "a year needs 90 days and 30 round trips"},
    };
    return section;
}

Section benchmarks_section(const Report& report) {
    const ports::ReportBenchmarks& b = report.benchmarks;
    Section section{"benchmarks", "Benchmarks at equal costs", {}, {}};
    section.lines = {
        line("Buy and hold", b.hold, percent2),
        line("Return above hold", b.excess, percent2),
        line("Constant weight", b.constant_weight, percent2),
        {"Weight held", percent(b.weight, 1), "the run's mean net exposure"},
        line("Better than random entries", b.percentile, percent2),
        line("Random entries, median", b.random_median, money),
        line("Alpha a year", b.alpha, percent2),
        line("Beta", b.beta, ratio2),
        line("R²", b.r_squared, ratio2),
        {"Cost a side", basis_points(b.cost_a_side), "fees, spread and impact of this run"},
    };
    return section;
}

Section exposure_section(const Report& report) {
    const ports::ReportExposure& e = report.exposure;
    Section section{"exposure", "Exposure", {}, {}};
    section.lines = {
        {"Time in market", percent(e.time_in_market, 1), ""},
        {"Gross exposure, mean", percent(e.gross_mean, 1), "largest " + percent(e.gross_max, 1)},
        {"Net exposure, mean", percent(e.net_mean, 1),
         percent(e.net_min, 1) + " … " + percent(e.net_max, 1)},
        line("Return per unit of exposure", e.return_per_exposure, percent2),
        {"Turnover", ratio(e.turnover) + " × NAV", money(e.traded) + " " + report.currency},
    };
    return section;
}

Section costs_section(const Report& report) {
    const ports::ReportCosts& c = report.costs;
    Section section{"costs", "Costs", {}, {}};
    Table chain{"From gross to net", {"", report.currency, "of turnover"}, {}, 1};
    const std::pair<const char*, double> parts[] = {
        {"Gross", c.gross}, {"Spread", -c.spread},   {"Impact", -c.impact}, {"Delay", -c.delay},
        {"Fees", -c.fees},  {"Funding", -c.funding}, {"Net", c.net}};
    for (const auto& [name, amount] : parts) {
        chain.rows.push_back({name, money(amount), bp_of(amount, c.traded)});
    }
    section.tables.push_back(std::move(chain));
    section.lines = {
        line("Break-even cost a side", c.break_even, basis_points),
        line("Passive share", c.passive_share, percent2),
    };
    if (c.reruns.empty()) {
        section.lines.push_back({"Re-runs", "not run", ""});
        return section;
    }
    Table reruns{
        "The same run with one thing changed", {"", "return", "net", "Sharpe", "trips"}, {}, 1};
    for (const ports::Rerun& rerun : c.reruns) {
        reruns.rows.push_back({rerun.name, percent(rerun.total), money(rerun.net),
                               figure(rerun.sharpe, ratio2), count(rerun.round_trips)});
    }
    section.tables.push_back(std::move(reruns));
    return section;
}

Section luck_section(const Report& report) {
    const ports::ReportLuck& l = report.luck;
    Section section{"luck", "Skill or luck", {}, {}};
    section.lines = {
        line("Probabilistic Sharpe", l.probabilistic, percent2),
        line("Deflated Sharpe", l.deflated, percent2),
        {"Sharpe of luck, a day", ratio(l.threshold, 4),
         count(report.header.trials) + " trials, " + ratio(l.effective_trials, 1) + " effective"},
        {"Skewness, kurtosis", ratio(l.skewness) + ", " + ratio(l.kurtosis), "normal: 0, 3"},
    };
    return section;
}

} // namespace grekko::report
