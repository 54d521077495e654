#include "base/limbs.hpp"

#include <random>

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>

namespace grekko::limbs {
namespace {

using Big = boost::multiprecision::uint512_t;

Big big(UInt128 value) {
    return (Big{high_word(value)} << 64) + low_word(value);
}
Big big(Wide value) {
    return (big(value.high) << 128) + big(value.low);
}

// Words of all ones, all zeros and one bit hit the corrections of the schoolbook division.
std::uint64_t word(std::mt19937_64& engine) {
    switch (engine() % 6) {
    case 0: return 0;
    case 1: return ~std::uint64_t{0};
    case 2: return std::uint64_t{1} << 63;
    case 3: return engine() >> (engine() % 64);
    default: return engine();
    }
}

TEST(Limbs, MultipliesAndDividesAsWideIntegersDo) {
    std::mt19937_64 engine{7};
    for (int i = 0; i < 300'000; ++i) {
        const UInt128 a = join(word(engine), word(engine));
        const UInt128 b = join(word(engine), word(engine));
        const Wide product = multiply(a, b);
        ASSERT_EQ(big(product), big(a) * big(b));
        const Wide value{join(word(engine), word(engine)), a};
        if (b <= value.high) continue;
        const Quotient result = divide(value, b);
        ASSERT_EQ(big(result.quotient), big(value) / big(b));
        ASSERT_EQ(big(result.remainder), big(value) % big(b));
    }
}

TEST(Limbs, DividesByTheUnitUpToTheLastBit) {
    std::mt19937_64 engine{8};
    for (int i = 0; i < 300'000; ++i) {
        const Wide value{join(word(engine), word(engine)), word(engine) >> 5};
        const Quotient result = divide_by_unit(value);
        ASSERT_EQ(big(result.quotient), big(value) / unit);
        ASSERT_EQ(big(result.remainder), big(value) % unit);
    }
}

TEST(Limbs, WorksAtCompileTime) {
    static_assert(divide(multiply(UInt128{10} * unit, unit), UInt128{7} * unit).remainder ==
                  static_cast<UInt128>(10) * unit * unit % (UInt128{7} * unit));
    static_assert(bit_width(0) == 0 && bit_width(UInt128{1} << 100) == 101);
}

} // namespace
} // namespace grekko::limbs
