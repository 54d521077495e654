#include "base/decimal.hpp"

#include <array>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "unit/base/decimal_cases.hpp"

namespace grekko {
namespace {

using namespace literals;
using test::Big;
using test::big;
using test::Cases;

using Operation = std::optional<Decimal> (*)(Decimal, Decimal, Rounding);

void expect_equal(const std::optional<Decimal>& actual, const Big& expected) {
    ASSERT_EQ(actual.has_value(), test::in_range(expected));
    if (actual) {
        ASSERT_EQ(big(*actual), expected);
    }
}

TEST(Decimal, MultipliesExactlyInEveryRoundingMode) {
    for (const Rounding mode : test::modes) {
        Cases cases{1 + static_cast<std::uint64_t>(mode)};
        for (std::uint64_t i = test::cases_per_mode(); i > 0; --i) {
            const Decimal a = cases.any();
            const Decimal b = cases.any();
            const Big expected = test::rounded_quotient(big(a) * big(b), Big{limbs::unit}, mode);
            expect_equal(checked_multiply(a, b, mode), expected);
            if (HasFatalFailure()) FAIL() << a.to_string() << " * " << b.to_string();
        }
    }
}

TEST(Decimal, DividesExactlyInEveryRoundingMode) {
    for (const Rounding mode : test::modes) {
        Cases cases{11 + static_cast<std::uint64_t>(mode)};
        for (std::uint64_t i = test::cases_per_mode(); i > 0; --i) {
            const Decimal a = cases.any();
            const Decimal b = cases.any();
            if (b.is_zero()) {
                ASSERT_FALSE(checked_divide(a, b, mode).has_value());
                continue;
            }
            const Big expected = test::rounded_quotient(big(a) * limbs::unit, big(b), mode);
            expect_equal(checked_divide(a, b, mode), expected);
            if (HasFatalFailure()) FAIL() << a.to_string() << " / " << b.to_string();
        }
    }
}

TEST(Decimal, MultipliesAndDividesWithOneRounding) {
    for (const Rounding mode : test::modes) {
        Cases cases{21 + static_cast<std::uint64_t>(mode)};
        for (std::uint64_t i = test::cases_per_mode() / 2; i > 0; --i) {
            const Decimal a = cases.any();
            const Decimal b = cases.any();
            const Decimal c = cases.positive();
            const Decimal divisor = i % 2 == 0 ? c : -c;
            const Big expected = test::rounded_quotient(big(a) * big(b), big(divisor), mode);
            expect_equal(checked_multiply_divide(a, b, divisor, mode), expected);
            if (HasFatalFailure()) FAIL() << a.to_string() << ' ' << b.to_string();
        }
    }
}

TEST(Decimal, RoundsToStepsInEveryRoundingMode) {
    for (const Rounding mode : test::modes) {
        Cases cases{31 + static_cast<std::uint64_t>(mode)};
        for (std::uint64_t i = test::cases_per_mode() / 2; i > 0; --i) {
            const Decimal value = cases.any();
            const Decimal step = cases.positive();
            const Big expected = test::rounded_quotient(big(value), big(step), mode) * big(step);
            expect_equal(checked_round_to(value, step, mode), expected);
            if (HasFatalFailure()) FAIL() << value.to_string() << ' ' << step.to_string();
        }
    }
}

TEST(Decimal, BreaksTiesAsEachModeSays) {
    const auto whole = [](Decimal value, Rounding mode) { return round_to(value, 1_d, mode); };
    struct Row {
        Decimal value;
        std::array<Decimal, 6> expected; // in the order of Rounding
    };
    const Row rows[] = {{2.5_d, {2_d, 3_d, 2_d, 3_d, 2_d, 3_d}},
                        {3.5_d, {3_d, 4_d, 3_d, 4_d, 4_d, 4_d}},
                        {-2.5_d, {-2_d, -3_d, -3_d, -2_d, -2_d, -3_d}},
                        {-2.4_d, {-2_d, -3_d, -3_d, -2_d, -2_d, -2_d}},
                        {2.6_d, {2_d, 3_d, 2_d, 3_d, 3_d, 3_d}},
                        {7_d, {7_d, 7_d, 7_d, 7_d, 7_d, 7_d}}};
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < row.expected.size(); ++i) {
            EXPECT_EQ(whole(row.value, test::modes[i]), row.expected[i]) << i;
            EXPECT_EQ(divide(row.value, Decimal::whole(limbs::unit), test::modes[i]),
                      Decimal::from_raw(row.expected[i].raw() / limbs::unit))
                << i;
        }
    }
}

