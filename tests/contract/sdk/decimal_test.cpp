// covers: sdk/include/grekko/decimal.hpp
// The SDK's decimal against the host's: two programs that share no line must agree on every digit.
#include <grekko/decimal.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/decimal.hpp"

namespace {

using Mine = grekko::sdk::Decimal;
using Host = grekko::Decimal;
using grekko::Rounding;
using grekko::sdk::Round;
using namespace grekko::sdk::literals;

constexpr std::pair<Round, Rounding> modes[] = {
    {Round::down, Rounding::floor},
    {Round::up, Rounding::ceiling},
    {Round::toward_zero, Rounding::toward_zero},
    {Round::away_from_zero, Rounding::away_from_zero},
    {Round::half_even, Rounding::half_even},
};

struct Pair {
    Mine mine;
    Host host;
};

// Every size from 10^-18 to 10^20, both signs, round numbers often.
Pair draw() {
    const int bits = *rc::gen::inRange(0, 128);
    const auto high = *rc::gen::arbitrary<std::uint64_t>();
    const auto low = *rc::gen::arbitrary<std::uint64_t>();
    grekko::UInt128 raw = (static_cast<grekko::UInt128>(high) << 64) | low;
    raw >>= 127 - bits;
    if (*rc::gen::inRange(0, 3) == 0) raw = raw / 1'000'000'000 * 1'000'000'000;
    raw %= static_cast<grekko::UInt128>(Host::raw_limit);
    auto value = static_cast<grekko::Int128>(raw);
    if (*rc::gen::inRange(0, 2) == 1) value = -value;
    return {Mine::from_raw(value), Host::from_raw(value)};
}

void same(std::optional<Mine> mine, std::optional<Host> host) {
    RC_ASSERT(mine.has_value() == host.has_value());
    if (mine) RC_ASSERT(mine->raw() == host->raw());
}

RC_GTEST_PROP(SdkDecimal, MultipliesAsTheHostDoes, ()) {
    const Pair a = draw();
    const Pair b = draw();
    for (const auto& [mine, host] : modes)
        same(checked_multiply(a.mine, b.mine, mine), checked_multiply(a.host, b.host, host));
}

RC_GTEST_PROP(SdkDecimal, DividesAsTheHostDoes, ()) {
    const Pair a = draw();
    const Pair b = draw();
    for (const auto& [mine, host] : modes)
        same(checked_divide(a.mine, b.mine, mine), checked_divide(a.host, b.host, host));
}

RC_GTEST_PROP(SdkDecimal, MultipliesAndDividesWithOneRoundingAsTheHostDoes, ()) {
    const Pair a = draw();
    const Pair b = draw();
    const Pair c = draw();
    for (const auto& [mine, host] : modes)
        same(checked_multiply_divide(a.mine, b.mine, c.mine, mine),
             checked_multiply_divide(a.host, b.host, c.host, host));
}

RC_GTEST_PROP(SdkDecimal, RoundsToStepsAsTheHostDoes, ()) {
    const Pair value = draw();
    Pair step = draw();
    step = {step.mine.abs() + Mine::from_raw(1),
            Host::from_raw((step.mine.abs() + Mine::from_raw(1)).raw())};
    for (const auto& [mine, host] : modes) {
        const auto expected = checked_round_to(value.host, step.host, host);
        if (expected) RC_ASSERT(round_to(value.mine, step.mine, mine).raw() == expected->raw());
    }
}

RC_GTEST_PROP(SdkDecimal, AddsComparesAndTakesRootsAsTheHostDoes, ()) {
    const Pair a = draw();
    const Pair b = draw();
    RC_ASSERT((a.mine < b.mine) == (a.host < b.host));
    RC_ASSERT((a.mine == b.mine) == (a.host == b.host));
    const auto sum = checked_add(a.host, b.host);
    if (sum) RC_ASSERT((a.mine + b.mine).raw() == sum->raw());
    RC_ASSERT(square_root(a.mine.abs()).raw() == square_root(a.host.abs()).raw());
}

RC_GTEST_PROP(SdkDecimal, WritesAndReadsTheTextOfTheHost, ()) {
    const Pair a = draw();
    RC_ASSERT(a.mine.to_string() == a.host.to_string());
    const auto read = Mine::parse(a.host.to_string());
    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == a.mine);
}

RC_GTEST_PROP(SdkDecimal, SurvivesTheAbiLayout, ()) {
    const Pair a = draw();
    const grekko_decimal abi = a.mine;
    RC_ASSERT(Mine{abi} == a.mine);
}

TEST(SdkDecimal, SaturatesInsteadOfWrapping) {
    const Mine top = Mine::from_raw(static_cast<grekko::Int128>(Mine::limit - 1));
    EXPECT_EQ(top + top, top);
    EXPECT_EQ(-top - top, -top);
    EXPECT_EQ(multiply(top, Mine{2}, Round::down), top);
    EXPECT_EQ(multiply(top, -Mine{2}, Round::down), -top);
    EXPECT_EQ(divide(top, 0.5_dec, Round::down), top);
    EXPECT_EQ(divide(top, Mine{}, Round::down), Mine{});
}

TEST(SdkDecimal, RefusesTextThatIsNoDecimal) {
    for (const char* text : {"", "-", ".", "1e5", "1,5", "+1", " 1", "1.2.3", "nan",
                             "100000000000000000000", "0.0000000000000000001"})
        EXPECT_FALSE(Mine::parse(text).has_value()) << text;
    EXPECT_EQ(*Mine::parse("1.5000000000000000000"), 1.5_dec);
    EXPECT_EQ(Mine::ratio(25, 2), 0.25_dec);
}

// What stands in a larger text, with room behind it.
std::optional<Mine> scanned(std::string text) {
    const std::size_t size = text.size();
    text += "\"" + std::string(8, '\0');
    Mine value;
    const char* const end = Mine::scan(text.data(), value);
    if (end != text.data() + size) return std::nullopt;
    return value;
}

RC_GTEST_PROP(SdkDecimal, ScansWhatTheHostPrints, ()) {
    const Pair pair = draw();
    const auto text = pair.host.to_string();
    RC_ASSERT(scanned(text) == Mine::parse(text));
    RC_ASSERT(scanned(text).has_value());
}

TEST(SdkDecimal, ScansEveryLengthOfDigits) {
    for (int whole = 0; whole <= 22; ++whole) {
        for (int decimals = -1; decimals <= 20; ++decimals) {
            std::string text(static_cast<std::size_t>(whole), '7');
            if (decimals >= 0) text += "." + std::string(static_cast<std::size_t>(decimals), '3');
            EXPECT_EQ(scanned(text), Mine::parse(text)) << text;
        }
    }
    for (const char* text : {"0.00000000", "00012.50", "-1.5", "-", "x", "1e5", "1.2.3", "-0"})
        EXPECT_EQ(scanned(text), Mine::parse(text)) << text;
}

} // namespace
