// Round trips and what is said about them.
#include <algorithm>
#include <map>
#include <numeric>

#include "research/report/parts.hpp"
#include "research/report/regimes.hpp"
#include "research/statistics/bootstrap.hpp"

namespace grekko::report {

using ports::ReportRoundTrip;
using ports::TradeGroup;

namespace {

constexpr std::size_t extremes = 5;

std::string hour_name(Instant at) {
    const std::int64_t seconds =
        (at - at.floor(Duration::days(1))).count() / Duration::seconds(1).count();
    const std::int64_t hour = seconds / 3'600;
    return (hour < 10 ? "0" : "") + std::to_string(hour) + ":00";
}

// The open rest at the last price.
Notional rest_value(const Collector& collector, const Trip& trip) {
    const auto price = Decimal::from_double(collector.prices(trip.instrument).last());
    if (!price) return {};
    return multiply(Price{*price}, trip.quantity, Rounding::half_even);
}

ReportRoundTrip row_of(const Collector& collector, const Trip& trip, const Regimes& regimes) {
    ReportRoundTrip row;
    row.agent = collector.agent_name(trip.agent);
    row.instrument = collector.symbol(trip.instrument);
    row.bought = trip.side == Side::buy;
    row.open = trip.open;
    row.opened = trip.opened;
    row.closed = trip.closed;
    row.quantity = trip.entered;
    row.entry = trip.entry();
    row.exit = trip.exit();
    row.gross = trip.gross() + (trip.open ? rest_value(collector, trip) : Notional{});
    row.fees = trip.fees;
    row.funding = trip.funding;
    row.net = row.gross - row.fees - row.funding;
    row.adverse = trip.adverse;
    row.favourable = trip.favourable;
    row.intent = trip.intent.value();
    row.regime = regimes.at(trip.opened);
    if (trip.at_risk.is_positive()) {
        const double risk = trip.at_risk.to_double();
        row.r = row.net.to_double() / risk;
        row.adverse_r = trip.adverse / risk;
        row.favourable_r = trip.favourable / risk;
    }
    return row;
}

struct Sums {
    std::uint64_t count{0}, won{0};
    double net{0};
    std::vector<double> r;
    void add(double result, const ReportRoundTrip& trip) {
        ++count;
        if (result > 0.0) ++won;
        net += result;
        if (trip.r) r.push_back(*trip.r);
    }
};

TradeGroup group_of(const std::string& name, const Sums& sums) {
    TradeGroup group{name, sums.count, sums.won, sums.net, {}};
    group.r = sums.r.empty() ? absent("no stops") : known(statistics::mean(sums.r));
    if (const auto interval = statistics::mean_interval(sums.r, statistics::bootstrap_coverage)) {
        group.r.low = interval->low;
        group.r.high = interval->high;
    }
    return group;
}

std::vector<TradeGroup> groups_of(const std::map<std::string, Sums>& sums) {
    std::vector<TradeGroup> groups;
    for (const auto& [name, group] : sums)
        groups.push_back(group_of(name, group));
    return groups;
}

// Fills what needs all results at once; `nets` in base currency beside report.round_trips.
void fill_extremes(const std::vector<double>& nets, ports::ReportTrades& out) {
    std::vector<std::size_t> order(nets.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return nets[a] != nets[b] ? nets[a] > nets[b] : a < b;
    });
    const std::size_t count = std::min(extremes, order.size());
    out.best.assign(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count));
    out.worst.assign(order.rbegin(), order.rbegin() + static_cast<std::ptrdiff_t>(count));
    out.without_five_best = out.all.net;
    for (const std::size_t place : out.best)
        out.without_five_best -= nets[place];
}

void fill_ratios(const std::vector<double>& nets, const std::vector<ReportRoundTrip>& trips,
                 ports::ReportTrades& out) {
    std::vector<double> wins;
    std::vector<double> losses;
    std::vector<double> adverse;
    std::vector<double> favourable;
    double hours = 0.0;
    for (std::size_t i = 0; i < nets.size(); ++i) {
        if (nets[i] > 0.0) wins.push_back(nets[i]);
        if (nets[i] < 0.0) losses.push_back(-nets[i]);
        if (trips[i].adverse_r) adverse.push_back(*trips[i].adverse_r);
        if (trips[i].favourable_r) favourable.push_back(*trips[i].favourable_r);
        hours += static_cast<double>((trips[i].closed - trips[i].opened).count()) / 3.6e12;
    }
    const auto count = static_cast<double>(nets.size());
    if (!nets.empty()) out.held_hours = hours / count;
    out.win_rate =
        nets.empty() ? absent("no round trips") : known(static_cast<double>(wins.size()) / count);
    out.payoff = wins.empty() || losses.empty()
                     ? absent("no wins or no losses")
                     : known(statistics::mean(wins) / statistics::mean(losses));
    out.adverse_r = adverse.empty() ? absent("no stops") : known(statistics::mean(adverse));
    out.favourable_r =
        favourable.empty() ? absent("no stops") : known(statistics::mean(favourable));
}

} // namespace

void build_trades(const Collector& collector, Report& report) {
    std::map<InstrumentId, Regimes> regimes;
    const auto regimes_of = [&](InstrumentId id) -> const Regimes& {
        return regimes.try_emplace(id, collector.prices(id).points()).first->second;
    };
    Sums all;
    std::map<std::string, Sums> by_hour;
    std::map<std::string, Sums> by_regime;
    std::map<std::string, Sums> by_agent;
    std::vector<double> nets;
    for (const Trip& trip : collector.trips().closed()) {
        if (trip.agent == house_agent) continue;
        const ReportRoundTrip row = row_of(collector, trip, regimes_of(trip.instrument));
        const auto& facts = collector.universe().instrument(trip.instrument);
        const double net = row.net.to_double() * collector.rate(facts.quote);
        nets.push_back(net);
        all.add(net, row);
        by_hour[hour_name(row.opened)].add(net, row);
        by_agent[row.agent].add(net, row);
        if (!row.regime.empty()) by_regime[row.regime].add(net, row);
        report.round_trips.push_back(row);
    }
    ports::ReportTrades& out = report.trades;
    out.all = group_of("all", all);
    out.by_hour = groups_of(by_hour);
    out.by_regime = groups_of(by_regime);
    out.by_agent = groups_of(by_agent);
    fill_extremes(nets, out);
    fill_ratios(nets, report.round_trips, out);
    for (const Trip& trip : collector.trips().open()) {
        if (trip.agent == house_agent) continue;
        report.round_trips.push_back(row_of(collector, trip, regimes_of(trip.instrument)));
    }
}

} // namespace grekko::report
