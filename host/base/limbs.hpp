// Wide integer steps on 64-bit limbs: the exact products and quotients under Decimal.
// It is not a big-integer class: nothing here has more than four limbs or allocates. Everything is
// inlined on purpose, a call per limb more than doubles the time of a multiply.
// decimal*.cpp use it and nobody else needs to.
#pragma once

#include <bit>
#include <cstdint>
#include <type_traits>

namespace grekko {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

namespace limbs {

struct Wide { // a 256-bit unsigned integer
    UInt128 low{0};
    UInt128 high{0};
};

struct Quotient {
    UInt128 quotient{0};
    UInt128 remainder{0};
};

[[gnu::always_inline]] constexpr std::uint64_t low_word(UInt128 value) {
    return static_cast<std::uint64_t>(value);
}

[[gnu::always_inline]] constexpr std::uint64_t high_word(UInt128 value) {
    return static_cast<std::uint64_t>(value >> 64);
}

[[gnu::always_inline]] constexpr UInt128 join(std::uint64_t high, std::uint64_t low) {
    return (static_cast<UInt128>(high) << 64) | low;
}

[[gnu::always_inline]] constexpr UInt128 multiply_words(std::uint64_t a, std::uint64_t b) {
    return static_cast<UInt128>(a) * b;
}

[[gnu::always_inline]] constexpr int bit_width(UInt128 value) {
    return high_word(value) != 0 ? 128 - std::countl_zero(high_word(value))
                                 : 64 - std::countl_zero(low_word(value));
}

// The full product. A product of two words leaves room for two more words in 128 bits.
[[gnu::always_inline]] constexpr Wide multiply(UInt128 a, UInt128 b) {
    const UInt128 low = multiply_words(low_word(a), low_word(b));
    const UInt128 first = multiply_words(high_word(a), low_word(b)) + high_word(low);
    const UInt128 second = multiply_words(low_word(a), high_word(b)) + low_word(first);
    const UInt128 high = multiply_words(high_word(a), high_word(b)) + high_word(first);
    return {join(low_word(second), low_word(low)), high + high_word(second)};
}

[[gnu::always_inline]] constexpr Wide multiply_by_word(UInt128 a, std::uint64_t b) {
    const UInt128 low = multiply_words(low_word(a), b);
    const UInt128 high = multiply_words(high_word(a), b) + high_word(low);
    return {join(low_word(high), low_word(low)), high >> 64};
}

// high:low / divisor; high < divisor, so that the quotient is one word.
[[gnu::always_inline]] constexpr std::uint64_t divide_words(std::uint64_t high, std::uint64_t low,
                                                            std::uint64_t divisor,
                                                            std::uint64_t& remainder) {
#if defined(__x86_64__)
    if (!std::is_constant_evaluated()) {
        std::uint64_t quotient = 0;
        __asm__("divq %4"
                : "=a"(quotient), "=d"(remainder)
                : "0"(low), "1"(high), "r"(divisor)
                : "cc");
        return quotient;
    }
#endif
    const UInt128 value = join(high, low);
    remainder = low_word(value % divisor);
    return low_word(value / divisor);
}

// high:low / divisor for three words by two; the top bit of divisor is set and high < divisor.
[[gnu::always_inline]] constexpr std::uint64_t
divide_three_by_two(UInt128 high, std::uint64_t low, UInt128 divisor, UInt128& remainder) {
    const std::uint64_t top = high_word(divisor);
    std::uint64_t quotient = ~std::uint64_t{0};
    std::uint64_t rest = low_word(high) + top;
    bool fits = rest >= top; // false: the partial remainder has a 65th bit and the estimate holds
    if (high_word(high) < top) {
        quotient = divide_words(high_word(high), low_word(high), top, rest);
        fits = true;
    }
    UInt128 product = multiply_words(quotient, low_word(divisor));
    for (int i = 0; i < 2 && fits && product > join(rest, low); ++i) {
        --quotient;
        product -= low_word(divisor);
        rest += top;
        fits = rest >= top;
    }
    remainder = join(rest, low) - product;
    return quotient;
}

// The upper word of high:low << by, 0 <= by < 64.
[[gnu::always_inline]] constexpr std::uint64_t shifted(std::uint64_t high, std::uint64_t low,
                                                       int by) {
    return (high << by) | ((low >> 1) >> (63 - by));
}

// value / divisor; divisor > value.high, so that the quotient has 128 bits.
[[gnu::always_inline]] constexpr Quotient divide(Wide value, UInt128 divisor) {
    if (high_word(divisor) == 0) {
        std::uint64_t rest = 0;
        const std::uint64_t high =
            divide_words(low_word(value.high), high_word(value.low), low_word(divisor), rest);
        const std::uint64_t low = divide_words(rest, low_word(value.low), low_word(divisor), rest);
        return {join(high, low), rest};
    }
    const int shift = std::countl_zero(high_word(divisor));
    divisor =
        join(shifted(high_word(divisor), low_word(divisor), shift), low_word(divisor) << shift);
    const std::uint64_t word3 = shifted(high_word(value.high), low_word(value.high), shift);
    const std::uint64_t word2 = shifted(low_word(value.high), high_word(value.low), shift);
    const std::uint64_t word1 = shifted(high_word(value.low), low_word(value.low), shift);
    const std::uint64_t word0 = low_word(value.low) << shift;
    UInt128 rest = join(word2, word1);
    std::uint64_t high = 0; // most quotients of amounts are one word
    if (word3 != 0 || rest >= divisor) {
        high = divide_three_by_two(join(word3, word2), word1, divisor, rest);
    }
    const std::uint64_t low = divide_three_by_two(rest, word0, divisor, rest);
    return {join(high, low), rest >> shift};
}

inline constexpr std::uint64_t unit = 1'000'000'000'000'000'000; // 10^18
inline constexpr int unit_product_bits = 187;                    // divide_by_unit takes less
// floor(2^187 / 10^18)
inline constexpr UInt128 unit_reciprocal =
    join(10'633'823'966'279'326'983U, 4'251'171'748'059'520'975U);

// value / 10^18 for value < 2^187. The upper half of the product of n = value / 2^59 with the
// reciprocal m is at most 2 below the quotient, because value/unit - n*m/2^128 < 2^59/unit +
// value/2^187 < 1.58. Leaving out the lower words of the cross products takes at most 2 more. The
// remainder of the estimate is thus below 5 units, fits into a word and says what is missing.
[[gnu::always_inline]] constexpr Quotient divide_by_unit(Wide value) {
    const UInt128 n = (value.high << 69) | (value.low >> 59);
    UInt128 quotient = multiply_words(high_word(n), high_word(unit_reciprocal)) +
                       high_word(multiply_words(high_word(n), low_word(unit_reciprocal))) +
                       high_word(multiply_words(low_word(n), high_word(unit_reciprocal)));
    std::uint64_t rest = low_word(value.low) - low_word(quotient) * unit;
    const std::uint64_t missing = rest / unit;
    rest -= missing * unit;
    quotient += missing;
    return {quotient, rest};
}

} // namespace limbs
} // namespace grekko
