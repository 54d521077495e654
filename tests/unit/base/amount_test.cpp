#include "base/amount.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace grekko {
namespace {

using namespace literals;

template <class A, class B>
concept adds = requires(A a, B b) { a + b; };
template <class A, class B>
concept compares = requires(A a, B b) { a < b; };
template <class A, class B>
concept multiplies = requires(A a, B b) { multiply(a, b, Rounding::floor); };
template <class A, class B>
concept divides = requires(A a, B b) { divide(a, b, Rounding::floor); };
template <class A, class B>
concept has_ratio = requires(A a, B b) { ratio(a, b, Rounding::floor); };
template <class A, class B>
concept has_star = requires(A a, B b) { a* b; };
template <class A>
concept multiplies_without_mode = requires(A a) { multiply(a, Rate{}); };

static_assert(adds<Price, Price> && compares<Rate, Rate> && adds<Notional, Notional>);
static_assert(!adds<Price, Quantity> && !adds<Price, Notional> && !adds<Price, Decimal>);
static_assert(!compares<Price, Quantity> && !compares<Quantity, Decimal>);
static_assert(!std::is_convertible_v<Decimal, Price> && !std::is_convertible_v<Price, Decimal>);
static_assert(!std::is_constructible_v<Price, Quantity> && !std::is_constructible_v<Price, double>);
static_assert(multiplies<Price, Quantity> && !multiplies<Price, Price>);
static_assert(!multiplies<Quantity, Notional> && !multiplies_without_mode<Price>);
static_assert(multiplies<Notional, Rate> && multiplies<Rate, Rate> && multiplies<Price, Rate>);
static_assert(divides<Notional, Price> && divides<Notional, Quantity> && divides<Price, Rate>);
static_assert(!divides<Price, Notional> && !divides<Quantity, Price> && !divides<Price, Price>);
static_assert(has_ratio<Price, Price> && !has_ratio<Price, Quantity>);
static_assert(has_star<Price, std::int64_t> && !has_star<Price, Quantity>);
static_assert(!has_star<Price, Price> && !has_star<Price, Rate>);

struct TradeLike { // two amounts beside words leave no holes
    std::uint64_t words[4];
    Price price;
    Quantity quantity;
};
static_assert(sizeof(TradeLike) == 64);

TEST(Amount, CrossesOnlyWhereItMeansSomething) {
    EXPECT_EQ(multiply(2.5_price, 4_quantity, Rounding::floor), 10_notional);
    EXPECT_EQ(divide(10_notional, 4_quantity, Rounding::floor), 2.5_price);
    EXPECT_EQ(divide(10_notional, 3_price, Rounding::floor), 3.333333333333333333_quantity);
    EXPECT_EQ(multiply(10_notional, 0.25_rate, Rounding::floor), 2.5_notional);
    EXPECT_EQ(multiply(0.5_rate, 0.25_rate, Rounding::floor), 0.125_rate);
    EXPECT_EQ(divide(1_price, 3_rate, Rounding::ceiling), 0.333333333333333334_price);
    EXPECT_EQ(ratio(1_price, 8_price, Rounding::floor), 0.125_rate);
    EXPECT_EQ(multiply_divide(10_notional, 1_quantity, 3_quantity, Rounding::floor),
              3.333333333333333333_notional);
    EXPECT_EQ(round_to(101.26_price, 0.05_price, Rounding::floor), 101.25_price);
}

TEST(Amount, SaysWhenACrossLeavesTheRange) {
    const Rounding mode = Rounding::floor;
    EXPECT_FALSE(checked_multiply(Price::max(), 2_quantity, mode).has_value());
    EXPECT_FALSE(checked_divide(1_notional, Price{}, mode).has_value());
    EXPECT_FALSE(checked_divide(1_notional, Quantity{}, mode).has_value());
    EXPECT_FALSE(checked_ratio(1_price, Price{}, mode).has_value());
    EXPECT_FALSE(checked_multiply(Notional::max(), 2_rate, mode).has_value());
    EXPECT_FALSE(checked_add(Price::max(), 1_price).has_value());
    EXPECT_EQ(checked_subtract(3_price, 1_price), 2_price);
    EXPECT_EQ(checked_multiply(3_price, 2_quantity, mode), 6_notional);
    EXPECT_EQ(checked_ratio(1_price, 4_price, mode), 0.25_rate);
}

TEST(Amount, BehavesAsANumberWithinItsType) {
    Price price = 3_price;
    price += 1.5_price;
    price -= 0.5_price;
    EXPECT_EQ(price, 4_price);
    EXPECT_EQ(-price + price, Price{});
    EXPECT_EQ(price * 3, 12_price);
    EXPECT_EQ(3 * price, 12_price);
    EXPECT_EQ(std::max(1_price, 2_price), 2_price);
    EXPECT_EQ(std::clamp(5_price, 1_price, 2_price), 2_price);
    EXPECT_TRUE((-1_price).is_negative() && (1_price).is_positive() && Price{}.is_zero());
    EXPECT_EQ((-1_price).abs(), 1_price);
    EXPECT_EQ((-1_price).sign(), -1);
}

TEST(Amount, ReadsAndPrintsAsDecimalsDo) {
    EXPECT_EQ(Price::parse("64123.45").value(), 64123.45_price);
    EXPECT_EQ(Price::parse("0.0000000000000000019", Rounding::floor).value(), 1e-18_price);
    EXPECT_FALSE(Quantity::parse("many").has_value());
    EXPECT_EQ((0.25_rate).to_string(), "0.25");
    EXPECT_EQ((0.25_rate).to_double(), 0.25);
    EXPECT_EQ(Price::from_raw((1.5_price).raw()), 1.5_price);
}

} // namespace
} // namespace grekko
