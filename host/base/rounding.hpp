// Rounding: the six ways to drop the digits that do not fit. It is an argument of every function
// that can lose a digit and has no default. It does not round by itself: the functions of Decimal
// and of the typed amounts do.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace grekko {

enum class Rounding : std::uint8_t {
    toward_zero,
    away_from_zero,
    floor,     // toward minus infinity
    ceiling,   // toward plus infinity
    half_even, // to the nearest, a tie to the even digit
    half_up,   // to the nearest, a tie away from zero
};

namespace rounding {

// What is left below the last digit kept.
enum class Tail : std::uint8_t { zero, below_half, half, above_half };

// Where 0 <= remainder < divisor stands; divisor is less than half of what Integer holds.
template <class Integer>
[[gnu::always_inline]] constexpr Tail tail_of(Integer remainder, Integer divisor) {
    const Integer twice = remainder + remainder;
    return static_cast<Tail>((remainder != 0) + (twice >= divisor) + (twice > divisor));
}

// Whether the magnitude grows by one; odd: of the last digit kept. The definition.
constexpr bool grows_by_definition(Rounding mode, Tail tail, bool negative, bool odd) {
    switch (mode) {
    case Rounding::toward_zero: return false;
    case Rounding::away_from_zero: return tail != Tail::zero;
    case Rounding::floor: return negative && tail != Tail::zero;
    case Rounding::ceiling: return !negative && tail != Tail::zero;
    case Rounding::half_even: return tail == Tail::above_half || (tail == Tail::half && odd);
    case Rounding::half_up: return tail >= Tail::half;
    }
    return false;
}

// One bit for each tail, sign and oddness, one word a mode: the same without a branch, since what
// is below the last digit of a product cannot be predicted.
inline constexpr auto growth_bits = [] {
    std::array<std::uint16_t, 6> bits{};
    for (unsigned mode = 0; mode < bits.size(); ++mode) {
        for (unsigned i = 0; i < 16; ++i) {
            const bool grows =
                grows_by_definition(static_cast<Rounding>(mode), static_cast<Tail>(i >> 2),
                                    (i & 2U) != 0, (i & 1U) != 0);
            bits[mode] = static_cast<std::uint16_t>(bits[mode] | ((grows ? 1U : 0U) << i));
        }
    }
    return bits;
}();

[[gnu::always_inline]] constexpr bool grows(Rounding mode, Tail tail, bool negative, bool odd) {
    const unsigned i = static_cast<unsigned>(tail) * 4 + (negative ? 2U : 0U) + (odd ? 1U : 0U);
    return ((growth_bits[static_cast<std::size_t>(mode)] >> i) & 1U) != 0;
}

} // namespace rounding
} // namespace grekko
