#include "base/text.hpp"

#include <type_traits>

#include <gtest/gtest.h>

namespace grekko {
namespace {

static_assert(sizeof(Text<16>) == 16 && std::is_trivially_copyable_v<Text<16>>);
static_assert(std::has_unique_object_representations_v<Text<16>>);
static_assert(Text<8>::capacity() == 7);

TEST(Text, HoldsWhatFitsAndCutsTheRest) {
    EXPECT_EQ(Text<8>{"BTC-USD"}.view(), "BTC-USD");
    EXPECT_EQ(Text<8>{"BTC-USDT"}.view(), "BTC-USD");
    EXPECT_TRUE(Text<8>{}.empty());
    EXPECT_EQ(Text<8>{"abc"}.string(), "abc");
}

TEST(Text, NeverCutsACharacterInTwo) {
    EXPECT_EQ(Text<4>{"ab\xC3\xA9"}.view(), "ab"); // e with acute accent, two bytes
    EXPECT_EQ(Text<5>{"ab\xC3\xA9"}.view(), "ab\xC3\xA9");
    EXPECT_EQ(Text<4>{"\xF0\x9F\x98\x80"}.view(), ""); // four bytes
}

TEST(Text, ComparesByContent) {
    EXPECT_EQ(Text<8>{"abc"}, Text<8>{"abc"});
    EXPECT_LT(Text<8>{"abc"}, Text<8>{"abd"});
    EXPECT_TRUE(Text<8>{"abc"} == std::string_view{"abc"});
    EXPECT_TRUE(Text<8>{"abc"} == "abc");
    EXPECT_FALSE(Text<8>{"abc"} == Text<8>{"ab"});
}

} // namespace
} // namespace grekko
