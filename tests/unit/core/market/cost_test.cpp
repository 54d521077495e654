// covers: cost.cpp
#include "core/market/market.hpp"

#include <gtest/gtest.h>

#include "unit/core/market/feed.hpp"

namespace grekko::market::test {
namespace {

using namespace literals;

void snapshot(Market& market, std::int64_t ms) {
    market.on(record<BookReset>(ms));
    market.on(level(ms, Side::buy, 99.9_price, 1_quantity));
    market.on(level(ms, Side::buy, 98.9_price, 4_quantity));
    market.on(level(ms, Side::sell, 100.1_price, 3_quantity));
    market.on(record<BookCommit>(ms));
}

TEST(Cost, OfATakerIsFeeHalfSpreadAndTheWalk) {
    Market market{universe(), {}};
    snapshot(market, 0);
    const Listing listing = *universe().listing(btc, first);
    const CostEstimate cost = market.cost(listing, 2_quantity, Urgency::urgent, at(0));
    EXPECT_EQ(cost.fee, 0.006_rate);
    EXPECT_EQ(cost.half_spread, 0.001_rate);
    EXPECT_EQ(cost.impact, 0_rate);
    EXPECT_EQ(cost.entry, 0.007_rate);
    EXPECT_NEAR(cost.exit.to_double(), 0.007 + 0.5 / 99.9, 1e-12);
    EXPECT_EQ(cost.round_trip, cost.entry + cost.exit);
    const CostEstimate sold = market.cost(listing, -2_quantity, Urgency::normal, at(0));
    EXPECT_EQ(sold.entry, cost.exit);
    EXPECT_EQ(sold.exit, cost.entry);
}

TEST(Cost, OfAPassiveEntryIsMakerFeeAndAQuarterSpread) {
    Market market{universe(), {}};
    snapshot(market, 0);
    const Listing listing = *universe().listing(btc, first);
    const CostEstimate cost = market.cost(listing, 2_quantity, Urgency::passive, at(0));
    EXPECT_EQ(cost.entry, 0.0045_rate);
    EXPECT_EQ(cost.impact, 0_rate);
    EXPECT_NEAR(cost.exit.to_double(), 0.007 + 0.5 / 99.9, 1e-12);
}

TEST(Cost, OnBarsUsesTheImpactFormula) {
    Market market{universe(), {}};
    for (std::int64_t hour = 0; hour < 48; ++hour) {
        const Price price = hour % 2 == 0 ? 100_price : 101_price;
        market.on(bar(hour * 3'600'000, Duration::hours(1), price, 100_quantity, ada));
    }
    const Instant now = start + Duration::hours(48);
    const Listing listing = *universe().listing(ada, first);
    const CostEstimate cost = market.cost(listing, 24_quantity, Urgency::urgent, now);
    EXPECT_EQ(cost.half_spread, 0.0005_rate);
    const MarketView view = market.view(ada, {}, now);
    const double expected = 0.7 * view.sigma(Duration::days(1)).to_double() * 0.1;
    EXPECT_NEAR(cost.impact.to_double(), expected, 1e-12);
    EXPECT_GT(cost.impact, 0.003_rate);
}

TEST(Cost, OnBarsIsAtLeastHalfATick) {
    Market market{universe(), {}};
    market.on(bar(0, Duration::hours(1), 1_price, 1_quantity, ada));
    Universe coarse = universe();
    const Instant now = start + Duration::hours(1);
    const CostEstimate cost =
        market.cost(*coarse.listing(ada, first), 0_quantity, Urgency::urgent, now);
    EXPECT_EQ(cost.half_spread, 0.005_rate);
}

}  // namespace
}  // namespace grekko::market::test
