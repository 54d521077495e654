#include "io/script/readable.hpp"

#include <gtest/gtest.h>

namespace grekko::script {
namespace {

TEST(Readable, KeepsUtf8AndReplacesTheRest) {
    EXPECT_EQ(readable("a\u00e4\u20ac\U0001F600", 100), "a\u00e4\u20ac\U0001F600");
    EXPECT_EQ(readable("a\nb\x1b[31m\x7f", 100), "a b [31m ");
    EXPECT_EQ(readable({"a\0b", 3}, 100), "a b");
    EXPECT_EQ(readable("\xff\xc0\x80\xed\xa0\x80\xe2\x82", 100), "????????");
}

TEST(Readable, CutsBetweenCharacters) {
    EXPECT_EQ(readable("abc", 2), "ab");
    EXPECT_EQ(readable("a\u20acb", 3), "a");
    EXPECT_EQ(readable("a\u20acb", 4), "a\u20ac");
    EXPECT_EQ(readable("abc", 0), "");
}

} // namespace
} // namespace grekko::script
