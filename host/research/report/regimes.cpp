#include "research/report/regimes.hpp"

#include <algorithm>
#include <cmath>

#include "base/portable_math.hpp"
#include "research/statistics/sample.hpp"

namespace grekko::report {

Regimes::Regimes(const std::vector<statistics::CurvePoint>& prices) {
    for (const statistics::CurvePoint& point : prices) {
        const double level = portable_log(point.value);
        const double step = logs_.empty() ? 0.0 : level - logs_.back();
        path_.push_back((path_.empty() ? 0.0 : path_.back()) + std::abs(step));
        squares_.push_back((squares_.empty() ? 0.0 : squares_.back()) + step * step);
        logs_.push_back(level);
        times_.push_back(point.at);
    }
    std::vector<double> efficiencies;
    std::vector<double> deviations;
    for (std::size_t place = window; place < logs_.size(); place += 8) {
        const Reading found = reading(place);
        efficiencies.push_back(found.efficiency);
        deviations.push_back(found.deviation);
    }
    efficiency_median_ = statistics::quantile(efficiencies, 0.5).value_or(0.0);
    deviation_median_ = statistics::quantile(deviations, 0.5).value_or(0.0);
}

Regimes::Reading Regimes::reading(std::size_t place) const {
    const std::size_t from = place - window;
    const double path = path_[place] - path_[from];
    const double net = std::abs(logs_[place] - logs_[from]);
    const double square = std::max(0.0, squares_[place] - squares_[from]);
    return {path > 0.0 ? net / path : 0.0, std::sqrt(square / window)};
}

std::string Regimes::at(Instant time) const {
    const auto after = std::upper_bound(times_.begin(), times_.end(), time);
    const auto count = static_cast<std::size_t>(after - times_.begin());
    if (count <= window) return {};
    const Reading found = reading(count - 1);
    const std::string direction = found.efficiency > efficiency_median_ ? "trend" : "range";
    return direction + (found.deviation > deviation_median_ ? ", wild" : ", calm");
}

} // namespace grekko::report
