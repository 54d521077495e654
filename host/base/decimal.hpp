// Decimal: a signed 128-bit integer times 10^-18 with |x| < 10^20, the number under every amount.
// It is not floating point: addition and comparison are exact, what can lose a digit takes a
// Rounding. It is not an amount either: domain structs hold Price, Quantity, Notional and Rate of
// base/amount.hpp, which this header brings along. Everyone uses it.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/assert.hpp"
#include "base/decimal_scan.hpp"
#include "base/limbs.hpp"
#include "base/result.hpp"
#include "base/rounding.hpp"

namespace grekko {

class Decimal {
public:
    static constexpr int decimals = 18;
    static constexpr Int128 raw_limit = static_cast<Int128>(decimal_scan::power_of_ten(38));
    static constexpr std::size_t text_size_max = 40; // sign, 20 digits, point, 18 digits

    constexpr Decimal() = default; // zero

    // In units of 10^-18; ASSERT |raw| < 10^38.
    static constexpr Decimal from_raw(Int128 raw) {
        ASSERT(fits(raw));
        return Decimal{raw};
    }
    static constexpr std::optional<Decimal> checked_from_raw(Int128 raw) {
        return fits(raw) ? std::optional{Decimal{raw}} : std::nullopt;
    }
    static constexpr Decimal whole(std::int64_t value) {
        return Decimal{static_cast<Int128>(value) * limbs::unit};
    }
    // mantissa * 10^exponent10; ASSERT that it fits exactly.
    static constexpr Decimal from_units(std::int64_t mantissa, int exponent10) {
        const std::optional<Decimal> value = checked_from_units(mantissa, exponent10);
        ASSERT(value.has_value());
        return *value;
    }
    // The same for numbers from outside: none when out of range or finer than 10^-18.
    static constexpr std::optional<Decimal> checked_from_units(std::int64_t mantissa,
                                                               int exponent10);
    static constexpr Decimal max() { return Decimal{raw_limit - 1}; }
    static constexpr Decimal min() { return Decimal{1 - raw_limit}; }

    // "12", "-0.5", "+.5", "1e-7". The error names the place. A nonzero digit below the 18th
    // decimal is an error in the first form and rounded in the second.
    static Result<Decimal> parse(std::string_view text);
    static Result<Decimal> parse(std::string_view text, Rounding mode);

    // The shortest decimal text that reads back as this double (0.1 gives 0.1), rounded to 18
    // decimals. None for NaN, infinity and |value| >= 10^20.
    static std::optional<Decimal> from_double(double value, Rounding mode = Rounding::half_even);
    // The nearest double, ties to even. For indicators, statistics and charts alone.
    double to_double() const;

    std::string to_string() const;       // plain and shortest: "-0.5", "12"
    std::size_t write(char* text) const; // the same, at most text_size_max bytes, no zero byte

    constexpr Int128 raw() const { return static_cast<Int128>(limbs::join(high_, low_)); }
    constexpr bool is_zero() const { return (low_ | high_) == 0; }
    constexpr bool is_negative() const { return static_cast<std::int64_t>(high_) < 0; }
    constexpr bool is_positive() const { return !is_negative() && !is_zero(); }
    constexpr int sign() const { return is_negative() ? -1 : is_zero() ? 0 : 1; }
    constexpr Decimal abs() const { return is_negative() ? -*this : *this; }
    constexpr UInt128 magnitude() const {
        const auto mask = static_cast<UInt128>(raw() >> 127); // all ones when negative
        return (static_cast<UInt128>(raw()) ^ mask) - mask;
    }

    constexpr Decimal operator-() const { return Decimal{-raw()}; }
    constexpr Decimal& operator+=(Decimal other) { return *this = *this + other; }
    constexpr Decimal& operator-=(Decimal other) { return *this = *this - other; }

    // ASSERT |result| < 10^20.
    friend constexpr Decimal operator+(Decimal a, Decimal b) {
        const Int128 sum = wrapped_sum(a, b);
        ASSERT(fits(sum));
        return Decimal{sum};
    }
    friend constexpr Decimal operator-(Decimal a, Decimal b) { return a + -b; }
    friend constexpr std::optional<Decimal> checked_add(Decimal a, Decimal b) {
        return checked_from_raw(wrapped_sum(a, b));
    }
    friend constexpr std::optional<Decimal> checked_subtract(Decimal a, Decimal b) {
        return checked_add(a, -b);
    }

