// Instant and Duration: nanoseconds since 1970-01-01T00:00:00Z (no leap seconds) and between two
// instants. They carry time, they never read it: the only now of the core is Input.at.
// Everyone uses them; text conversion is for the edges.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace grekko {

class Duration {
public:
    constexpr Duration() = default;
    static constexpr Duration nanoseconds(std::int64_t n) { return Duration{n}; }
    static constexpr Duration microseconds(std::int64_t n) { return Duration{n * 1'000}; }
    static constexpr Duration milliseconds(std::int64_t n) { return Duration{n * 1'000'000}; }
    static constexpr Duration seconds(std::int64_t n) { return Duration{n * 1'000'000'000}; }
    static constexpr Duration minutes(std::int64_t n) { return seconds(n * 60); }
    static constexpr Duration hours(std::int64_t n) { return seconds(n * 3'600); }
    static constexpr Duration days(std::int64_t n) { return seconds(n * 86'400); }

    constexpr std::int64_t count() const { return nanoseconds_; }
    constexpr auto operator<=>(const Duration&) const = default;
    constexpr Duration operator+(Duration o) const {
        return Duration{nanoseconds_ + o.nanoseconds_};
    }
    constexpr Duration operator-(Duration o) const {
        return Duration{nanoseconds_ - o.nanoseconds_};
    }
    constexpr Duration operator*(std::int64_t n) const { return Duration{nanoseconds_ * n}; }
    constexpr Duration operator/(std::int64_t n) const { return Duration{nanoseconds_ / n}; }

private:
    constexpr explicit Duration(std::int64_t n) : nanoseconds_{n} {}
    std::int64_t nanoseconds_{0};
};

class Instant {
public:
    constexpr Instant() = default;
    static constexpr Instant from_nanoseconds(std::int64_t n) { return Instant{n}; }
    static constexpr Instant from_seconds(std::int64_t s) { return Instant{s * 1'000'000'000}; }

    constexpr std::int64_t nanoseconds() const { return nanoseconds_; }
    constexpr bool is_none() const { return nanoseconds_ == 0; }
    constexpr auto operator<=>(const Instant&) const = default;
    constexpr Instant operator+(Duration d) const { return Instant{nanoseconds_ + d.count()}; }
    constexpr Instant operator-(Duration d) const { return Instant{nanoseconds_ - d.count()}; }
    constexpr Duration operator-(Instant o) const {
        return Duration::nanoseconds(nanoseconds_ - o.nanoseconds_);
    }
    // The start of the interval of length `step` (> 0) that holds this instant.
    constexpr Instant floor(Duration step) const {
        const std::int64_t remainder = nanoseconds_ % step.count();
        return Instant{nanoseconds_ - remainder - (remainder < 0 ? step.count() : 0)};
    }

private:
    constexpr explicit Instant(std::int64_t n) : nanoseconds_{n} {}
    std::int64_t nanoseconds_{0};
};

// RFC 3339 in UTC, "2024-08-08T23:54:14.085Z"; as many digits of the second as are not zero.
std::string to_string(Instant instant);
// "250ms", "2s", "5m", "1h", "7d": the largest unit that divides it.
std::string to_string(Duration duration);
// RFC 3339 with Z or an offset, or a date alone.
Result<Instant> parse_instant(std::string_view text);
// A whole number and a unit: ns us ms s m h d.
Result<Duration> parse_duration(std::string_view text);

}  // namespace grekko
