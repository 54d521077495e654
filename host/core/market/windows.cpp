#include "core/market/windows.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace grekko::market {
namespace {

std::int64_t number_of(Instant at, Duration period) {
    return at.floor(period).nanoseconds() / period.count();
}

std::size_t index_of(std::int64_t number, std::uint64_t count) {
    const auto size = static_cast<std::int64_t>(count);
    return static_cast<std::size_t>(((number % size) + size) % size);
}

// The first bucket after `newest` that a ring of `count` must clear to reach `number`.
std::int64_t first_to_clear(std::int64_t newest, std::int64_t number, std::uint64_t count) {
    return std::max(newest + 1, number - static_cast<std::int64_t>(count) + 1);
}

}  // namespace

void VolumeWindow::add(Instant at, Quantity volume) {
    const std::int64_t number = number_of(at, period_);
    if (buckets_.empty()) {
        buckets_.resize(count_);
        newest_ = number;
    }
    for (std::int64_t n = first_to_clear(newest_, number, count_); n <= number; ++n) {
        Quantity& old = buckets_[index_of(n, count_)];
        total_ -= old;
        old = {};
    }
    newest_ = std::max(newest_, number);
    if (number <= newest_ - static_cast<std::int64_t>(count_)) return;
    buckets_[index_of(number, count_)] += volume;
    total_ += volume;
}

void VolumeWindow::count_up() {
    total_ = {};
    for (const Quantity& bucket : buckets_) total_ += bucket;
}

// All that is kept, less the buckets that have left the window since the last addition.
Quantity VolumeWindow::sum(Instant now) const {
    if (buckets_.empty()) return {};
    const auto count = static_cast<std::int64_t>(count_);
    const std::int64_t gone = number_of(now, period_) - newest_;
    if (gone <= 0) return total_;
    if (gone >= count) return {};
    Quantity sum = total_;
    for (std::int64_t n = newest_ - count + 1; n <= newest_ - count + gone; ++n) {
        sum -= buckets_[index_of(n, count_)];
    }
    return sum;
}

void add_wide(limbs::Wide& sum, const limbs::Wide& value) {
    sum.low += value.low;
    sum.high += value.high + (sum.low < value.low ? 1U : 0U);
}

void MeanPrice::add(Instant at, Quantity volume, const limbs::Wide& value) {
    const std::int64_t number = number_of(at, period);
    Bucket& bucket = buckets_[index_of(number, count)];
    if (bucket.number > number) return;
    if (bucket.number < number) bucket = {number, 0, {}, {}};
    bucket.volume += volume;
    add_wide(bucket.value, value);
}

Price MeanPrice::mean(Instant now, const Bucket& open) const {
    const std::int64_t last = number_of(now, period);
    Bucket sum = open;
    if (open.number <= last - static_cast<std::int64_t>(count)) sum = {};
    for (const Bucket& bucket : buckets_) {
        if (bucket.number <= last - static_cast<std::int64_t>(count)) continue;
        sum.volume += bucket.volume;
        add_wide(sum.value, bucket.value);
    }
    if (sum.volume.is_zero()) return {};
    const auto divisor = static_cast<UInt128>(sum.volume.raw());
    ASSERT(divisor > sum.value.high);  // a mean of prices is a price
    const limbs::Quotient result = limbs::divide(sum.value, divisor);
    const auto tail = rounding::tail_of(result.remainder, divisor);
    const bool up = rounding::grows(Rounding::half_even, tail, false, result.quotient % 2 != 0);
    return Price::from_raw(static_cast<Int128>(result.quotient + (up ? 1U : 0U)));
}

bool SampledMedian::add(Instant at, std::uint64_t sample) {
    const std::int64_t number = number_of(at, period_);
    if (samples_.empty()) {
        samples_.resize(count_);
        newest_ = number;
    } else if (number <= newest_) {
        return false;
    } else {
        for (std::int64_t n = first_to_clear(newest_, number, count_); n <= number; ++n) {
            samples_[index_of(n, count_)] = 0;
        }
        newest_ = number;
    }
    samples_[index_of(number, count_)] = sample;
    return true;
}

std::uint64_t SampledMedian::median(std::uint32_t samples_min) const {
    std::vector<std::uint64_t> present;
    present.reserve(samples_.size());
    for (const std::uint64_t sample : samples_) {
        if (sample != 0) present.push_back(sample);
    }
    if (present.empty() || present.size() < samples_min) return 0;
    const auto middle = present.begin() + static_cast<std::ptrdiff_t>((present.size() - 1) / 2);
    std::nth_element(present.begin(), middle, present.end());
    return *middle;
}

std::uint64_t SampledMedian::sample(std::int64_t number) const {
    if (samples_.empty() || number > newest_) return 0;
    if (number <= newest_ - static_cast<std::int64_t>(count_)) return 0;
    return samples_[index_of(number, count_)];
}

}  // namespace grekko::market
