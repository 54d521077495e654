// The table of all functions under test with their names, their exact counterparts in MPFR and the
// arguments that the tests use. It is not a test itself; the tests of this folder include it.
// A new function is added here first.
#pragma once

#include "io/script/math/math.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <random>
#include <string_view>
#include <vector>

#include <mpfr.h>

namespace grekko::tests {

using Exact = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

struct Unary {
    std::string_view name;
    double (*function)(double);
    Exact exact;
};

struct Binary {
    std::string_view name;
    double (*function)(double, double);
    int (*exact)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);
};

inline constexpr std::array<Unary, 15> unary_functions{{{"exp", math::exp, mpfr_exp},
                                                        {"log", math::log, mpfr_log},
                                                        {"log2", math::log2, mpfr_log2},
                                                        {"log10", math::log10, mpfr_log10},
                                                        {"sin", math::sin, mpfr_sin},
                                                        {"cos", math::cos, mpfr_cos},
                                                        {"tan", math::tan, mpfr_tan},
                                                        {"asin", math::asin, mpfr_asin},
                                                        {"acos", math::acos, mpfr_acos},
                                                        {"atan", math::atan, mpfr_atan},
                                                        {"sinh", math::sinh, mpfr_sinh},
                                                        {"cosh", math::cosh, mpfr_cosh},
                                                        {"tanh", math::tanh, mpfr_tanh},
                                                        {"sqrt", math::sqrt, mpfr_sqrt},
                                                        {"cbrt", math::cbrt, mpfr_cbrt}}};

inline constexpr std::array<Binary, 2> binary_functions{
    {{"pow", math::pow, mpfr_pow}, {"atan2", math::atan2, mpfr_atan2}}};

// Zeros, ones, infinities, subnormals, the ends of ranges, multiples of pi/2, huge angles.
inline std::vector<double> edge_arguments() {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    std::vector<double> edges;
    for (const double x : {0.0,
                           0.5,
                           1.0,
                           2.0,
                           3.0,
                           8.0,
                           10.0,
                           27.0,
                           1e-10,
                           1e15,
                           1e22,
                           1e300,
                           700.0,
                           709.78271114955,
                           745.0,
                           0x1p-1074,
                           0x1p-1022,
                           0x1.fffffffffffffp+1023,
                           0x1.fffffffffffffp-1,
                           0x1.0000000000001p+0,
                           0x1.921fb54442d18p+0,
                           0x1.921fb54442d18p+1,
                           infinity}) {
        edges.push_back(x);
        edges.push_back(-x);
    }
    edges.push_back(std::numeric_limits<double>::quiet_NaN());
    return edges;
}

// Arguments of sizes from 2^-30 to 2^10, the same ones on every run.
inline std::vector<double> drawn_arguments(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 generator{seed};
    std::vector<double> drawn;
    for (std::size_t i = 0; i < count; ++i) {
        const auto bits = generator();
        const double unit = static_cast<double>(bits >> 11U) * 0x1p-53;
        double scale = 1.0;
        for (auto n = generator() % 41; n > 0; --n) {
            scale *= 0.5;
        }
        const double x = (unit + 1.0) * 512.0 * scale;
        drawn.push_back((bits & 1U) != 0 ? x : -x);
    }
    return drawn;
}

} // namespace grekko::tests
