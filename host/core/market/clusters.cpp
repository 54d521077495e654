#include "core/market/clusters.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace grekko::market {
namespace {

// Returns are kept as millionths, at most ±1, shifted to be positive: zero stands for none.
constexpr std::int64_t millionths = 1'000'000;
constexpr std::int64_t shift = 2 * millionths;

struct Sums {
    std::int64_t count{0}, first{0}, last{0};
    Int128 x{0}, y{0}, xx{0}, yy{0}, xy{0};
};

Sums sums_of(const SampledMedian& a, const SampledMedian& b) {
    Sums sums;
    const std::int64_t newest = std::min(a.newest(), b.newest());
    const std::int64_t oldest = std::max(a.newest(), b.newest()) - a.count() + 1;
    for (std::int64_t hour = oldest; hour <= newest; ++hour) {
        const std::uint64_t one = a.sample(hour);
        const std::uint64_t other = b.sample(hour);
        if (one == 0 || other == 0) continue;
        const std::int64_t x = static_cast<std::int64_t>(one) - shift;
        const std::int64_t y = static_cast<std::int64_t>(other) - shift;
        if (sums.count == 0) sums.first = hour;
        sums.last = hour;
        ++sums.count;
        sums.x += x;
        sums.y += y;
        sums.xx += x * x;
        sums.yy += y * y;
        sums.xy += x * y;
    }
    return sums;
}

// n Σxy − Σx Σy stays below 720² · 10¹², so its square times 10 000 would leave 128 bits by a
// little: the thousandths of it are compared instead, far finer than the data.
bool correlated(const Sums& sums, std::int64_t min_percent) {
    constexpr Int128 scale = 1'000;
    const Int128 covariance = (sums.count * sums.xy - sums.x * sums.y) / scale;
    const Int128 variance_x = (sums.count * sums.xx - sums.x * sums.x) / scale;
    const Int128 variance_y = (sums.count * sums.yy - sums.y * sums.y) / scale;
    if (covariance <= 0) return false;
    return covariance * covariance * 10'000 >=
           variance_x * variance_y * min_percent * min_percent;
}

bool moves_together(const State& state, const Settings& settings, std::size_t a, std::size_t b) {
    const Sums sums = sums_of(state.instruments[a].returns, state.instruments[b].returns);
    const std::int64_t span =
        settings.correlation_span_min.count() / Duration::hours(1).count();
    if (sums.count < settings.correlation_returns_min || sums.last - sums.first < span) return true;
    return correlated(sums, settings.correlation_min_percent);
}

bool is_stable(const Settings& settings, const Instrument& instrument) {
    return std::ranges::find(settings.stablecoins, instrument.base) != settings.stablecoins.end();
}

std::size_t root_of(const std::vector<std::size_t>& parent, std::size_t i) {
    while (parent[i] != i) i = parent[i];
    return i;
}

}  // namespace

void add_hourly_return(InstrumentState& instrument, Price price, Instant at) {
    const Price before = instrument.hour_price;
    instrument.hour_price = price;
    if (before.is_zero()) return;
    const std::optional<Rate> growth = checked_ratio(price, before, Rounding::half_even);
    const Rate change = growth ? std::min(*growth - 1_rate, 1_rate) : 1_rate;
    const Decimal scaled = multiply(change.decimal(), Decimal::whole(millionths),
                                    Rounding::half_even);
    const Decimal whole = round_to(scaled, 1_d, Rounding::half_even);
    const auto value = static_cast<std::int64_t>(whole.raw() / Decimal::whole(1).raw());
    instrument.returns.add(at, static_cast<std::uint64_t>(value + shift));
}

void find_clusters(State& state, const Settings& settings, const Universe& universe) {
    const std::size_t size = state.instruments.size();
    std::vector<std::size_t> parent(size);
    for (std::size_t i = 0; i < size; ++i) parent[i] = i;
    const bool all_one = size > settings.cluster_instruments_max + 1U;
    for (std::size_t i = 1; i < size; ++i) {
        for (std::size_t j = 1; j < i; ++j) {
            const std::size_t a = root_of(parent, i);
            const std::size_t b = root_of(parent, j);
            const bool stable = is_stable(settings, universe.instruments[i]);
            if (a == b || stable != is_stable(settings, universe.instruments[j])) continue;
            if (stable || all_one || moves_together(state, settings, i, j)) {
                parent[std::max(a, b)] = std::min(a, b);
            }
            if (all_one) break;  // one of its kind speaks for all
        }
    }
    for (std::size_t i = 1; i < size; ++i) {
        const auto root = static_cast<std::uint16_t>(root_of(parent, i));
        state.instruments[i].cluster = InstrumentId{root};
    }
}

}  // namespace grekko::market