TEST(Decimal, SquareRootIsTheFloorOfTheTrueRoot) {
    Cases cases{41};
    for (std::uint64_t i = test::cases_per_mode() / 10; i > 0; --i) {
        const Decimal value = cases.any().abs();
        const Big root = big(square_root(value));
        const Big square = big(value) * limbs::unit;
        ASSERT_LE(root * root, square) << value.to_string();
        ASSERT_GT((root + 1) * (root + 1), square) << value.to_string();
    }
    EXPECT_EQ(square_root(0_d), 0_d);
    EXPECT_EQ(square_root(2.25_d), 1.5_d);
}

TEST(Decimal, AddsAndSubtractsExactlyOrSaysThatItOverflows) {
    Cases cases{51};
    for (std::uint64_t i = test::cases_per_mode(); i > 0; --i) {
        const Decimal a = cases.any();
        const Decimal b = cases.any();
        expect_equal(checked_add(a, b), big(a) + big(b));
        expect_equal(checked_subtract(a, b), big(a) - big(b));
        ASSERT_EQ(a < b, big(a) < big(b));
        ASSERT_EQ(a == b, big(a) == big(b));
        if (HasFatalFailure()) FAIL() << a.to_string() << " + " << b.to_string();
    }
    EXPECT_FALSE(checked_add(Decimal::max(), Decimal::max()).has_value());
    EXPECT_FALSE(checked_subtract(Decimal::min(), Decimal::max()).has_value());
    EXPECT_EQ(checked_add(Decimal::max(), Decimal::min()), 0_d);
}

TEST(Decimal, MultipliesByCountsExactlyOrSaysThatItOverflows) {
    Cases cases{61};
    for (std::uint64_t i = test::cases_per_mode(); i > 0; --i) {
        const Decimal a = cases.any();
        const auto count = static_cast<std::int64_t>(cases.bits()) >> (cases.bits() % 64);
        expect_equal(checked_multiply(a, count), big(a) * count);
        if (HasFatalFailure()) FAIL() << a.to_string() << " * " << count;
    }
}

TEST(Decimal, ConvertsToTheNearestDouble) {
    Cases cases{71};
    for (std::uint64_t i = test::cases_per_mode(); i > 0; --i) {
        const Decimal value = cases.any();
        // The C library reads decimal text with one rounding.
        ASSERT_EQ(value.to_double(), std::strtod(value.to_string().c_str(), nullptr))
            << value.to_string();
    }
    EXPECT_EQ((0.1_d).to_double(), 0.1);
    EXPECT_EQ((-0.3_d).to_double(), -0.3);
    EXPECT_FALSE(std::signbit((0_d).to_double()));
}

TEST(Decimal, TakesTheShortestDecimalOfADouble) {
    EXPECT_EQ(Decimal::from_double(0.1), 0.1_d);
    EXPECT_EQ(Decimal::from_double(-64123.45), -64123.45_d);
    EXPECT_EQ(Decimal::from_double(1e-18), 1e-18_d);
    EXPECT_EQ(Decimal::from_double(4e-19), 0_d);
    EXPECT_EQ(Decimal::from_double(4e-19, Rounding::ceiling), 1e-18_d);
    EXPECT_EQ(Decimal::from_double(5e-324), 0_d);
    EXPECT_EQ(Decimal::from_double(-0.0), 0_d);
    EXPECT_EQ(Decimal::from_double(9.9e19), 99'000'000'000'000'000'000_d);
    EXPECT_FALSE(Decimal::from_double(1e20).has_value());
    EXPECT_FALSE(Decimal::from_double(1e300).has_value());
    EXPECT_FALSE(Decimal::from_double(std::numeric_limits<double>::quiet_NaN()).has_value());
    EXPECT_FALSE(Decimal::from_double(-std::numeric_limits<double>::infinity()).has_value());
}

