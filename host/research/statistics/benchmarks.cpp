#include "research/statistics/benchmarks.hpp"

#include <algorithm>
#include <cmath>

#include "base/random.hpp"

namespace grekko::statistics {
namespace {

double result_of(std::span<const CurvePoint> prices, const Entry& entry, double cost,
                 Random& random) {
    const Instant first = prices.front().at;
    const std::int64_t room = (prices.back().at - first).count() - entry.held.count();
    const Instant start = first + Duration::nanoseconds(room > 0 ? random.between(0, room) : 0);
    const double paid = value_at(prices, start);
    const double received = value_at(prices, start + entry.held);
    return entry.value * (entry.side * (received / paid - 1.0) - cost * (1.0 + received / paid));
}

} // namespace

std::vector<CurvePoint> constant_weight(std::span<const CurvePoint> prices, double weight,
                                        double cost) {
    std::vector<CurvePoint> curve;
    if (prices.empty()) return curve;
    double idle = 1.0 - weight - std::abs(weight) * cost;
    double held = weight; // money in the asset
    for (std::size_t i = 0; i < prices.size(); ++i) {
        if (i > 0) held *= prices[i].value / prices[i - 1].value;
        const bool last = i + 1 == prices.size();
        const bool closes =
            i > 0 && !last && utc_day(prices[i + 1].at) != utc_day(prices[i].at) && weight != 1.0;
        if (closes || last) {
            const double wanted = last ? 0.0 : weight * (idle + held);
            idle += held - wanted - std::abs(held - wanted) * cost;
            held = wanted;
        }
        curve.push_back({prices[i].at, idle + held});
    }
    return curve;
}

std::vector<double> random_entries(std::span<const std::vector<CurvePoint>> series,
                                   std::span<const Entry> entries, double cost,
                                   std::uint64_t seed) {
    std::vector<double> results;
    const auto usable = [&](const Entry& entry) {
        return entry.series < series.size() && series[entry.series].size() > 1;
    };
    if (std::none_of(entries.begin(), entries.end(), usable)) return results;
    for (int run = 0; run < random_runs; ++run) {
        Random random{seed, static_cast<std::uint64_t>(run) + 1};
        double total = 0.0;
        for (const Entry& entry : entries) {
            if (usable(entry)) total += result_of(series[entry.series], entry, cost, random);
        }
        results.push_back(total);
    }
    return results;
}

std::optional<double> percentile_of(double value, std::span<const double> draws) {
    if (draws.empty()) return std::nullopt;
    double below = 0.0;
    for (const double draw : draws)
        below += draw < value ? 1.0 : draw == value ? 0.5 : 0.0;
    return below / static_cast<double>(draws.size());
}

} // namespace grekko::statistics
