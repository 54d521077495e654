#include "base/decimal.hpp"

#include <array>
#include <bit>
#include <cmath>

namespace grekko {
namespace {

using limbs::Quotient;
using limbs::Wide;

constexpr UInt128 magnitude_limit = static_cast<UInt128>(Decimal::raw_limit);

// magnitude < magnitude_limit, as the caller has checked.
[[gnu::always_inline]] inline Decimal with_sign(UInt128 magnitude, bool negative) {
    const UInt128 mask = negative ? ~UInt128{0} : UInt128{0};
    const UInt128 raw = (magnitude ^ mask) - mask;
    return std::bit_cast<Decimal>(std::array{limbs::low_word(raw), limbs::high_word(raw)});
}

// What ends in _into gives the rounded result or false when it leaves the range.
[[gnu::always_inline]] inline bool finish(UInt128 magnitude, rounding::Tail tail, bool negative,
                                          Rounding mode, Decimal& result) {
    const bool odd = (magnitude & 1U) != 0;
    magnitude += rounding::grows(mode, tail, negative, odd) ? 1U : 0U;
    if (magnitude >= magnitude_limit) return false;
    result = with_sign(magnitude, negative);
    return true;
}

[[gnu::always_inline]] inline bool multiply_into(Decimal a, Decimal b, Rounding mode,
                                                 Decimal& result) {
    const UInt128 x = a.magnitude();
    const UInt128 y = b.magnitude();
    const bool negative = a.is_negative() != b.is_negative();
    // Two numbers below 18, as rates are: one product and one division of the processor.
    if ((limbs::high_word(x) | limbs::high_word(y)) == 0) {
        const UInt128 small = limbs::multiply_words(limbs::low_word(x), limbs::low_word(y));
        if (limbs::high_word(small) < limbs::unit) {
            std::uint64_t rest = 0;
            const std::uint64_t whole = limbs::divide_words(
                limbs::high_word(small), limbs::low_word(small), limbs::unit, rest);
            return finish(whole, rounding::tail_of(rest, limbs::unit), negative, mode, result);
        }
    }
    const Wide product = limbs::multiply(x, y);
    if ((limbs::low_word(product.high) >> (limbs::unit_product_bits - 128)) != 0) return false;
    if (limbs::high_word(product.high) != 0) return false;
    const Quotient exact = limbs::divide_by_unit(product);
    const rounding::Tail tail = rounding::tail_of(limbs::low_word(exact.remainder), limbs::unit);
    return finish(exact.quotient, tail, negative, mode, result);
}

[[gnu::always_inline]] inline bool divide_into(Wide dividend, Decimal divisor, bool negative,
                                               Rounding mode, Decimal& result) {
    const UInt128 magnitude = divisor.magnitude();
    if (dividend.high >= magnitude) return false; // zero divisors too
    const Quotient exact = limbs::divide(dividend, magnitude);
    const rounding::Tail tail = rounding::tail_of(exact.remainder, magnitude);
    return finish(exact.quotient, tail, negative, mode, result);
}

[[gnu::always_inline]] inline bool quotient_into(Decimal a, Decimal b, Rounding mode,
                                                 Decimal& result) {
    return divide_into(limbs::multiply_by_word(a.magnitude(), limbs::unit), b,
                       a.is_negative() != b.is_negative(), mode, result);
}

[[gnu::always_inline]] inline bool share_into(Decimal a, Decimal b, Decimal c, Rounding mode,
                                              Decimal& result) {
    const bool negative = (a.is_negative() != b.is_negative()) != c.is_negative();
    return divide_into(limbs::multiply(a.magnitude(), b.magnitude()), c, negative, mode, result);
}

} // namespace

std::optional<Decimal> checked_multiply(Decimal a, Decimal b, Rounding mode) {
    Decimal result;
    return multiply_into(a, b, mode, result) ? std::optional{result} : std::nullopt;
}

Decimal multiply(Decimal a, Decimal b, Rounding mode) {
    Decimal result;
    const bool fits = multiply_into(a, b, mode, result);
    ASSERT(fits);
    return result;
}

std::optional<Decimal> checked_divide(Decimal a, Decimal b, Rounding mode) {
    Decimal result;
    return quotient_into(a, b, mode, result) ? std::optional{result} : std::nullopt;
}

Decimal divide(Decimal a, Decimal b, Rounding mode) {
    ASSERT(!b.is_zero());
    Decimal result;
    const bool fits = quotient_into(a, b, mode, result);
    ASSERT(fits);
    return result;
}

std::optional<Decimal> checked_multiply_divide(Decimal a, Decimal b, Decimal c, Rounding mode) {
    Decimal result;
    return share_into(a, b, c, mode, result) ? std::optional{result} : std::nullopt;
}

Decimal multiply_divide(Decimal a, Decimal b, Decimal c, Rounding mode) {
    ASSERT(!c.is_zero());
    Decimal result;
    const bool fits = share_into(a, b, c, mode, result);
    ASSERT(fits);
    return result;
}

std::optional<Decimal> checked_multiply(Decimal value, std::int64_t count) {
    Int128 raw = 0;
    if (__builtin_mul_overflow(value.raw(), static_cast<Int128>(count), &raw)) return std::nullopt;
    return Decimal::checked_from_raw(raw);
}

Decimal multiply(Decimal value, std::int64_t count) {
    const std::optional<Decimal> product = checked_multiply(value, count);
    ASSERT(product.has_value());
    return *product;
}

Decimal square_root(Decimal value) {
    ASSERT(!value.is_negative());
    if (value.is_zero()) return value;
    const Wide square = limbs::multiply(value.magnitude(), limbs::unit);
    // Newton's method from above falls strictly until it reaches the floor of the root. It starts
    // from the root of a double, which is right to 52 bits, raised so that it is above for certain.
    constexpr double two_to_128 = 0x1p128;
    const double estimate =
        std::sqrt(static_cast<double>(square.high) * two_to_128 + static_cast<double>(square.low));
    UInt128 root = static_cast<UInt128>(estimate * (1 + 0x1p-48)) + 1;
    for (;;) {
        const UInt128 next = (root + limbs::divide(square, root).quotient) >> 1;
        if (next >= root) break;
        root = next;
    }
    return with_sign(root, false);
}

std::optional<Decimal> checked_round_to(Decimal value, Decimal step, Rounding mode) {
    ASSERT(step.is_positive());
    const UInt128 unit = step.magnitude();
    UInt128 count = value.magnitude() / unit;
    const UInt128 rest = value.magnitude() - count * unit;
    const rounding::Tail tail = rounding::tail_of(rest, unit);
    if (rounding::grows(mode, tail, value.is_negative(), (count & 1U) != 0)) ++count;
    const UInt128 magnitude = count * unit; // below 2^128: at most value + step
    if (magnitude >= magnitude_limit) return std::nullopt;
    return with_sign(magnitude, value.is_negative());
}

Decimal round_to(Decimal value, Decimal step, Rounding mode) {
    const std::optional<Decimal> rounded = checked_round_to(value, step, mode);
    ASSERT(rounded.has_value());
    return *rounded;
}

double Decimal::to_double() const {
    const UInt128 value = magnitude();
    constexpr double unit = 1e18; // exact in a double
    double result = 0;
    if (value < (UInt128{1} << 53)) {
        result = static_cast<double>(static_cast<std::int64_t>(value)) / unit;
    } else {
        // Scale to 122 bits, divide to 62 or 63 bits, keep what is lost as a sticky last bit: the
        // conversion to double then rounds once.
        const int shift = 122 - limbs::bit_width(value);
        const UInt128 scaled = shift >= 0 ? value << shift : value >> -shift;
        const bool lost = shift < 0 && (scaled << -shift) != value;
        std::uint64_t rest = 0;
        std::uint64_t quotient = limbs::divide_words(limbs::high_word(scaled),
                                                     limbs::low_word(scaled), limbs::unit, rest);
        quotient |= rest != 0 || lost ? 1U : 0U;
        // 2^-shift, exactly
        const double scale = std::bit_cast<double>(static_cast<std::uint64_t>(1023 - shift) << 52);
        result = static_cast<double>(static_cast<std::int64_t>(quotient)) * scale;
    }
    return is_negative() ? -result : result;
}

} // namespace grekko
