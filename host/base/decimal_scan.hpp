// Reads decimal text at compile time and at run time: the part of Decimal's parser that needs no
// memory and no Error. It is not the function to call: Decimal::parse and the literals are. They,
// and nobody else, use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/limbs.hpp"
#include "base/rounding.hpp"

namespace grekko::decimal_scan {

enum class Status : std::uint8_t { good, no_digits, bad_character, bad_exponent, out_of_range };

struct Scan {
    Status status{Status::good};
    rounding::Tail tail{rounding::Tail::zero}; // what lies below the 18th decimal
    bool negative{false};
    std::size_t place{0}; // of the offending character
    UInt128 magnitude{0}; // in 10^-18, truncated, < 10^38
};

inline constexpr int decimals = 18;
inline constexpr int digits_max = 38;

constexpr UInt128 power_of_ten(int exponent) { // 0 … 38
    UInt128 power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 10;
    return power;
}

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

struct Digits {
    UInt128 mantissa{0};
    int count{0};             // significant digits in mantissa, at most 38
    std::int64_t exponent{0}; // of the last one
    bool any{false};
    int dropped_first{0};     // the first digit beyond the mantissa
    bool dropped_rest{false}; // whether a later one is not zero
    int dropped_count{0};

    constexpr void take(char c, bool fraction) {
        any = true;
        if (count < digits_max) {
            mantissa = mantissa * 10 + static_cast<unsigned>(c - '0');
            if (mantissa != 0) ++count;
            if (fraction) --exponent;
            return;
        }
        if (dropped_count == 0) {
            dropped_first = c - '0';
            dropped_count = 1;
        } else {
            dropped_rest = dropped_rest || c != '0';
        }
        if (!fraction) ++exponent;
    }
    constexpr bool dropped() const { return dropped_first != 0 || dropped_rest; }
};

constexpr Scan fail(Scan scan, Status status, std::size_t place) {
    scan.status = status;
    scan.place = place;
    return scan;
}

// The value digits * 10^exponent in units of 10^-18.
constexpr Scan scale(Scan scan, const Digits& digits) {
    if (digits.mantissa == 0) return scan;
    const std::int64_t shift = digits.exponent + decimals;
    if (shift >= 0) {
        if (digits.count + shift > digits_max) return fail(scan, Status::out_of_range, 0);
        scan.magnitude = digits.mantissa * power_of_ten(static_cast<int>(shift));
        const unsigned first = static_cast<unsigned>(digits.dropped_first);
        scan.tail = rounding::tail_of(first * 2 + (digits.dropped_rest ? 1U : 0U), 20U);
        return scan;
    }
    if (shift < -digits_max) {
        scan.tail = rounding::Tail::below_half;
        return scan;
    }
    const UInt128 power = power_of_ten(static_cast<int>(-shift));
    const UInt128 rest = digits.mantissa % power;
    scan.magnitude = digits.mantissa / power;
    scan.tail = rounding::tail_of(rest, power);
    if (digits.dropped() && scan.tail == rounding::Tail::zero) {
        scan.tail = rounding::Tail::below_half;
    } else if (digits.dropped() && scan.tail == rounding::Tail::half) {
        scan.tail = rounding::Tail::above_half;
    }
    return scan;
}

// [sign] digits [. digits] [e [sign] digits]; a digit before or after the point is enough.
constexpr Scan scan(std::string_view text) {
    Scan result;
    std::size_t i = 0;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) result.negative = text[i++] == '-';
    Digits digits;
    for (; i < text.size() && is_digit(text[i]); ++i)
        digits.take(text[i], false);
    if (i < text.size() && text[i] == '.') {
        for (++i; i < text.size() && is_digit(text[i]); ++i)
            digits.take(text[i], true);
    }
    if (!digits.any) {
        return fail(result, i < text.size() ? Status::bad_character : Status::no_digits, i);
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        bool down = false;
        if (i < text.size() && (text[i] == '-' || text[i] == '+')) down = text[i++] == '-';
        if (i == text.size() || !is_digit(text[i])) return fail(result, Status::bad_exponent, i);
        std::int64_t exponent = 0;
        for (; i < text.size() && is_digit(text[i]); ++i) {
            if (exponent < 1'000'000'000'000) exponent = exponent * 10 + (text[i] - '0');
        }
        digits.exponent += down ? -exponent : exponent;
    }
    if (i < text.size()) return fail(result, Status::bad_character, i);
    return scale(result, digits);
}

} // namespace grekko::decimal_scan
