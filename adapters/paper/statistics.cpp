#include "paper/statistics.hpp"

#include <algorithm>

namespace grekko::paper {
namespace {

constexpr Decimal decay = 0.988514020352896135_dec; // 2^(-1/60)
constexpr std::uint32_t samples_min = 10;
constexpr std::int64_t volume_unknown = 10'000; // times the quantity

} // namespace

void Statistics::traded(grekko_time at, Decimal quantity) {
    if (minutes_.empty()) {
        minutes_.resize(buckets, {-1, {}});
        first_ = at;
    }
    const grekko_time number = at / minute;
    auto& [of, volume] = minutes_[static_cast<std::size_t>(number) % buckets];
    if (of != number) volume = {};
    of = number;
    volume += quantity;
}

void Statistics::mid(grekko_time at, Decimal mid) {
    const grekko_time number = at / minute;
    if (number == mid_minute_ || !mid.is_positive()) return;
    const bool follows = last_mid_.is_positive() && number == mid_minute_ + 1;
    if (follows) sample(divide(mid - last_mid_, last_mid_, Round::half_even), minute);
    mid_minute_ = number;
    last_mid_ = mid;
}

void Statistics::bar(const grekko_bar& bar) {
    if (last_close_.is_positive() && bar.missing == 0)
        sample(divide(Decimal{bar.close} - last_close_, last_close_, Round::half_even),
               bar.interval);
    last_close_ = bar.close;
    // A bar's trades count until its close has left the 24 hours, not until its opening has.
    const bool first = minutes_.empty();
    traded(bar.head.exchange_at + bar.interval - 1, bar.volume);
    if (first) first_ = bar.head.exchange_at;
}

void Statistics::sample(Decimal change, grekko_duration interval) {
    if (interval != interval_) {
        squares_ = weights_ = {};
        samples_ = 0;
        interval_ = interval;
    }
    squares_ =
        multiply(squares_, decay, Round::half_even) + multiply(change, change, Round::half_even);
    weights_ = multiply(weights_, decay, Round::half_even) + Decimal{1};
    ++samples_;
}

Decimal Statistics::sigma_day() const {
    if (samples_ < samples_min) return sigma_default_;
    const Decimal variance = divide(squares_, weights_, Round::half_even);
    return square_root(multiply_divide(variance, Decimal{day / second},
                                       Decimal{std::max<std::int64_t>(interval_ / second, 1)},
                                       Round::half_even));
}

Decimal Statistics::volume(grekko_time now, std::size_t minutes) const {
    if (minutes_.empty()) return {};
    const grekko_time last = now / minute;
    const grekko_time first = last - static_cast<grekko_time>(minutes);
    Decimal sum;
    if (minutes < 60) {
        for (grekko_time number = first + 1; number <= last; ++number) {
            const auto& [of, quantity] = minutes_[static_cast<std::size_t>(number) % buckets];
            if (of == number) sum += quantity;
        }
        return sum;
    }
    for (const auto& [of, quantity] : minutes_) {
        if (of > first && of <= last) sum += quantity;
    }
    return sum;
}

Decimal Statistics::volume_day(grekko_time now) const {
    const Decimal seen = volume(now, buckets);
    const grekko_duration span =
        std::max<grekko_duration>(now - first_, std::max(interval_, minute));
    if (span >= day || seen.is_zero()) return seen;
    return multiply_divide(seen, Decimal{day / second}, Decimal{span / second}, Round::half_even);
}

Decimal Statistics::volume_5min(grekko_time now) const {
    return volume(now, 5);
}

Decimal Statistics::impact(Decimal factor, Decimal quantity, grekko_time now) const {
    const Decimal known = volume_day(now);
    const Decimal share =
        known.is_positive() ? divide(quantity, known, Round::half_even) : Decimal::ratio(1, 4);
    static_assert(volume_unknown == 10'000);
    return multiply(multiply(factor, sigma_day(), Round::half_even), square_root(share), Round::up);
}

Decimal Statistics::quantity_within(Decimal factor, Decimal impact, grekko_time now) const {
    if (impact.is_negative()) return {};
    const Decimal scale = multiply(factor, sigma_day(), Round::half_even);
    const Decimal known = volume_day(now);
    if (scale.is_zero()) return Decimal::largest();
    const Decimal root = divide(impact, scale, Round::down);
    if (!known.is_positive()) return root >= Decimal::ratio(1, 2) ? Decimal::largest() : Decimal{};
    return multiply(multiply(root, root, Round::down), known, Round::down);
}

} // namespace grekko::paper
