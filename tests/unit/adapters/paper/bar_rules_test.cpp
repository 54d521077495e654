#include "paper/bar_rules.hpp"

#include <gtest/gtest.h>

namespace grekko::paper {
namespace {

constexpr BarPrices bar{Decimal{100}, Decimal{110}, Decimal{90}};
constexpr Decimal one{1};

TEST(BarRules, TakesHalfATickOrTheClassOfTheInstrumentAsHalfTheSpread) {
    Listing listing;
    listing.tick = 0.01_dec;
    EXPECT_EQ(half_spread(listing, Decimal{10'000}), Decimal{5}); // 5 bp
    listing.major = true;
    EXPECT_EQ(half_spread(listing, Decimal{10'000}), Decimal{1}); // 1 bp
    listing.tick = Decimal{4};
    EXPECT_EQ(half_spread(listing, Decimal{10'000}), Decimal{2}); // half a tick
}

TEST(BarRules, RoundsAgainstTheOrder) {
    EXPECT_EQ(worse(Direction::buy, Decimal{100}, 0.1_dec, one), Decimal{101});
    EXPECT_EQ(worse(Direction::sell, Decimal{100}, 0.1_dec, one), Decimal{99});
    EXPECT_EQ(worse(Direction::sell, Decimal{1}, Decimal{5}, one), one); // never below a tick
}

TEST(BarRules, FillsALimitOnlyBeyondItsPriceByATick) {
    EXPECT_FALSE(limit_fill(Direction::buy, bar, Decimal{90}, one));
    EXPECT_EQ(limit_fill(Direction::buy, bar, Decimal{91}, one), Decimal{91});
    EXPECT_FALSE(limit_fill(Direction::sell, bar, Decimal{110}, one));
    EXPECT_EQ(limit_fill(Direction::sell, bar, Decimal{109}, one), Decimal{109});
}

TEST(BarRules, FillsAStopAtTheWorseOfOpenAndStopPlusItsCosts) {
    const Decimal slip = 0.05_dec; // of a range of 20
    EXPECT_EQ(stop_fill(Direction::buy, bar, Decimal{105}, one, slip, one), Decimal{107});
    EXPECT_EQ(stop_fill(Direction::buy, bar, Decimal{95}, one, slip, one), Decimal{102});
    EXPECT_EQ(stop_fill(Direction::sell, bar, Decimal{95}, one, slip, one), Decimal{93});
    EXPECT_EQ(stop_fill(Direction::sell, bar, Decimal{105}, one, slip, one), Decimal{98});
    EXPECT_EQ(stop_fill(Direction::buy, bar, Decimal{110}, one, slip, one), Decimal{112});
    EXPECT_FALSE(stop_fill(Direction::buy, bar, Decimal{111}, one, slip, one));
    EXPECT_FALSE(stop_fill(Direction::sell, bar, Decimal{89}, one, slip, one));
}

TEST(BarRules, FillsATakeProfitAtItsTriggerLessItsCosts) {
    EXPECT_EQ(take_fill(Direction::sell, bar, Decimal{108}, one, 0.05_dec, one), Decimal{106});
    EXPECT_EQ(take_fill(Direction::buy, bar, Decimal{92}, one, 0.05_dec, one), Decimal{94});
    EXPECT_FALSE(take_fill(Direction::sell, bar, Decimal{110}, one, 0.05_dec, one));
}

TEST(BarRules, SetsATrailingStopBehindTheExtreme) {
    EXPECT_EQ(trailing_level(Direction::sell, Decimal{110}, 0.05_dec, one), Decimal{104});
    EXPECT_EQ(trailing_level(Direction::buy, Decimal{90}, 0.05_dec, one), Decimal{95});
}

} // namespace
} // namespace grekko::paper
