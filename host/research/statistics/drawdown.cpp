#include "research/statistics/drawdown.hpp"

#include <algorithm>

namespace grekko::statistics {

Drawdown max_drawdown(std::span<const CurvePoint> curve) {
    Drawdown result;
    if (curve.empty()) return result;
    CurvePoint peak = curve.front();
    bool below = false;        // the present drawdown is open
    bool largest_open = false; // ... and it is the largest so far
    for (const CurvePoint& point : curve) {
        if (point.value >= peak.value) {
            if (largest_open) result.recovered = point.at;
            if (below) result.longest = std::max(result.longest, point.at - peak.at);
            below = largest_open = false;
            peak = point;
            continue;
        }
        below = true;
        const double depth = 1.0 - point.value / peak.value;
        if (depth > result.depth) {
            result.depth = depth;
            result.peak = peak.at;
            result.trough = point.at;
            result.recovered = Instant{};
            largest_open = true;
        }
    }
    if (below) result.longest = std::max(result.longest, curve.back().at - peak.at);
    return result;
}

std::vector<double> drawdowns(std::span<const CurvePoint> curve) {
    std::vector<double> result;
    result.reserve(curve.size());
    double peak = 0.0;
    for (const CurvePoint& point : curve) {
        peak = std::max(peak, point.value);
        result.push_back(peak > 0.0 ? 1.0 - point.value / peak : 0.0);
    }
    return result;
}

double depth_of(std::span<const double> returns) {
    double wealth = 1.0;
    double peak = 1.0;
    double depth = 0.0;
    for (const double value : returns) {
        wealth *= 1.0 + value;
        peak = std::max(peak, wealth);
        depth = std::max(depth, 1.0 - wealth / peak);
    }
    return depth;
}

} // namespace grekko::statistics
