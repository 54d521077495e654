#include "core/market/profile.hpp"

#include <algorithm>

namespace grekko::market {
namespace {

constexpr Quantity unseen = Quantity::from_raw(-1);
constexpr std::int64_t week = static_cast<std::int64_t>(VolumeProfile::quarters);
constexpr std::int64_t monday_offset = 3 * 96;  // 1970-01-01 was a Thursday

std::int64_t number_of(Instant at) {
    return at.floor(QuarterVolumes::quarter).nanoseconds() / QuarterVolumes::quarter.count();
}

std::size_t modulo(std::int64_t number, std::int64_t count) {
    return static_cast<std::size_t>(((number % count) + count) % count);
}

std::size_t index_of(std::int64_t number) {
    return modulo(number, QuarterVolumes::quarters_kept);
}

}  // namespace

void QuarterVolumes::add(Instant at, Quantity volume) {
    advance(at);
    put(number_of(at), volume);
}

void QuarterVolumes::add(Instant from, Duration length, Quantity volume) {
    if (length <= quarter) return add(from, volume);
    const Instant end = from + length;
    Quantity left = volume;
    for (Instant at = from; at < end;) {
        const Instant next = std::min(at.floor(quarter) + quarter, end);
        const Quantity part = next == end
                                  ? left
                                  : multiply_divide(volume, Quantity::whole((next - at).count()),
                                                    Quantity::whole(length.count()),
                                                    Rounding::floor);
        add(at, part);
        left -= part;
        at = next;
    }
}

// Opens the quarter of `to` and all that were silent before it.
void QuarterVolumes::advance(Instant to) {
    const std::int64_t number = number_of(to);
    const bool first = volumes_.empty();
    if (!first && number <= newest_) return;
    if (first) volumes_.resize(static_cast<std::size_t>(quarters_kept), unseen);
    const bool follows = !first && number - newest_ <= quiet_quarters_max;
    const std::int64_t from = first ? number : std::max(newest_ + 1, number - quarters_kept + 1);
    for (std::int64_t n = from; n < number; ++n) {
        volumes_[index_of(n)] = follows ? Quantity{} : unseen;
    }
    const bool whole = follows || to.floor(quarter) == to;
    volumes_[index_of(number)] = whole ? Quantity{} : unseen;
    newest_ = number;
}

void QuarterVolumes::put(std::int64_t number, Quantity volume) {
    if (number <= newest_ - quarters_kept) return;
    Quantity& kept = volumes_[index_of(number)];
    if (!kept.is_negative()) kept += volume;
}

VolumeProfile QuarterVolumes::profile(Instant now) const {
    VolumeProfile profile;
    if (volumes_.empty()) return profile;
    std::array<std::uint8_t, VolumeProfile::quarters> seen{};
    std::uint32_t all = 0;
    const std::int64_t last = std::min(newest_, number_of(now) - 1);
    for (std::int64_t n = newest_ - quarters_kept + 1; n <= last; ++n) {
        const Quantity& kept = volumes_[index_of(n)];
        if (kept.is_negative()) continue;
        const std::size_t slot = modulo(n + monday_offset, week);
        profile.volume[slot] += kept;
        ++seen[slot];
        ++all;
    }
    std::uint32_t covered = 0;
    for (std::size_t slot = 0; slot < VolumeProfile::quarters; ++slot) {
        if (seen[slot] == 0) continue;
        ++covered;
        profile.volume[slot] =
            Quantity{divide(profile.volume[slot].decimal(), Decimal::whole(seen[slot]),
                            Rounding::half_even)};
    }
    profile.days = (covered < VolumeProfile::quarters ? covered : all) / 96;
    return profile;
}

}  // namespace grekko::market
