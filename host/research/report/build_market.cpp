// Exposure, costs, benchmarks and the charts: what the run was against its market.
#include <algorithm>
#include <cmath>

#include "research/report/parts.hpp"
#include "research/statistics/benchmarks.hpp"
#include "research/statistics/drawdown.hpp"
#include "research/statistics/regression.hpp"
#include "research/statistics/sample.hpp"

namespace grekko::report {

using namespace statistics;

namespace {

constexpr std::size_t chart_points = 1'500;
constexpr std::size_t price_points = 2'500;

InstrumentId instrument_id(std::size_t index) {
    return InstrumentId{static_cast<std::uint16_t>(index)};
}

// Equal weights at the start of every instrument that has a price.
std::vector<CurvePoint> market_of(const Collector& collector) {
    std::vector<CurvePoint> market;
    std::vector<const std::vector<CurvePoint>*> series;
    for (std::size_t i = 1; i < collector.universe().instruments.size(); ++i) {
        const auto& points = collector.prices(instrument_id(i)).points();
        if (points.size() > 1) series.push_back(&points);
    }
    if (series.empty() || collector.samples().empty()) return market;
    const Instant start = collector.samples().front().at;
    for (const NavSample& sample : collector.samples()) {
        double level = 0.0;
        for (const auto* points : series) {
            level += value_at(*points, sample.at) / value_at(*points, start);
        }
        market.push_back({sample.at, level / static_cast<double>(series.size())});
    }
    return market;
}

double cost_a_side(const CostSums& costs) {
    if (costs.traded <= 0.0) return 0.0;
    return std::max(0.0, (costs.spread + costs.impact + costs.fees) / costs.traded);
}

void against_hold(const Curves& curves, Report& report) {
    ports::ReportBenchmarks& out = report.benchmarks;
    const auto held = values(daily_returns(curves.hold));
    if (held.size() != report.daily.size()) return;
    const auto line = regress(report.daily, held);
    if (!line || report.daily.size() < static_cast<std::size_t>(days_min)) return;
    out.beta = known(line->beta);
    out.r_squared = known(line->r_squared);
    if (report.returns.long_enough) {
        out.alpha = known(line->alpha * static_cast<double>(days_a_year));
    }
}

void against_chance(const Collector& collector, Report& report) {
    ports::ReportBenchmarks& out = report.benchmarks;
    std::vector<std::vector<CurvePoint>> series{{}};
    for (std::size_t i = 1; i < collector.universe().instruments.size(); ++i) {
        std::vector<CurvePoint> inside;
        for (const CurvePoint& point : collector.prices(instrument_id(i)).points()) {
            if (point.at >= report.header.from && point.at <= report.header.to) {
                inside.push_back(point);
            }
        }
        series.push_back(std::move(inside));
    }
    std::vector<Entry> entries;
    for (const Trip& trip : collector.trips().closed()) {
        if (trip.agent == house_agent) continue;
        const auto& facts = collector.universe().instrument(trip.instrument);
        entries.push_back({trip.instrument.value(), sign(trip.side), trip.closed - trip.opened,
                           trip.paid.to_double() * collector.rate(facts.quote)});
    }
    const auto draws = random_entries(series, entries, out.cost_a_side, report.header.seed);
    out.random_median = known(quantile(draws, 0.5), "no round trips");
    out.percentile = known(percentile_of(report.trades.all.net, draws), "no round trips");
    if (const auto low = quantile(draws, 0.05)) out.random_median.low = *low;
    if (const auto high = quantile(draws, 0.95)) out.random_median.high = *high;
}

} // namespace

Curves curves_of(const Collector& collector) {
    Curves curves;
    for (const NavSample& sample : collector.samples()) {
        curves.run.push_back({sample.at, sample.nav_per_unit});
    }
    curves.market = market_of(collector);
    return curves;
}

void build_exposure(const Collector& collector, Report& report) {
    ports::ReportExposure& out = report.exposure;
    out.return_per_exposure = absent("never in the market");
    const auto& samples = collector.samples();
    double span = 0.0;
    double nav = 0.0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const NavSample& sample = samples[i];
        out.gross_max = std::max(out.gross_max, sample.gross);
        out.net_max = std::max(out.net_max, sample.net);
        out.net_min = std::min(out.net_min, sample.net);
        if (i + 1 == samples.size()) break;
        const auto lasts = static_cast<double>((samples[i + 1].at - sample.at).count());
        span += lasts;
        nav += lasts * sample.nav;
        out.gross_mean += lasts * sample.gross;
        out.net_mean += lasts * sample.net;
        if (sample.gross > 0.0005) out.time_in_market += lasts; // dust is not being in the market
    }
    out.traded = collector.costs().traded;
    if (span <= 0.0) return;
    out.gross_mean /= span;
    out.net_mean /= span;
    out.time_in_market /= span;
    nav /= span;
    if (nav > 0.0) out.turnover = out.traded / nav;
    if (out.gross_mean > 0.0 && report.returns.total.value) {
        out.return_per_exposure = known(*report.returns.total.value / out.gross_mean);
    }
}

