// Rounding: the six ways to drop the digits that do not fit. It is an argument of every function
// that can lose a digit and has no default. It does not round by itself: the functions of Decimal
// and of the typed amounts do.
#pragma once

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
    if (twice > divisor) return Tail::above_half;
    if (twice == divisor) return Tail::half;
    return remainder == 0 ? Tail::zero : Tail::below_half;
}

// Whether the magnitude grows by one; odd: of the last digit kept.
[[gnu::always_inline]] constexpr bool grows(Rounding mode, Tail tail, bool negative, bool odd) {
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

} // namespace rounding
} // namespace grekko
