#include "core/market/clusters.hpp"

#include <gtest/gtest.h>

#include "unit/core/market/feed.hpp"

namespace grekko::market::test {
namespace {

using namespace literals;

// A month of hourly bars: ETH moves with BTC, ADA on its own.
void month(Market& market, int days) {
    std::uint64_t noise = 1;
    Price coin = 1'000_price;
    Price own = 1'000_price;
    for (std::int64_t hour = 0; hour < days * 24; ++hour) {
        noise = noise * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        coin += Price::whole(static_cast<std::int64_t>(noise >> 60U) - 7);
        noise = noise * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        own += Price::whole(static_cast<std::int64_t>(noise >> 60U) - 7);
        const Duration interval = Duration::hours(1);
        market.on(bar(hour * 3'600'000, interval, coin, 1_quantity, btc));
        market.on(bar(hour * 3'600'000, interval, coin, 1_quantity, eth));
        market.on(bar(hour * 3'600'000, interval, own, 1_quantity, ada));
    }
}

TEST(Clusters, HoldAllCoinsUntilThereIsData) {
    Market market{universe(), {}};
    EXPECT_EQ(market.cluster(btc), btc);
    EXPECT_EQ(market.cluster(eth), btc);
    EXPECT_EQ(market.cluster(ada), btc);
    EXPECT_EQ(market.cluster(usdc), usdc);
    month(market, 10);
    EXPECT_EQ(market.cluster(ada), btc);
}

TEST(Clusters, SeparateWhatMovesOnItsOwn) {
    Market market{universe(), {}};
    month(market, 31);
    EXPECT_EQ(market.cluster(eth), btc);
    EXPECT_EQ(market.cluster(ada), ada);
    EXPECT_EQ(market.cluster(usdc), usdc);
}

TEST(Clusters, AreOneForAllCoinsBeyondTheLimit) {
    Settings settings;
    settings.cluster_instruments_max = 2;
    Market market{universe(), settings};
    month(market, 31);
    EXPECT_EQ(market.cluster(ada), btc);
    EXPECT_EQ(market.cluster(usdc), usdc);
}

}  // namespace
}  // namespace grekko::market::test
