#include <grekko/ta/cross.hpp>

#include <gtest/gtest.h>

namespace grekko::ta {
namespace {

TEST(Cross, FiresOnceOnPartingAfterATouch) {
    Crossover over;
    Crossunder under;
    const double series[] = {-1, 0, 1, 2, 0, -1};
    const double over_want[] = {0, 0, 1, 0, 0, 0};
    const double under_want[] = {0, 0, 0, 0, 0, 1};
    for (int i = 0; i < 6; ++i) {
        over.update(series[i], 0);
        under.update(series[i], 0);
        if (i == 0) continue;
        EXPECT_EQ(over.value(), over_want[i]) << i;
        EXPECT_EQ(under.value(), under_want[i]) << i;
    }
}

TEST(Cross, SaysNothingOnTheFirstBar) {
    Crossover over;
    over.update(1, 0);
    EXPECT_FALSE(over.ready());
    EXPECT_TRUE(std::isnan(over.value()));
}

} // namespace
} // namespace grekko::ta