// Net is what NAV did without transfers, so gross = net + all costs and the chain always closes.
void build_costs(const Collector& collector, const Companions& companions, Report& report) {
    ports::ReportCosts& out = report.costs;
    const CostSums& costs = collector.costs();
    out.spread = costs.spread;
    out.impact = costs.impact;
    out.delay = costs.delay;
    out.fees = costs.fees;
    out.funding = costs.funding;
    out.traded = costs.traded;
    out.net = report.returns.net;
    out.gross = out.net + out.spread + out.impact + out.delay + out.fees + out.funding;
    out.break_even = out.passive_share = absent("nothing traded");
    if (out.traded > 0.0) {
        out.break_even = known((out.net + out.spread + out.impact + out.fees) / out.traded);
        out.passive_share = known(costs.passive / out.traded);
    }
    out.reruns = companions.reruns;
}

void build_benchmarks(const Collector& collector, Curves& curves, Report& report) {
    ports::ReportBenchmarks& out = report.benchmarks;
    out.alpha = out.beta = out.r_squared = too_short();
    out.hold = out.constant_weight = out.excess = absent("no prices");
    out.cost_a_side = cost_a_side(collector.costs());
    out.weight = report.exposure.net_mean;
    against_chance(collector, report);
    if (curves.market.size() < 2) return;
    curves.hold = constant_weight(curves.market, 1.0, out.cost_a_side);
    curves.weight = constant_weight(curves.market, out.weight, out.cost_a_side);
    out.hold = known(curves.hold.back().value - 1.0);
    out.constant_weight = known(curves.weight.back().value - 1.0);
    if (report.returns.total.value)
        out.excess = known(*report.returns.total.value - *out.hold.value);
    against_hold(curves, report);
}

void build_charts(const Collector& collector, const Curves& curves, Report& report) {
    std::vector<double> levels;
    for (const CurvePoint& point : curves.run)
        levels.push_back(point.value);
    const auto falls = drawdowns(curves.run);
    for (const std::size_t place : thinned(levels, chart_points)) {
        const NavSample& sample = collector.samples()[place];
        ports::EquityPoint point{
            sample.at, levels[place] / levels.front(), falls[place], sample.gross, sample.net, {},
            {}};
        if (!curves.hold.empty()) point.hold = curves.hold[place].value;
        if (!curves.weight.empty()) point.weight = curves.weight[place].value;
        report.equity.push_back(point);
    }
    for (const MonthReturn& month : monthly_returns(daily_returns(curves.run))) {
        report.months.push_back({static_cast<int>(1970 + month.month / 12),
                                 static_cast<int>(month.month % 12 + 1), month.value});
    }
    for (std::size_t i = 1; i < collector.universe().instruments.size(); ++i) {
        const auto& points = collector.prices(instrument_id(i)).points();
        if (points.size() < 2) continue;
        std::vector<double> price;
        for (const CurvePoint& point : points)
            price.push_back(point.value);
        ports::PriceChart chart{collector.symbol(instrument_id(i)), {}};
        for (const std::size_t place : thinned(price, price_points)) {
            chart.points.push_back({points[place].at, price[place]});
        }
        report.prices.push_back(std::move(chart));
    }
}

} // namespace grekko::report
