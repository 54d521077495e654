#include "base/assert.hpp"

#include <gtest/gtest.h>

namespace grekko {
namespace {

constexpr int checked_half(int value) {
    ASSERT(value % 2 == 0);
    return value / 2;
}
static_assert(checked_half(4) == 2); // usable at compile time

TEST(Assert, DiesWithConditionAndPlaceInEveryBuild) {
    EXPECT_EQ(checked_half(6), 3);
    EXPECT_DEATH(static_cast<void>(checked_half(3)),
                 "assertion failed: value % 2 == 0\n.*assert_test.cpp:[0-9]+ in checked_half");
}

TEST(Assert, EvaluatesItsConditionOnce) {
    int count = 0;
    ASSERT(++count > 0);
    EXPECT_EQ(count, 1);
}

} // namespace
} // namespace grekko
