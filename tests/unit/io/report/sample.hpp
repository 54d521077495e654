// sample_report(): a made-up run with something in every section, the same each time.
// Its figures do not follow from each other: it is for drawing, not for counting.
// The tests of io/report use it.
#pragma once

#include <cmath>

#include "base/random.hpp"
#include "ports/report.hpp"

namespace grekko::tests {

inline ports::Estimate estimate(double value, double low, double high) {
    return {value, low, high, {}};
}

inline Instant sample_start() {
    return Instant::from_seconds(1'704'067'200);
} // 2024-01-01

inline void add_curves(ports::Report& report) {
    Random random{11};
    double run = 1.0;
    double peak = 1.0;
    double price = 42'000.0;
    report.prices.push_back({"BTC-USD", {}});
    for (int i = 0; i < 1'200; ++i) {
        const Instant at = sample_start() + Duration::hours(12L * i);
        const double step = 0.012 * random.normal();
        price *= 1.0 + step;
        run *= 1.0 + 0.25 * step + 0.0004 * random.normal();
        peak = std::max(peak, run);
        const double gross = 0.25 + 0.2 * std::sin(i / 40.0);
        report.equity.push_back({at, run, 1.0 - run / peak, gross, gross - 0.02, price / 42'000.0,
                                 1.0 + 0.25 * (price / 42'000.0 - 1.0)});
        report.prices[0].points.push_back({at, price});
        if (i % 40 != 20) continue;
        ports::ReportFill fill;
        fill.at = at;
        fill.agent = i % 80 == 20 ? "aggressive" : "balanced";
        fill.instrument = "BTC-USD";
        fill.venue = "paper";
        fill.purpose = i % 80 == 20 ? "increase" : "reduce";
        fill.liquidity = "taker";
        fill.buy = i % 80 == 20;
        fill.price = Price{*Decimal::from_double(std::round(price))};
        fill.quantity = 0.05_quantity;
        fill.value = multiply(fill.price, fill.quantity, Rounding::half_even);
        fill.fee = 1.25_notional;
        report.fills.push_back(fill);
    }
    for (int month = 0; month < 20; ++month) {
        report.months.push_back({2024 + month / 12, month % 12 + 1, 0.03 * random.normal()});
    }
}

inline void add_trips(ports::Report& report) {
    for (int i = 0; i < 6; ++i) {
        ports::ReportRoundTrip trip;
        trip.agent = i % 2 == 0 ? "aggressive" : "balanced";
        trip.instrument = "BTC-USD";
        trip.opened = sample_start() + Duration::hours(100L * i);
        trip.closed = trip.opened + Duration::hours(30);
        trip.quantity = 0.05_quantity;
        trip.entry = 42'000_price;
        trip.exit = 43'000_price;
        trip.gross = 50_notional;
        trip.fees = 2.5_notional;
        trip.net = 47.5_notional;
        trip.r = 0.8 - 0.4 * i;
        trip.regime = "trend, calm";
        report.round_trips.push_back(trip);
    }
    ports::ReportTrades& t = report.trades;
    t.all = {"all", 64, 27, 1'830.25, estimate(0.14, -0.05, 0.33)};
    t.win_rate = {0.4219, {}, {}, {}};
    t.payoff = {1.92, {}, {}, {}};
    t.adverse_r = {-0.61, {}, {}, {}};
    t.favourable_r = {1.12, {}, {}, {}};
    t.held_hours = 41.5;
    t.without_five_best = -905.5;
    t.by_agent = {{"aggressive", 40, 15, 1'204.0, estimate(0.11, -0.2, 0.4)},
                  {"balanced", 24, 12, 626.25, estimate(0.2, -0.1, 0.5)}};
    t.by_regime = {{"range, calm", 20, 6, -410.0, estimate(-0.2, -0.5, 0.1)},
                   {"trend, wild", 44, 21, 2'240.25, estimate(0.3, 0.0, 0.6)}};
    t.by_hour = {{"00:00", 30, 12, 500.0, estimate(0.1, -0.2, 0.4)}};
    t.best = {0, 1};
    t.worst = {5, 4};
}

inline void add_control(ports::Report& report) {
    ports::ReportConsensus& c = report.consensus;
    c.intents = 412;
    c.rounds = 233;
    c.outcomes = {{"passed", 120}, {"rejected", 80}, {"no_quorum", 33}};
    c.refusals = {{"nothing_to_do", 150}, {"too_frequent", 29}};
    c.closing_ms_median = 101.0;
    c.closing_ms_p95 = 148.0;
    c.closing_ms_max = 250.0;
    c.agents = {{"aggressive", 90, 60, 20, 0, 1, 3, 140, 0.53, 0.4, 1.07, 210.5, {}},
                {"balanced", 110, 30, 50, 0, 0, 0, 130, 0.49, 0.3, 0.95, -80.0, {}},
                {"conservative", 20, 140, 60, 2, 0, 1, 150, 0.55, 0.5, 1.21, 340.0, {}}};
    c.passed = estimate(0.0021, -0.0008, 0.0050);
    c.not_passed = estimate(-0.0013, -0.0040, 0.0014);
    c.vote = estimate(0.018, -0.022, 0.058);
    report.risk.assessed = 300;
    report.risk.approved = 251;
    report.risk.denied = 45;
    report.risk.dust = 4;
    report.risk.checks = {
        {14, "participation", 0, 22, 5}, {19, "edge", 31, 0, 12}, {22, "agent_gross", 14, 9, 40}};
    report.risk.breakers = {{sample_start() + Duration::days(40), "losing run, aggressive"}};
    report.risk.states = {{sample_start() + Duration::days(90), "ACTIVE → REDUCING: drawdown"}};
    report.agents = {{"aggressive", 80, 168'000, 100.8, 2'400, 210, 330, 620, 0, -150},
                     {"balanced", 48, 100'800, 60.5, 1'300, 90, 110, 380, 0, 45}};
}

inline ports::Report sample_report() {
    ports::Report report;
    ports::ReportHeader& h = report.header;
    h.title = "BTC-USD 1h, three agents";
    h.agent_family = "aggressive, balanced, conservative";
    h.version = "0.1.0";
    h.tape_hashes = {"BTC-USD 1h sha256:4f0c8d6e21a7b9c35d10ee92"};
    h.from = sample_start();
    h.to = sample_start() + Duration::days(600);
    h.warm_up = Duration::hours(1'200);
    h.gaps = 3;
    h.fill_interval = "1h bars";
    h.queue_model = "none (bars)";
    h.latency_model = "log-normal, order entry 80/400 ms, feed 50 ms";
    h.fees = "coinbase retail, 2026-08-09: 0.40 % / 0.60 %";
    h.seed = 7;
    h.config_hash = "sha256:9b2d77";
    h.look_ahead = "passed";
    h.trials = 12;
    report.currency = "USD";
    ports::ReportReturns& r = report.returns;
    r = {600,
         64,
         true,
         100'000,
         104'812.5,
         0,
         4'812.5,
         estimate(0.048125, -0.03, 0.13),
         estimate(0.029, -0.02, 0.08),
         estimate(0.61, -0.5, 1.7),
         {0.9, {}, {}, {}},
         {0.55, {}, {}, {}},
         estimate(0.053, 0.03, 0.12),
         {0.08, {}, {}, {}},
         sample_start() + Duration::days(60),
         sample_start() + Duration::days(95),
         {},
         Duration::days(120)};
    report.benchmarks = {{0.92, {}, {}, {}},
                         {0.21, {}, {}, {}},
                         {-0.872, {}, {}, {}},
                         0.24,
                         0.0031,
                         estimate(-1'600, -4'000, 900),
                         {0.83, {}, {}, {}},
                         {0.004, {}, {}, {}},
                         {0.22, {}, {}, {}},
                         {0.71, {}, {}, {}}};
    report.exposure = {0.62, 0.25, 0.51, 0.24, 0.5, -0.01, {0.19, {}, {}, {}}, 268'800, 2.63};
    report.costs = {
        6'310, 270, 170, 300, 757.5, 0, 4'812.5, 268'800, {0.0224, {}, {}, {}}, {0.31, {}, {}, {}},
        {}};
    report.costs.reruns = {{"fees × 1.5", 0.044, 4'400, 0.55, 64},
                           {"size × 10", 0.012, 1'200, 0.2, 61}};
    report.luck = {{0.79, {}, {}, {}}, {0.34, {}, {}, {}}, 0.041, 8.4, -0.2, 6.1};
    add_curves(report);
    add_trips(report);
    add_control(report);
    return report;
}

} // namespace grekko::tests
