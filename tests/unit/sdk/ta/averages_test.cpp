#include <grekko/ta/averages.hpp>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

template <class Indicator>
double last(Indicator indicator, std::initializer_list<double> inputs) {
    for (const double x : inputs) {
        indicator.update(x);
    }
    return indicator.value();
}

TEST(Averages, SmaIsTheMeanOfTheWindow) {
    EXPECT_EQ(last(Sma{3}, {9, 1, 2, 6}), 3.0);
    EXPECT_EQ(last(Sma{0}, {9, 1}), 1.0); // a window of 0 counts as 1
}

TEST(Averages, EmaBeginsWithTheMeanAndMovesByTwoOverNPlusOne) {
    EXPECT_EQ(last(Ema{3}, {1, 2, 3}), 2.0);
    EXPECT_EQ(last(Ema{3}, {1, 2, 3, 6}), 4.0);
    EXPECT_EQ(last(Ema{1}, {1, 2, 3, 6}), 6.0);
}

TEST(Averages, RmaMovesByOneOverN) {
    EXPECT_EQ(last(Rma{4}, {1, 2, 3, 2, 6}), 3.0);
}

TEST(Averages, WmaWeighsTheNewestMost) {
    EXPECT_EQ(last(Wma{3}, {100, 1, 2, 6}), (1.0 * 1 + 2.0 * 2 + 3.0 * 6) / 6.0);
}

TEST(Averages, WmaIsExactAgainAsSoonAsAHugeValueHasLeft) {
    EXPECT_EQ(last(Wma{5}, {1, 1e17, 2, 3, 4, 5, 6}), (2.0 + 2 * 3 + 3 * 4 + 4 * 5 + 5 * 6) / 15.0);
}

TEST(Averages, SayWhatTheyNeedAndWhatTheyIgnored) {
    Ema ema{3};
    EXPECT_EQ(ema.warmup(), 3U);
    EXPECT_FALSE(ema.update(not_ready));
    EXPECT_FALSE(ema.ready());
    EXPECT_TRUE(std::isnan(ema.value()));
    EXPECT_EQ(ema.ignored(), 1U);
}

} // namespace
} // namespace grekko::ta
