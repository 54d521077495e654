// Durations and times of the ABI, nanoseconds in 64 bits, written as people write them.
// It reads no clock: the only now of a strategy is the time of its event.
// Plugins and their tests use it.
#pragma once

#include <grekko/types.h>

#include <cstdint>

namespace grekko::sdk {

using Time = grekko_time; // since 1970-01-01T00:00:00Z
using Duration = grekko_duration;

constexpr Duration milliseconds(std::int64_t count) {
    return count * 1'000'000;
}
constexpr Duration seconds(std::int64_t count) {
    return milliseconds(count * 1'000);
}
constexpr Duration minutes(std::int64_t count) {
    return seconds(count * 60);
}
constexpr Duration hours(std::int64_t count) {
    return minutes(count * 60);
}
constexpr Duration days(std::int64_t count) {
    return hours(count * 24);
}

} // namespace grekko::sdk
