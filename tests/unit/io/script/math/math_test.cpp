#include "io/script/math/math.hpp"

#include <bit>
#include <cmath>
#include <cstdio>
#include <string>

#include <gtest/gtest.h>

#include "support/golden.hpp"
#include "unit/io/script/math/functions.hpp"

namespace grekko::tests {
namespace {

// The distance of `got` from the exact value in units in the last place of the correctly rounded
// one; 0 where both are NaN or equal with equal signs.
double error_in_ulps(double got, mpfr_srcptr exact) {
    const double rounded = mpfr_get_d(exact, MPFR_RNDN);
    if (std::isnan(got) && std::isnan(rounded)) return 0.0;
    if (got == rounded) return std::signbit(got) == std::signbit(rounded) ? 0.0 : 1e9;
    if (std::isinf(got) && std::fabs(rounded) > 0x1.ffffcp+1023) return 0.0; // as documented
    if (!std::isfinite(got) || !std::isfinite(rounded)) return 1e9;
    mpfr_t difference;
    mpfr_init2(difference, 256);
    mpfr_sub_d(difference, exact, got, MPFR_RNDN);
    const double magnitude = std::fabs(rounded);
    const double unit = std::nextafter(magnitude, INFINITY) - magnitude;
    const double error = std::fabs(mpfr_get_d(difference, MPFR_RNDN)) / unit;
    mpfr_clear(difference);
    return error;
}

class Real {
public:
    explicit Real(double x) {
        mpfr_init2(value_, 1200);
        mpfr_set_d(value_, x, MPFR_RNDN);
    }
    ~Real() { mpfr_clear(value_); }
    Real(const Real&) = delete;
    Real& operator=(const Real&) = delete;
    mpfr_ptr get() { return value_; }

private:
    mpfr_t value_;
};

double unary_error(const Unary& f, double x) {
    Real argument{x};
    Real result{0.0};
    f.exact(result.get(), argument.get(), MPFR_RNDN);
    return error_in_ulps(f.function(x), result.get());
}

double binary_error(const Binary& f, double x, double y) {
    Real first{x};
    Real second{y};
    Real result{0.0};
    f.exact(result.get(), first.get(), second.get(), MPFR_RNDN);
    return error_in_ulps(f.function(x, y), result.get());
}

std::string bits(double x) {
    // A NaN's sign and payload are not part of the promise.
    char text[24];
    if (std::isnan(x)) return "nan";
    std::snprintf(text, sizeof text, "%016llx",
                  static_cast<unsigned long long>(std::bit_cast<std::uint64_t>(x)));
    return text;
}

std::vector<double> arguments(std::size_t drawn, std::uint64_t seed) {
    auto all = edge_arguments();
    const auto more = drawn_arguments(drawn, seed);
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

TEST(Math, UnaryFunctionsAreWithinOneUnitInTheLastPlace) {
    for (const auto& f : unary_functions) {
        for (const double x : arguments(400, 1)) {
            ASSERT_LE(unary_error(f, x), 1.0) << f.name << "(" << bits(x) << " = " << x << ")";
        }
    }
}

TEST(Math, BinaryFunctionsAreWithinOneUnitInTheLastPlace) {
    const auto first = arguments(30, 2);
    const auto second = arguments(30, 3);
    for (const auto& f : binary_functions) {
        for (const double x : first) {
            for (const double y : second) {
                // MPFR needs minutes and gigabytes for the exact power of extreme pairs: these are
                // ones, zeros or infinities in double anyway and the golden bits cover them.
                const bool extreme = std::fabs(y) > 1e15 || std::fabs(y) < 1e-15;
                if (f.name == "pow" && extreme && std::isfinite(y) && y != 0.0) continue;
                ASSERT_LE(binary_error(f, x, y), 1.0) << f.name << "(" << bits(x) << ", " << bits(y)
                                                      << " = " << x << ", " << y << ")";
            }
        }
    }
}

TEST(Math, SquareRootIsExact) {
    for (const double x : arguments(400, 4)) {
        Real argument{x};
        Real result{0.0};
        mpfr_set_prec(result.get(), 53);
        mpfr_sqrt(result.get(), argument.get(), MPFR_RNDN);
        const double exact = mpfr_get_d(result.get(), MPFR_RNDN);
        EXPECT_EQ(bits(math::sqrt(x)), bits(exact)) << x;
    }
}

TEST(Math, OverflowsAtTheDocumentedPlaces) {
    EXPECT_TRUE(std::isfinite(math::exp(0x1.62e42e78c51d9p+9)));
    EXPECT_TRUE(std::isinf(math::exp(709.79)));
    EXPECT_TRUE(std::isfinite(math::sinh(709.7)));
    EXPECT_TRUE(std::isinf(math::cosh(709.79)));
}

TEST(Math, GivesTheGoldenBits) {
    std::string text = "function,argument,second,result\n";
    for (const auto& f : unary_functions) {
        for (const double x : arguments(24, 5)) {
            text += std::string{f.name} + "," + bits(x) + ",," + bits(f.function(x)) + "\n";
        }
    }
    const auto all = arguments(4, 6);
    for (const auto& f : binary_functions) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            for (std::size_t j = i % 3; j < all.size(); j += 3) {
                text += std::string{f.name} + "," + bits(all[i]) + "," + bits(all[j]) + "," +
                        bits(f.function(all[i], all[j])) + "\n";
            }
        }
    }
    EXPECT_TRUE(matches_golden("io/script/math/bits.csv", text));
}

} // namespace
} // namespace grekko::tests
