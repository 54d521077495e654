#include "paper/random.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace grekko::paper {
namespace {

__extension__ typedef unsigned __int128 Product;
constexpr double ln2 = 0.693147180559945309417;

constexpr auto inverse_odds = [] { // 1/21, 1/19 … 1
    std::array<double, 11> values{};
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = 1.0 / (21.0 - 2.0 * static_cast<double>(i));
    return values;
}();
constexpr auto inverse_factorials = [] { // 1/14! … 1/1!, 1
    std::array<double, 15> values{};
    double factorial = 1.0;
    for (std::size_t n = 0; n < values.size(); ++n) {
        if (n > 0) factorial *= static_cast<double>(n);
        values[values.size() - 1 - n] = 1.0 / factorial;
    }
    return values;
}();

} // namespace

// The mantissa is brought to 0.7 … 1.4, where 2 artanh((m-1)/(m+1)) converges in a dozen terms.
double portable_log(double x) {
    auto bits = std::bit_cast<std::uint64_t>(x);
    int exponent = static_cast<int>((bits >> 52) & 0x7FF) - 1023;
    bits = (bits & 0x000FFFFFFFFFFFFFU) | 0x3FF0000000000000U;
    double mantissa = std::bit_cast<double>(bits);
    if (mantissa > 1.4142135623730951) {
        mantissa *= 0.5;
        ++exponent;
    }
    const double s = (mantissa - 1.0) / (mantissa + 1.0);
    const double square = s * s;
    double series = 0.0;
    for (const double inverse : inverse_odds)
        series = series * square + inverse;
    return static_cast<double>(exponent) * ln2 + 2.0 * s * series;
}

double portable_exp(double x) {
    const double scaled = x * 1.44269504088896340736;
    const int power = static_cast<int>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    const double rest = x - static_cast<double>(power) * ln2;
    double series = 0.0;
    for (const double inverse : inverse_factorials)
        series = series * rest + inverse;
    return series * std::bit_cast<double>(static_cast<std::uint64_t>(power + 1023) << 52);
}

std::uint64_t Random::below(std::uint64_t bound) {
    const std::uint64_t surplus = (0 - bound) % bound;
    for (;;) {
        const Product product = static_cast<Product>(bits()) * bound;
        if (static_cast<std::uint64_t>(product) >= surplus)
            return static_cast<std::uint64_t>(product >> 64);
    }
}

double Random::normal() {
    for (;;) {
        const double x = 2.0 * uniform() - 1.0;
        const double y = 2.0 * uniform() - 1.0;
        const double square = x * x + y * y;
        if (square >= 1.0 || square == 0.0) continue;
        return x * std::sqrt(-2.0 * portable_log(square) / square);
    }
}

double Random::log_normal(double median, double sigma) {
    return median * portable_exp(sigma * normal());
}

double log_normal_sigma(double median, double p99) {
    constexpr double z99 = 2.3263478740408408;
    return portable_log(p99 / median) / z99;
}

} // namespace grekko::paper
