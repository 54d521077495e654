#include "domain/market_view.hpp"

#include <gtest/gtest.h>

namespace grekko {
namespace {

TEST(MarketView, ScalesVolatilityWithTheRootOfTheHorizon) {
    MarketView view;
    view.sigma_1min = 0.001_rate;
    EXPECT_EQ(view.sigma(Duration::minutes(1)), 0.001_rate);
    EXPECT_EQ(view.sigma(Duration::minutes(100)), 0.01_rate);
    EXPECT_EQ(view.sigma(Duration::seconds(15)), 0.0005_rate);
    EXPECT_EQ(view.sigma(Duration{}), 0_rate);
}

TEST(MarketView, KnowsTheRootsOfAnHourAndOfADayToTheLastDigit) {
    MarketView view;
    view.sigma_1min = 1_rate;
    EXPECT_EQ(view.sigma(Duration::hours(1)).decimal(), square_root(60_d));
    EXPECT_EQ(view.sigma(Duration::days(1)).decimal(), square_root(1'440_d));
}

TEST(Mark, IsKnownOnceItHasASource) {
    Mark mark;
    EXPECT_FALSE(mark.known());
    EXPECT_TRUE(mark.stale);
    mark.source = MarkSource::trade;
    EXPECT_TRUE(mark.known());
}

} // namespace
} // namespace grekko
