// Needs -ffp-contract=off of the build: a fused multiply-add would change the last bit.
#include "base/portable_math.hpp"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "base/assert.hpp"

namespace grekko {
namespace {

// ln 2 in two parts; a product of the first with an exponent is exact.
constexpr double ln2_high = 0x1.62e42fee00000p-1;
constexpr double ln2_low = 0x1.a39ef35793c76p-33;

// 1/21, 1/19 … 1/3
constexpr auto inverse_odds = [] {
    std::array<double, 10> values{};
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = 1.0 / (21.0 - 2.0 * static_cast<double>(i));
    return values;
}();

// 1/13!, 1/12! … 1/1!: r^14/14! is below 2^-57
constexpr auto inverse_factorials = [] {
    std::array<double, 13> values{};
    double factorial = 1.0; // exact up to 18!
    for (std::size_t n = 1; n <= values.size(); ++n) {
        factorial *= static_cast<double>(n);
        values[values.size() - n] = 1.0 / factorial;
    }
    return values;
}();

} // namespace

double portable_log(double x) {
    ASSERT(x > 0);
    ASSERT(x <= 0x1.fffffffffffffp1023);
    int exponent = 0;
    if (x < 0x1p-1022) { // subnormal
        x *= 0x1p54;
        exponent = -54;
    }
    const auto bits = std::bit_cast<std::uint64_t>(x);
    exponent += static_cast<int>(bits >> 52) - 1023;
    double mantissa = std::bit_cast<double>((bits & 0x000FFFFFFFFFFFFFU) | 0x3FF0000000000000U);
    if (mantissa > 0x1.6a09e667f3bcdp0) { // the root of 2: keep the mantissa around 1
        mantissa *= 0.5;
        ++exponent;
    }
    // ln m = 2 artanh(s) with s = (m - 1) / (m + 1), |s| < 0.1716; s^23/23 is below 2^-62.
    const double f = mantissa - 1.0;
    const double s = f / (mantissa + 1.0);
    const double square = s * s;
    double series = 0.0;
    for (const double inverse : inverse_odds)
        series = series * square + inverse;
    // 2s = f - s f, which keeps the leading term f exact.
    const double rest = s * (2.0 * square * series - f);
    const double k = exponent;
    return k * ln2_high + (f + (rest + k * ln2_low));
}

double portable_exp(double x) {
    ASSERT(x >= -700.0);
    ASSERT(x <= 700.0);
    const double scaled = x * 0x1.71547652b82fep0; // 1 / ln 2
    const int k = static_cast<int>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    const double r = (x - k * ln2_high) - k * ln2_low; // |r| < 0.347
    double series = 0.0;
    for (const double inverse : inverse_factorials)
        series = (series + inverse) * r;
    const auto power = std::bit_cast<double>(static_cast<std::uint64_t>(1023 + k) << 52);
    return (1.0 + series) * power;
}

} // namespace grekko
