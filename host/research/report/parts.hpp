// The parts of build(), one a section of the report. Private to this folder: others call build().
// They draw nothing and keep no state.
// Each reads the collector and what earlier parts have filled in; build.cpp shows the order.
#pragma once

#include "research/report/report.hpp"

namespace grekko::report {

// What several parts need: the curve of NAV per unit and the market on the same times.
struct Curves {
    std::vector<statistics::CurvePoint> run;
    std::vector<statistics::CurvePoint> market; // equal weights, 1 at the start; empty: no prices
    std::vector<statistics::CurvePoint> hold, weight; // after costs
};

// A figure that is absent, with the reason; one that is there.
ports::Estimate too_short();
ports::Estimate absent(std::string why);
ports::Estimate known(double value);
ports::Estimate known(std::optional<double> value, std::string why);

Curves curves_of(const Collector& collector);
void build_trades(const Collector& collector, Report& report);
void build_returns(const Collector& collector, const Curves& curves, Report& report);
void build_exposure(const Collector& collector, Report& report);
void build_costs(const Collector& collector, const Companions& companions, Report& report);
void build_benchmarks(const Collector& collector, Curves& curves, Report& report);
void build_luck(Report& report);
void build_consensus(const Collector& collector, const Companions& companions, Report& report);
void build_risk(const Collector& collector, Report& report);
void build_charts(const Collector& collector, const Curves& curves, Report& report);

} // namespace grekko::report
