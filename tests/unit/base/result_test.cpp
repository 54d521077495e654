#include "base/result.hpp"

#include <memory>
#include <set>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace grekko {
namespace {

Result<int> half(int value) {
    if (value % 2 != 0) {
        return make_error(ErrorCode::invalid_argument, std::to_string(value) + " is odd");
    }
    return value / 2;
}

Result<int> quarter(int value) {
    TRY(halved, half(value));
    TRY(half(halved)); // the check alone
    return half(halved);
}

Result<std::unique_ptr<int>> boxed(int value) {
    TRY(halved, half(value));
    return std::make_unique<int>(halved);
}

Result<int> unboxed(int value) {
    TRY(box, boxed(value)); // moves what cannot be copied
    return *box;
}

Result<void> nothing(int value) {
    TRY(half(value));
    return {};
}

TEST(Result, TryBindsTheValueOrReturnsTheError) {
    EXPECT_EQ(quarter(8).value(), 2);
    EXPECT_EQ(quarter(6).error().message, "3 is odd");
    EXPECT_EQ(quarter(6).error().code, ErrorCode::invalid_argument);
    EXPECT_EQ(unboxed(10).value(), 5);
    EXPECT_FALSE(unboxed(9).has_value());
    EXPECT_TRUE(nothing(2).has_value());
    EXPECT_EQ(nothing(1).error().message, "1 is odd");
}

TEST(Result, UsingTheValueOfAnErrorThrowsItsMessage) {
    try {
        static_cast<void>(half(1).value());
        FAIL() << "no exception";
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "1 is odd");
    }
}

TEST(Result, EveryCodeHasItsOwnName) {
    std::set<std::string> names;
    for (auto code = ErrorCode::invalid_argument; code <= ErrorCode::check_failed;
         code = static_cast<ErrorCode>(static_cast<int>(code) + 1)) {
        EXPECT_TRUE(names.insert(name(code)).second) << name(code);
        EXPECT_STRNE(name(code), "unknown");
    }
}

} // namespace
} // namespace grekko
