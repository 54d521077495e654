#include <algorithm>
#include <cmath>

#include "research/report/parts.hpp"
#include "research/statistics/bootstrap.hpp"
#include "research/statistics/drawdown.hpp"
#include "research/statistics/sharpe_tests.hpp"

namespace grekko::report {

using ports::Estimate;
using namespace statistics;

Estimate absent(std::string why) {
    Estimate estimate;
    estimate.why = std::move(why);
    return estimate;
}

Estimate too_short() {
    return absent("sample too short");
}

Estimate known(double value) {
    Estimate estimate;
    estimate.value = value;
    return estimate;
}

Estimate known(std::optional<double> value, std::string why) {
    return value ? known(*value) : absent(std::move(why));
}

void build_returns(const Collector& collector, const Curves& curves, Report& report) {
    ports::ReportReturns& out = report.returns;
    const auto& samples = collector.samples();
    const auto days = daily_returns(curves.run);
    report.daily = values(days);
    out.days = static_cast<std::int64_t>(days.size());
    out.round_trips = report.trades.all.count;
    out.long_enough = long_enough(out.days, out.round_trips);
    out.total = out.annual = out.sharpe = out.sortino = out.calmar = too_short();
    out.drawdown = out.loss_in_a_year = too_short();
    if (samples.empty()) return;
    out.nav_start = samples.front().nav;
    out.nav_end = samples.back().nav;
    out.transfers = collector.transfers();
    out.net = out.nav_end - out.nav_start - out.transfers;
    if (days.empty()) return;
    out.total = known(compounded(report.daily));
    const Drawdown deepest = max_drawdown(curves.run);
    out.drawdown = known(deepest.depth);
    out.drawdown_peak = deepest.peak;
    out.drawdown_trough = deepest.trough;
    out.drawdown_recovered = deepest.recovered;
    out.drawdown_longest = deepest.longest;
    if (const auto draws = bootstrap(report.daily, report.header.seed)) {
        out.total.low = draws->total.low;
        out.total.high = draws->total.high;
        out.drawdown.low = draws->drawdown.low;
        out.drawdown.high = draws->drawdown.high;
        out.loss_in_a_year = known(draws->loss_in_a_year);
        if (out.long_enough && draws->sharpe) {
            out.sharpe.low = draws->sharpe->low;
            out.sharpe.high = draws->sharpe->high;
        }
    }
    if (!out.long_enough) return;
    const Duration span = samples.back().at - samples.front().at;
    const double passed =
        static_cast<double>(span.count()) / static_cast<double>(Duration::days(1).count());
    out.annual = known(compound_annual(*out.total.value, passed), "out of range");
    if (const auto ratio = sharpe_of_period(report.daily)) {
        out.sharpe.value = annualised(*ratio);
    } else {
        out.sharpe = absent("returns do not vary");
    }
    const auto sortino = sortino_of_period(report.daily);
    out.sortino = sortino ? known(annualised(*sortino)) : absent("no day lost");
    const bool fell = deepest.depth > 0.0 && out.annual.value;
    out.calmar = fell ? known(*out.annual.value / deepest.depth) : absent("no drawdown");
}

void build_luck(Report& report) {
    ports::ReportLuck& out = report.luck;
    out.probabilistic = out.deflated = too_short();
    const auto sample = sharpe_sample(report.daily);
    if (!sample || report.daily.size() < bootstrap_days_min) return;
    out.skewness = sample->skewness;
    out.kurtosis = sample->kurtosis;
    out.probabilistic = known(probabilistic_sharpe(*sample, 0.0), "out of range");
    std::vector<double> ratios = report.header.trial_sharpes;
    ratios.push_back(sample->sharpe);
    out.effective_trials = effective_trials(static_cast<double>(report.header.trials),
                                            report.header.trial_correlation);
    out.threshold = sharpe_of_luck(variance(ratios), out.effective_trials);
    out.deflated = report.header.trials < 2 || ratios.size() < 2
                       ? absent("one trial")
                       : known(probabilistic_sharpe(*sample, out.threshold), "out of range");
}

Report build(const Collector& collector, const Header& header, const Companions& companions) {
    Report report;
    report.header = header;
    report.currency = collector.universe().base_currency.string();
    const auto& samples = collector.samples();
    if (!samples.empty()) {
        if (header.from.is_none()) report.header.from = samples.front().at;
        if (header.to.is_none()) report.header.to = samples.back().at;
    }
    Curves curves = curves_of(collector);
    build_trades(collector, report);
    build_returns(collector, curves, report);
    build_exposure(collector, report);
    build_costs(collector, companions, report);
    build_benchmarks(collector, curves, report);
    build_luck(report);
    build_consensus(collector, companions, report);
    build_risk(collector, report);
    build_charts(collector, curves, report);
    for (const auto& [id, result] : collector.agents()) {
        report.agents.push_back(result);
        report.agents.back().agent = collector.agent_name(id);
    }
    report.fills = collector.fills();
    report.rows_left_out = collector.fills_left_out();
    return report;
}

ports::Rerun rerun_of(const std::string& name, const Report& report) {
    ports::Rerun rerun;
    rerun.name = name;
    rerun.total = report.returns.total.value.value_or(0.0);
    rerun.net = report.returns.net;
    rerun.sharpe = report.returns.sharpe.value;
    rerun.round_trips = report.returns.round_trips;
    return rerun;
}

} // namespace grekko::report