TEST(Decimal, DoublesOfUpToSeventeenDigitsSurviveTheRoundTrip) {
    Cases cases{81};
    for (std::uint64_t i = test::cases_per_mode() / 4; i > 0; --i) {
        // At least 0.1: below that, seventeen digits do not fit into eighteen decimals.
        const double value = static_cast<double>(cases.bits() % 1'000'000'000'000'000) / 1e5 + 0.1;
        const std::optional<Decimal> decimal = Decimal::from_double(value);
        ASSERT_TRUE(decimal.has_value());
        ASSERT_EQ(decimal->to_double(), value);
    }
}

TEST(Decimal, TakesMantissaAndExponent) {
    EXPECT_EQ(Decimal::from_units(12'345, -2), 123.45_d);
    EXPECT_EQ(Decimal::from_units(-3, 0), -3_d);
    EXPECT_EQ(Decimal::from_units(9, 19), 90'000'000'000'000'000'000_d);
    EXPECT_EQ(Decimal::from_units(100, -20), 1e-18_d);
    EXPECT_EQ(Decimal::checked_from_units(0, 1'000), 0_d);
    EXPECT_FALSE(Decimal::checked_from_units(10, 19).has_value());
    EXPECT_FALSE(Decimal::checked_from_units(1, 20).has_value());
    EXPECT_FALSE(Decimal::checked_from_units(101, -20).has_value());
    EXPECT_FALSE(Decimal::checked_from_units(1, -2'000'000'000).has_value());
    EXPECT_FALSE(Decimal::checked_from_units(std::numeric_limits<std::int64_t>::min(), 18));
}

TEST(Decimal, AnswersQuestionsAboutItsSign) {
    EXPECT_TRUE(Decimal{}.is_zero());
    EXPECT_FALSE(Decimal{}.is_positive());
    EXPECT_TRUE((-0.1_d).is_negative());
    EXPECT_EQ((-0.1_d).sign(), -1);
    EXPECT_EQ((0.1_d).sign(), 1);
    EXPECT_EQ((-0.1_d).abs(), 0.1_d);
    EXPECT_EQ(-Decimal::max(), Decimal::min());
}

TEST(Decimal, RefusesWhatLeavesTheRange) {
    EXPECT_DEATH(static_cast<void>(Decimal::max() + 1e-18_d), "assertion failed");
    EXPECT_DEATH(static_cast<void>(Decimal::from_raw(Decimal::raw_limit)), "assertion failed");
    EXPECT_DEATH(static_cast<void>(multiply(Decimal::max(), 2_d, Rounding::floor)), "fits");
    EXPECT_DEATH(static_cast<void>(divide(1_d, 0_d, Rounding::floor)), "is_zero");
    EXPECT_DEATH(static_cast<void>(square_root(-1_d)), "is_negative");
    EXPECT_DEATH(static_cast<void>(round_to(1_d, 0_d, Rounding::floor)), "is_positive");
}

Decimal drawn() {
    return Decimal::from_raw(
        *rc::gen::arbitrary<std::int64_t>() *
        static_cast<Int128>(*rc::gen::inRange<std::int64_t>(1, 1'000'000'000)));
}

TEST(Decimal, ArithmeticHasTheUsualProperties) {
    EXPECT_TRUE(rc::check("addition commutes and subtraction undoes it", [] {
        const Decimal a = drawn();
        const Decimal b = drawn();
        RC_ASSERT(a + b == b + a);
        RC_ASSERT(a + b - b == a);
    }));
    EXPECT_TRUE(rc::check("multiplication commutes and floor is minus ceiling of the negative", [] {
        const Decimal a = drawn();
        const Decimal b = drawn();
        const auto down = checked_multiply(a, b, Rounding::floor);
        RC_ASSERT(down == checked_multiply(b, a, Rounding::floor));
        if (down) {
            RC_ASSERT(*down == -multiply(-a, b, Rounding::ceiling));
        }
    }));
    EXPECT_TRUE(rc::check("a share of the whole by the whole is the whole", [] {
        const Decimal a = drawn();
        const Decimal b = drawn();
        RC_PRE(!b.is_zero());
        RC_ASSERT(multiply_divide(a, b, b, Rounding::away_from_zero) == a);
    }));
    EXPECT_TRUE(rc::check("rounding to a step moves by less than a step and is idempotent", [] {
        const Decimal value = drawn();
        const Decimal step = drawn().abs();
        RC_PRE(!step.is_zero());
        for (const Rounding mode : test::modes) {
            const Decimal once = round_to(value, step, mode);
            RC_ASSERT((once - value).abs() < step);
            RC_ASSERT(round_to(once, step, mode) == once);
        }
    }));
}

} // namespace
} // namespace grekko
