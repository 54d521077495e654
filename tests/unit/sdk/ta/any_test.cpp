#include <grekko/ta/any.hpp>

#include <gtest/gtest.h>

#include "unit/sdk/ta/allocations.hpp"
#include "unit/sdk/ta/series.hpp"

namespace grekko::tests {
namespace {

TEST(Any, AllocatesNothingWhileItIsFedSavedAndLoaded) {
    const auto steps = drawn_steps(300, 1);
    for (const auto& entry : ta::entries()) {
        auto any = made(std::string{entry.name});
        std::vector<std::byte> bytes(any.saved_size());
        const auto before = allocation_count();
        for (const auto& step : steps) {
            feed(any, step);
        }
        const bool round_trip = any.save(bytes) && any.load(bytes);
        EXPECT_EQ(allocation_count(), before) << entry.name;
        EXPECT_TRUE(round_trip) << entry.name;
    }
}

TEST(Any, TakesTheCloseOfABarWhereItWantsOneSeries) {
    auto ema = made("ema", {1});
    EXPECT_TRUE(ema.update(ta::Bar{1, 9, 0, 5, 7}));
    EXPECT_EQ(ema.value(), 5.0);
}

TEST(Any, RefusesInputOfAnotherKind) {
    EXPECT_FALSE(made("atr").update(1.0));
    EXPECT_FALSE(made("ema").update(1.0, 2.0));
    EXPECT_FALSE(made("correlation").update(1.0));
    EXPECT_FALSE(made("correlation").update(ta::Bar{}));
}

TEST(Any, RefusesTheBytesOfAnotherIndicatorOrOtherArguments) {
    const auto sma = made("sma", {5});
    std::vector<std::byte> bytes(sma.saved_size());
    ASSERT_TRUE(sma.save(bytes));
    EXPECT_FALSE(made("highest", {5}).load(bytes));
    EXPECT_FALSE(made("sma", {6}).load(bytes));
    EXPECT_FALSE(made("bbands", {5}).load(bytes));
    EXPECT_TRUE(made("sma", {5}).load(bytes));
}

TEST(Any, PassesTheBeginOfASessionOn) {
    auto vwap = made("session_vwap");
    vwap.update(ta::Bar{1, 1, 1, 1, 1});
    vwap.start_session();
    vwap.update(ta::Bar{9, 9, 9, 9, 1});
    EXPECT_EQ(vwap.value(), 9.0);
    auto ema = made("ema", {1});
    ema.start_session();
    EXPECT_FALSE(ema.ready());
}

} // namespace
} // namespace grekko::tests
