#include "research/report/prices.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace grekko::report {

void Prices::add(Instant at, double price) {
    if (price <= 0.0 || at < last_.at) return;
    last_ = {at, price};
    if (!points_.empty() && points_.back().at == at) {
        points_.back().value = price;
        return;
    }
    if (!points_.empty() && at - points_.back().at < spacing_) return;
    points_.push_back(last_);
    if (points_.size() < points_max) return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < points_.size(); i += 2)
        points_[kept++] = points_[i];
    points_.resize(kept);
    spacing_ = (points_.back().at - points_.front().at) / static_cast<std::int64_t>(kept);
}

std::vector<std::size_t> thinned(const std::vector<double>& values, std::size_t count) {
    ASSERT(count >= 2);
    std::vector<std::size_t> places;
    if (values.size() <= count) {
        for (std::size_t i = 0; i < values.size(); ++i)
            places.push_back(i);
        return places;
    }
    const std::size_t parts = count / 2;
    for (std::size_t part = 0; part < parts; ++part) {
        const auto from =
            values.begin() + static_cast<std::ptrdiff_t>(values.size() * part / parts);
        const auto to =
            values.begin() + static_cast<std::ptrdiff_t>(values.size() * (part + 1) / parts);
        const auto [low, high] = std::minmax_element(from, to);
        const auto first = static_cast<std::size_t>(std::min(low, high) - values.begin());
        const auto second = static_cast<std::size_t>(std::max(low, high) - values.begin());
        places.push_back(first);
        if (second != first) places.push_back(second);
    }
    places.front() = 0;
    places.back() = values.size() - 1;
    return places;
}

} // namespace grekko::report
