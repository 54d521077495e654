#include "base/instant.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace grekko {
namespace {

// Days since 1970-01-01 of a date of the proleptic Gregorian calendar, by counting in years that
// begin in March and eras of 400 years.
constexpr std::int64_t days_from_date(std::int64_t year, std::int64_t month, std::int64_t day) {
    year -= month <= 2;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719'468;
}

struct Date {
    std::int64_t year, month, day;
};

constexpr Date date_from_days(std::int64_t days) {
    days += 719'468;
    const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
    const std::int64_t day_of_era = days - era * 146'097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
    const std::int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    const std::int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    return {year_of_era + era * 400 + (month <= 2), month,
            day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

constexpr std::int64_t second_in_ns = 1'000'000'000;
constexpr std::int64_t day_in_s = 86'400;

bool number(std::string_view& text, std::size_t digits, std::int64_t& value) {
    if (text.size() < digits) return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
    if (error != std::errc{} || end != text.data() + digits) return false;
    text.remove_prefix(digits);
    return true;
}

bool literal(std::string_view& text, char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

Error bad_instant(std::string_view text) {
    return make_error(ErrorCode::invalid_argument,
                      "\"" + std::string(text) +
                          "\" is not a time; write it as 2024-08-08T23:54:14Z or 2024-08-08");
}

bool fraction(std::string_view& text, std::int64_t& nanoseconds) {
    std::int64_t unit = second_in_ns / 10;
    std::size_t digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++digits) {
        nanoseconds += (text.front() - '0') * unit;
        unit /= 10;
        text.remove_prefix(1);
    }
    return digits >= 1 && digits <= 9;
}

bool offset(std::string_view& text, std::int64_t& seconds) {
    if (literal(text, 'Z') || literal(text, 'z')) return true;
    const std::int64_t sign = literal(text, '-') ? -1 : literal(text, '+') ? 1 : 0;
    std::int64_t hours = 0, minutes = 0;
    if (sign == 0 || !number(text, 2, hours) || !literal(text, ':') || !number(text, 2, minutes)) {
        return false;
    }
    seconds = sign * (hours * 3'600 + minutes * 60);
    return hours <= 23 && minutes <= 59;
}

} // namespace

std::string to_string(Instant instant) {
    const Instant second = instant.floor(Duration::seconds(1));
    const std::int64_t seconds = second.nanoseconds() / second_in_ns;
    const std::int64_t days =
        instant.floor(Duration::days(1)).nanoseconds() / second_in_ns / day_in_s;
    const std::int64_t of_day = seconds - days * day_in_s;
    const Date date = date_from_days(days);
    std::array<char, 64> buffer{};
    int size = std::snprintf(
        buffer.data(), buffer.size(), "%04lld-%02lld-%02lldT%02lld:%02lld:%02lld",
        static_cast<long long>(date.year), static_cast<long long>(date.month),
        static_cast<long long>(date.day), static_cast<long long>(of_day / 3'600),
        static_cast<long long>(of_day / 60 % 60), static_cast<long long>(of_day % 60));
    std::string text(buffer.data(), static_cast<std::size_t>(size));
    if (const std::int64_t rest = (instant - second).count(); rest != 0) {
        size = std::snprintf(buffer.data(), buffer.size(), ".%09lld", static_cast<long long>(rest));
        text.append(buffer.data(), static_cast<std::size_t>(size));
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text + "Z";
}

std::string to_string(Duration duration) {
    struct Unit {
        std::int64_t size;
        const char* name;
    };
    constexpr std::array units{Unit{day_in_s * second_in_ns, "d"},
                               Unit{3'600 * second_in_ns, "h"},
                               Unit{60 * second_in_ns, "m"},
                               Unit{second_in_ns, "s"},
                               Unit{1'000'000, "ms"},
                               Unit{1'000, "us"}};
    for (const Unit& unit : units) {
        if (duration.count() != 0 && duration.count() % unit.size == 0) {
            return std::to_string(duration.count() / unit.size) + unit.name;
        }
    }
    return std::to_string(duration.count()) + (duration.count() == 0 ? "s" : "ns");
}

Result<Instant> parse_instant(std::string_view text) {
    std::string_view rest = text;
    std::int64_t year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ns = 0, shift = 0;
    const bool date = number(rest, 4, year) && literal(rest, '-') && number(rest, 2, month) &&
                      literal(rest, '-') && number(rest, 2, day);
    if (!date || month < 1 || month > 12 || day < 1 || day > 31) return bad_instant(text);
    if (!rest.empty()) {
        const bool time = (literal(rest, 'T') || literal(rest, ' ')) && number(rest, 2, hour) &&
                          literal(rest, ':') && number(rest, 2, minute) && literal(rest, ':') &&
                          number(rest, 2, second) && (!literal(rest, '.') || fraction(rest, ns)) &&
                          offset(rest, shift);
        if (!time || !rest.empty() || hour > 23 || minute > 59 || second > 59) {
            return bad_instant(text);
        }
    }
    const std::int64_t days = days_from_date(year, month, day);
    const Date check = date_from_days(days);
    if (check.month != month || check.day != day || year < 1678 || year > 2261) {
        return bad_instant(text);
    }
    const std::int64_t seconds = days * day_in_s + hour * 3'600 + minute * 60 + second - shift;
    return Instant::from_nanoseconds(seconds * second_in_ns + ns);
}

Result<Duration> parse_duration(std::string_view text) {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    std::int64_t size = 0;
    if (unit == "ns") size = 1;
    if (unit == "us") size = 1'000;
    if (unit == "ms") size = 1'000'000;
    if (unit == "s") size = second_in_ns;
    if (unit == "m") size = 60 * second_in_ns;
    if (unit == "h") size = 3'600 * second_in_ns;
    if (unit == "d") size = day_in_s * second_in_ns;
    std::int64_t nanoseconds = 0;
    if (error != std::errc{} || size == 0 || __builtin_mul_overflow(count, size, &nanoseconds)) {
        return make_error(ErrorCode::invalid_argument,
                          "\"" + std::string(text) +
                              "\" is not a duration; write a whole number and ns, us, ms, s, m, h "
                              "or d, for example 250ms");
    }
    return Duration::nanoseconds(nanoseconds);
}

} // namespace grekko