    friend constexpr bool operator==(Decimal a, Decimal b) = default;
    friend constexpr std::strong_ordering operator<=>(Decimal a, Decimal b) {
        return a.raw() <=> b.raw();
    }

private:
    constexpr explicit Decimal(Int128 raw)
        : low_{limbs::low_word(static_cast<UInt128>(raw))},
          high_{limbs::high_word(static_cast<UInt128>(raw))} {}

    // One unsigned comparison: a sum of two Decimals is below 2 * 10^38 in magnitude, and what
    // wraps past 2^127 lands outside of the range as well.
    static constexpr bool fits(Int128 raw) {
        constexpr UInt128 top = static_cast<UInt128>(raw_limit) - 1;
        return static_cast<UInt128>(raw) + top <= 2 * top;
    }
    static constexpr Int128 wrapped_sum(Decimal a, Decimal b) {
        return static_cast<Int128>(static_cast<UInt128>(a.raw()) + static_cast<UInt128>(b.raw()));
    }

    // Two words instead of one __int128: alignment 8 leaves no holes in the structs around it.
    std::uint64_t low_{0};
    std::uint64_t high_{0};
};

static_assert(sizeof(Decimal) == 16 && alignof(Decimal) == 8);
static_assert(std::is_trivially_copyable_v<Decimal> && std::is_standard_layout_v<Decimal>);

// a * b and a / b, exact and then rounded once to 18 decimals. The plain forms ASSERT that the
// result fits and the divisor is not zero; the checked forms return none.
Decimal multiply(Decimal a, Decimal b, Rounding mode);
Decimal divide(Decimal a, Decimal b, Rounding mode);
std::optional<Decimal> checked_multiply(Decimal a, Decimal b, Rounding mode);
std::optional<Decimal> checked_divide(Decimal a, Decimal b, Rounding mode);

// a * b / c with one rounding at the end.
Decimal multiply_divide(Decimal a, Decimal b, Decimal c, Rounding mode);
std::optional<Decimal> checked_multiply_divide(Decimal a, Decimal b, Decimal c, Rounding mode);

// value * count, exact; ASSERT that it fits.
Decimal multiply(Decimal value, std::int64_t count);
std::optional<Decimal> checked_multiply(Decimal value, std::int64_t count);

// The largest Decimal whose square is not above value; ASSERT value >= 0.
Decimal square_root(Decimal value);

// The multiple of step (ASSERT > 0) next to value as mode says; ASSERT that it fits.
Decimal round_to(Decimal value, Decimal step, Rounding mode);
std::optional<Decimal> checked_round_to(Decimal value, Decimal step, Rounding mode);

constexpr std::optional<Decimal> Decimal::checked_from_units(std::int64_t mantissa,
                                                             int exponent10) {
    if (mantissa == 0) return Decimal{};
    if (exponent10 >= 20) return std::nullopt;
    if (exponent10 < -decimals) {
        if (exponent10 < -2 * decimals) return std::nullopt;
        const Int128 power =
            static_cast<Int128>(decimal_scan::power_of_ten(-decimals - exponent10));
        if (mantissa % power != 0) return std::nullopt;
        return Decimal{mantissa / power};
    }
    const Int128 power = static_cast<Int128>(decimal_scan::power_of_ten(exponent10 + decimals));
    Int128 raw = 0;
    if (__builtin_mul_overflow(static_cast<Int128>(mantissa), power, &raw)) return std::nullopt;
    return checked_from_raw(raw);
}

namespace decimal_scan {

// A number as written in source, with or without digit separators. What does not fit exactly
// does not compile.
consteval Decimal literal(const char* text) {
    char plain[64] = {};
    std::size_t size = 0;
    for (; *text != '\0'; ++text) {
        if (*text == '\'') continue;
        if (size == sizeof plain) throw "the literal is too long";
        plain[size++] = *text;
    }
    const Scan value = scan({plain, size});
    if (value.status != Status::good) throw "not a decimal literal in range";
    if (value.tail != rounding::Tail::zero) throw "more than 18 decimals";
    return Decimal::from_raw(static_cast<Int128>(value.magnitude));
}

} // namespace decimal_scan

inline namespace literals {

consteval Decimal operator""_d(const char* text) {
    return decimal_scan::literal(text);
}

} // namespace literals
} // namespace grekko

#include "base/amount.hpp" // IWYU pragma: export
