#include "base/decimal.hpp"

#include <bit>

namespace grekko {
namespace {

using limbs::Quotient;
using limbs::Wide;

constexpr UInt128 magnitude_limit = static_cast<UInt128>(Decimal::raw_limit);

[[gnu::always_inline]] inline Decimal with_sign(UInt128 magnitude, bool negative) {
    const Int128 raw = static_cast<Int128>(magnitude);
    return Decimal::from_raw(negative ? -raw : raw);
}

// The signed result, or none when the rounded magnitude leaves the range.
[[gnu::always_inline]] inline std::optional<Decimal> finish(Quotient result, UInt128 divisor,
                                                            bool negative, Rounding mode) {
    const bool odd = (result.quotient & 1U) != 0;
    const rounding::Tail tail = rounding::tail_of(result.remainder, divisor);
    if (rounding::grows(mode, tail, negative, odd)) ++result.quotient;
    if (result.quotient >= magnitude_limit) return std::nullopt;
    return with_sign(result.quotient, negative);
}

[[gnu::always_inline]] inline std::optional<Decimal> multiply_exactly(Decimal a, Decimal b,
                                                                      Rounding mode) {
    const Wide product = limbs::multiply(a.magnitude(), b.magnitude());
    if (product.high >> (limbs::unit_product_bits - 128) != 0) return std::nullopt;
    const bool negative = a.is_negative() != b.is_negative();
    return finish(limbs::divide_by_unit(product), limbs::unit, negative, mode);
}

[[gnu::always_inline]] inline std::optional<Decimal> divide_exactly(Wide dividend, UInt128 divisor,
                                                                    bool negative, Rounding mode) {
    if (dividend.high >= divisor) return std::nullopt; // zero divisors too
    return finish(limbs::divide(dividend, divisor), divisor, negative, mode);
}

} // namespace

std::optional<Decimal> checked_multiply(Decimal a, Decimal b, Rounding mode) {
    return multiply_exactly(a, b, mode);
}

Decimal multiply(Decimal a, Decimal b, Rounding mode) {
    const std::optional<Decimal> product = multiply_exactly(a, b, mode);
    ASSERT(product.has_value());
    return *product;
}

std::optional<Decimal> checked_divide(Decimal a, Decimal b, Rounding mode) {
    return divide_exactly(limbs::multiply(a.magnitude(), limbs::unit), b.magnitude(),
                          a.is_negative() != b.is_negative(), mode);
}

Decimal divide(Decimal a, Decimal b, Rounding mode) {
    const std::optional<Decimal> quotient = checked_divide(a, b, mode);
    ASSERT(!b.is_zero());
    ASSERT(quotient.has_value());
    return *quotient;
}

std::optional<Decimal> checked_multiply_divide(Decimal a, Decimal b, Decimal c, Rounding mode) {
    const bool negative = (a.is_negative() != b.is_negative()) != c.is_negative();
    return divide_exactly(limbs::multiply(a.magnitude(), b.magnitude()), c.magnitude(), negative,
                          mode);
}

Decimal multiply_divide(Decimal a, Decimal b, Decimal c, Rounding mode) {
    const std::optional<Decimal> result = checked_multiply_divide(a, b, c, mode);
    ASSERT(!c.is_zero());
    ASSERT(result.has_value());
    return *result;
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
    const int bits =
        square.high != 0 ? 128 + limbs::bit_width(square.high) : limbs::bit_width(square.low);
    // Newton's method from above falls strictly until it reaches the floor of the root.
    UInt128 root = static_cast<UInt128>(1) << ((bits + 1) / 2);
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
