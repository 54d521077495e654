// covers: base/decimal_scan.hpp base/rounding.hpp
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/decimal.hpp"
#include "unit/base/decimal_cases.hpp"

namespace grekko {
namespace {

using namespace literals;
using test::Big;
using test::big;

std::string refusal(std::string_view text) {
    const Result<Decimal> value = Decimal::parse(text);
    return value.has_value() ? "accepted" : value.error().message;
}

TEST(DecimalText, ReadsPlainAndExponentNotation) {
    EXPECT_EQ(Decimal::parse("12").value(), 12_d);
    EXPECT_EQ(Decimal::parse("-0.50").value(), -0.5_d);
    EXPECT_EQ(Decimal::parse("+.5").value(), 0.5_d);
    EXPECT_EQ(Decimal::parse("5.").value(), 5_d);
    EXPECT_EQ(Decimal::parse("0001.250000000000000000000000").value(), 1.25_d);
    EXPECT_EQ(Decimal::parse("1e-18").value(), Decimal::from_raw(1));
    EXPECT_EQ(Decimal::parse("1.5E+3").value(), 1500_d);
    EXPECT_EQ(Decimal::parse("100000000000000000000000000000000000000000e-40").value(), 10_d);
    EXPECT_EQ(Decimal::parse("0.00000000000000000000000000000000000000012e40").value(), 1.2_d);
    EXPECT_EQ(Decimal::parse("0e999999999999999999999").value(), 0_d);
    EXPECT_EQ(Decimal::parse("-0").value(), 0_d);
}

TEST(DecimalText, NamesTheOffendingPlace) {
    EXPECT_NE(refusal("").find("no digits"), std::string::npos);
    EXPECT_NE(refusal("-").find("no digits"), std::string::npos);
    EXPECT_NE(refusal(".").find("no digits"), std::string::npos);
    EXPECT_NE(refusal("12,5").find("unexpected ',' at character 3"), std::string::npos);
    EXPECT_NE(refusal("1.2.3").find("unexpected '.' at character 4"), std::string::npos);
    EXPECT_NE(refusal(" 1").find("unexpected ' ' at character 1"), std::string::npos);
    EXPECT_NE(refusal("1\n").find("unexpected byte 10 at character 2"), std::string::npos);
    EXPECT_NE(refusal("NaN").find("unexpected 'N' at character 1"), std::string::npos);
    EXPECT_NE(refusal("1e").find("exponent at 3"), std::string::npos);
    EXPECT_NE(refusal("1e+").find("exponent at 4"), std::string::npos);
    EXPECT_NE(refusal("1e20").find("10^20 or more"), std::string::npos);
    EXPECT_NE(refusal("-1e99999999999999999999").find("10^20 or more"), std::string::npos);
    EXPECT_NE(refusal("0.1234567890123456789").find("more than 18 decimals"), std::string::npos);
    EXPECT_NE(refusal("1e-19").find("more than 18 decimals"), std::string::npos);
    EXPECT_LT(refusal(std::string(100'000, 'x')).size(), 200U);
}

TEST(DecimalText, RoundsLongFractionsWhenAsked) {
    const auto read = [](std::string_view text, Rounding mode) {
        return Decimal::parse(text, mode).value();
    };
    const Decimal one = Decimal::from_raw(1);
    EXPECT_EQ(read("0.0000000000000000005", Rounding::half_even), 0_d);
    EXPECT_EQ(read("0.0000000000000000005", Rounding::half_up), one);
    EXPECT_EQ(read("0.00000000000000000050000000000000000000000000000000001", Rounding::half_even),
              one);
    EXPECT_EQ(read("1e-1000000", Rounding::away_from_zero), one);
    EXPECT_EQ(read("-1e-1000000", Rounding::floor), -one);
    EXPECT_EQ(read("-1e-1000000", Rounding::ceiling), 0_d);
    EXPECT_EQ(read("12345678901234567890.1234567890123456785", Rounding::half_even),
              12345678901234567890.123456789012345678_d);
    EXPECT_EQ(read("12345678901234567890.12345678901234567851", Rounding::half_even),
              12345678901234567890.123456789012345679_d);
    EXPECT_FALSE(Decimal::parse("99999999999999999999.9999999999999999999", Rounding::half_up));
    EXPECT_EQ(read("99999999999999999999.9999999999999999999", Rounding::floor), Decimal::max());
}

TEST(DecimalText, RoundsRandomTextAsTheDefinitionSays) {
    test::Cases cases{91};
    const Big scale = boost::multiprecision::pow(Big{10}, 30);
    for (std::uint64_t i = test::cases_per_mode() / 5; i > 0; --i) {
        // Up to 45 digits, 30 more decimals than kept: d * 10^-48 against units of 10^-18.
        std::string digits = std::to_string(cases.bits()) + std::to_string(cases.bits() >> 40);
        if (i % 3 == 0) digits += "5";
        if (i % 5 == 0) digits += std::string(cases.bits() % 10, '0');
        for (const Rounding mode : test::modes) {
            const Big expected = test::rounded_quotient(-Big{digits}, scale, mode);
            const Result<Decimal> value = Decimal::parse("-" + digits + "e-48", mode);
            ASSERT_TRUE(value.has_value());
            ASSERT_EQ(big(*value), expected) << digits;
        }
    }
}

TEST(DecimalText, PrintsPlainAndShortest) {
    EXPECT_EQ((0_d).to_string(), "0");
    EXPECT_EQ((12_d).to_string(), "12");
    EXPECT_EQ((-0.5_d).to_string(), "-0.5");
    EXPECT_EQ((100_d).to_string(), "100");
    EXPECT_EQ((1e-18_d).to_string(), "0.000000000000000001");
    EXPECT_EQ((64123.450_d).to_string(), "64123.45");
    EXPECT_EQ((18446744073709551616_d).to_string(), "18446744073709551616");
    EXPECT_EQ(Decimal::min().to_string(), "-99999999999999999999.999999999999999999");
    EXPECT_EQ(Decimal::min().to_string().size(), Decimal::text_size_max);
}

TEST(DecimalText, WhatIsPrintedReadsBackTheSame) {
    test::Cases cases{101};
    for (std::uint64_t i = test::cases_per_mode(); i > 0; --i) {
        const Decimal value = cases.any();
        const std::string text = value.to_string();
        ASSERT_EQ(Decimal::parse(text).value(), value) << text;
        Big raw = big(value); // and it is what plain long division prints
        const bool negative = raw < 0;
        if (negative) raw = -raw;
        std::string plain = raw.str();
        if (plain.size() < 19) plain.insert(0, 19 - plain.size(), '0');
        plain.insert(plain.size() - 18, ".");
        plain.erase(plain.find_last_not_of('0') + 1);
        if (plain.back() == '.') plain.pop_back();
        ASSERT_EQ(text, (negative ? "-" : "") + plain);
    }
}

TEST(DecimalText, EveryTextIsEitherRefusedOrReadsBack) {
    EXPECT_TRUE(rc::check("no text breaks the reader", [] {
        const auto letters = rc::gen::container<std::string>(
            rc::gen::elementOf(std::string{"0123456789.-+eE '\0x"}));
        const std::string text = *letters;
        const Result<Decimal> value = Decimal::parse(text);
        if (value) {
            RC_ASSERT(Decimal::parse(value->to_string()).value() == *value);
        }
    }));
}

} // namespace
} // namespace grekko
