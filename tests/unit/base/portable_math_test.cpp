#include "base/portable_math.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <random>

#include <gtest/gtest.h>

namespace grekko {
namespace {

TEST(PortableMath, LogarithmStaysWithinItsError) {
    std::mt19937_64 engine{1};
    for (int i = 0; i < 300'000; ++i) {
        const std::uint64_t bits = engine() & 0x7FFFFFFFFFFFFFFFU;
        double x = std::bit_cast<double>(bits);
        if (i % 2 == 0) x = 0.5 + static_cast<double>(bits >> 10) * 0x1p-53; // around 1
        if (!std::isfinite(x) || x == 0.0) continue;
        const long double exact = std::log(static_cast<long double>(x));
        const long double error = std::abs(static_cast<long double>(portable_log(x)) - exact);
        ASSERT_LE(error, std::max(std::abs(exact) * 2 * 0x1p-52L, 1e-16L)) << x;
    }
    EXPECT_EQ(portable_log(1.0), 0.0);
}

TEST(PortableMath, ExponentialStaysWithinItsError) {
    std::mt19937_64 engine{2};
    for (int i = 0; i < 300'000; ++i) {
        const double scale = i % 2 == 0 ? 700.0 : 2.0;
        const double x = (static_cast<double>(engine() >> 11) * 0x1p-52 - 1.0) * scale;
        const long double exact = std::exp(static_cast<long double>(x));
        const long double error = std::abs(static_cast<long double>(portable_exp(x)) - exact);
        ASSERT_LE(error, exact * 5e-16L) << x;
    }
    EXPECT_EQ(portable_exp(0.0), 1.0);
}

// Golden bits: a machine or a compiler option that fuses or reorders fails here.
TEST(PortableMath, GivesTheSameBitsEverywhere) {
    std::uint64_t mixed = 0;
    for (int i = 1; i <= 10'000; ++i) {
        mixed = mixed * 31 + std::bit_cast<std::uint64_t>(portable_log(i * 0.37));
        mixed = mixed * 31 + std::bit_cast<std::uint64_t>(portable_exp(i * 0.0137));
    }
    EXPECT_EQ(mixed, 137122855069205985U);
}

TEST(PortableMath, RefusesArgumentsOutOfRange) {
    EXPECT_DEATH(static_cast<void>(portable_log(0.0)), "assertion failed");
    EXPECT_DEATH(static_cast<void>(portable_log(std::nan(""))), "assertion failed");
    EXPECT_DEATH(static_cast<void>(portable_exp(701.0)), "assertion failed");
}

} // namespace
} // namespace grekko
