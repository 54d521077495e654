#include "coinbase/timestamp.hpp"

#include <cstddef>

namespace grekko::coinbase {
namespace {

// The number of `count` digits at `at`; -1: something else stands there.
std::int64_t digits(std::string_view text, std::size_t at, std::size_t count) {
    std::int64_t value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

// Days since 1970-01-01 of a date in the Gregorian calendar: years are counted from March, so that
// the leap day is the last of them.
std::int64_t days_of(std::int64_t year, std::int64_t month, std::int64_t day) {
    const std::int64_t years = month <= 2 ? year - 1 : year;
    const std::int64_t months = month <= 2 ? month + 9 : month - 3;
    const std::int64_t leap_days = years / 4 - years / 100 + years / 400;
    constexpr std::int64_t days_to_1970 = 719'468;
    return years * 365 + leap_days + (months * 153 + 2) / 5 + day - 1 - days_to_1970;
}

bool in(std::int64_t value, std::int64_t low, std::int64_t high) {
    return value >= low && value <= high;
}

} // namespace

std::optional<grekko_time> parse_timestamp(std::string_view text) {
    constexpr std::size_t shortest = 20; // "2026-08-09T21:05:48Z"
    constexpr std::size_t longest = 30;
    if (text.size() < shortest || text.size() > longest || text.back() != 'Z') return {};
    const bool marks =
        text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':';
    const std::int64_t year = digits(text, 0, 4);
    const std::int64_t month = digits(text, 5, 2);
    const std::int64_t day = digits(text, 8, 2);
    const std::int64_t hour = digits(text, 11, 2);
    const std::int64_t minute = digits(text, 14, 2);
    const std::int64_t second = digits(text, 17, 2);
    const bool ranges = in(year, 1970, 2200) && in(month, 1, 12) && in(day, 1, 31) &&
                        in(hour, 0, 23) && in(minute, 0, 59) && in(second, 0, 60);
    if (!marks || !ranges) return {};
    std::int64_t fraction = 0;
    if (text.size() > shortest) {
        const std::size_t count = text.size() - shortest - 1;
        fraction = digits(text, shortest, count);
        if (text[shortest - 1] != '.' || count == 0 || fraction < 0) return {};
        for (std::size_t i = count; i < 9; ++i)
            fraction *= 10;
    }
    const std::int64_t seconds =
        ((days_of(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    return seconds * 1'000'000'000 + fraction;
}

} // namespace grekko::coinbase
