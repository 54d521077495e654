#include <grekko/ta/history.hpp>

#include <grekko/ta/archive.hpp>
#include <grekko/ta/momentum.hpp>
#include <grekko/ta/registry.hpp>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

TEST(History, GivesTheCurrentValueAtZeroAndTheOneBeforeAtOne) {
    History sma{Sma{2}, 3};
    EXPECT_TRUE(std::isnan(sma[0]));
    for (const double x : {1.0, 3.0, 5.0}) {
        EXPECT_TRUE(sma.update(x));
    }
    EXPECT_EQ(sma[0], 4.0);
    EXPECT_EQ(sma[1], 2.0);
    EXPECT_TRUE(std::isnan(sma[2])); // fed, but not ready
    EXPECT_TRUE(std::isnan(sma[3])); // beyond the depth
}

TEST(History, ForgetsWhatFallsOffItsEnd) {
    History sma{Sma{1}, 3};
    for (int i = 0; i < 10; ++i) {
        sma.update(static_cast<double>(i));
    }
    EXPECT_EQ(sma.size(), 3U);
    EXPECT_EQ(sma[2], 7.0);
    EXPECT_TRUE(std::isnan(sma[3]));
}

TEST(History, DoesNotMoveOnIgnoredInput) {
    History sma{Sma{1}};
    sma.update(1.0);
    EXPECT_FALSE(sma.update(not_ready));
    EXPECT_EQ(sma.size(), 1U);
    EXPECT_EQ(sma[0], 1.0);
    EXPECT_EQ(sma.depth(), 512U);
}

TEST(History, KeepsAllOutputsOfAnAnyAndRestoresThem) {
    const auto fresh = [] {
        return History{std::move(*make("macd", std::array{2.0, 3.0, 2.0}).any), 4};
    };
    auto macd = fresh();
    for (const double x : {1.0, 4.0, 2.0, 8.0, 5.0, 7.0}) {
        macd.update(x);
    }
    EXPECT_EQ(macd.at(2, 1), macd.at(0, 1) - macd.at(1, 1));
    EXPECT_TRUE(std::isnan(macd.at(3, 0)));
    std::vector<std::byte> bytes(saved_size(macd));
    ASSERT_TRUE(save(macd, bytes));
    auto restored = fresh();
    ASSERT_TRUE(load(restored, bytes));
    EXPECT_TRUE(std::isnan(restored[3]));
    for (std::size_t age = 0; age < 3; ++age) {
        EXPECT_EQ(macd[age], restored[age]);
    }
}

} // namespace
} // namespace grekko::ta
