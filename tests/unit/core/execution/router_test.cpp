#include "core/execution/router.hpp"

#include <rapidcheck.h>

#include "unit/core/execution/venues.hpp"

namespace grekko::execution {
namespace {

RouteRequest buy(Quantity quantity, Price limit = {}) {
    return {Side::buy, quantity, limit};
}

TEST(Router, TakesTheVenueThatIsCheaperAfterFees) {
    Market market{2};
    market.venues[0].taker_fee = 0.006_rate;
    market.asks[1] = {{100.10_price, 1000_quantity}};
    const WorkContext& context = market.at(Instant{});
    const Route route =
        execution::route(Settings{}, buy(10_quantity), context.view, context.venues);
    ASSERT_EQ(route.parts.size(), 1U);
    EXPECT_EQ(route.parts[0].venue, venue_b);
    EXPECT_EQ(route.parts[0].limit, 100.10_price);
    EXPECT_EQ(route.unrouted, 0_quantity);
}

TEST(Router, CountsOnSeventyPercentOfTheShownSize) {
    Market market{1};
    market.asks[0] = {{100_price, 10_quantity}, {101_price, 100_quantity}};
    const WorkContext& context = market.at(Instant{});
    EXPECT_EQ(route(Settings{}, buy(7_quantity), context.view, context.venues).parts[0].limit,
              100_price);
    EXPECT_EQ(route(Settings{}, buy(7.01_quantity), context.view, context.venues).parts[0].limit,
              101_price);
}

TEST(Router, SplitsOnlyWhereItSavesTwoBasisPoints) {
    Market market{2};
    market.asks[0] = {{100_price, 10_quantity}, {100.02_price, 100_quantity}};
    market.asks[1] = {{100_price, 10_quantity}, {100.02_price, 100_quantity}};
    WorkContext context = market.at(Instant{});
    EXPECT_EQ(route(Settings{}, buy(14_quantity), context.view, context.venues).parts.size(), 1U);
    market.asks[0][1].price = market.asks[1][1].price = 100.05_price; // half of it saves 2.5 bp
    context = market.at(Instant{});
    EXPECT_EQ(route(Settings{}, buy(14_quantity), context.view, context.venues).parts.size(), 2U);
}

TEST(Router, MakesNoPartBelowTwiceTheMinimum) {
    Market market{2};
    market.asks[0] = {{100_price, 10_quantity}, {102_price, 100_quantity}};
    market.asks[1] = {{101_price, 10_quantity}};
    market.venues[1].listing.notional_min = 60_notional;
    const WorkContext& context = market.at(Instant{});
    EXPECT_EQ(route(Settings{}, buy(8_quantity), context.view, context.venues).parts.size(), 1U);
    EXPECT_EQ(route(Settings{}, buy(9_quantity), context.view, context.venues).parts.size(), 2U);
}

TEST(Router, StaysInsideLimitAndBalance) {
    Market market{2};
    market.venues[0].free_quote = 500_notional;
    market.asks[0] = {{100_price, 100_quantity}};
    market.asks[1] = {{103_price, 100_quantity}};
    const WorkContext& context = market.at(Instant{});
    const Route route =
        execution::route(Settings{}, buy(20_quantity, 102_price), context.view, context.venues);
    ASSERT_EQ(route.parts.size(), 1U);
    EXPECT_EQ(route.parts[0].quantity, 5_quantity);
    EXPECT_EQ(route.unrouted, 15_quantity);
}

TEST(Router, BreaksTiesByLatencyThenByVenue) {
    Market market{2};
    market.venues[0].latency = Duration::milliseconds(80);
    market.venues[1].latency = Duration::milliseconds(10);
    WorkContext context = market.at(Instant{});
    EXPECT_EQ(route(Settings{}, buy(1_quantity), context.view, context.venues).parts[0].venue,
              venue_b);
    market.venues[1].latency = Duration::milliseconds(80);
    context = market.at(Instant{});
    EXPECT_EQ(route(Settings{}, buy(1_quantity), context.view, context.venues).parts[0].venue,
              venue_a);
}

TEST(Router, ChargesHalfTheMovementDuringTheLatency) {
    Market market{1};
    market.venues[0].latency = Duration::minutes(4);
    market.context.view.sigma_1min = 0.001_rate;
    const WorkContext& context = market.at(Instant{});
    const Settings settings;
    EXPECT_EQ(effective_price(settings, context.view, market.venues[0], Side::buy, 100_price),
              100.1_price);
    EXPECT_EQ(effective_price(settings, context.view, market.venues[0], Side::sell, 100_price),
              99.9_price);
}

TEST(Router, GoesToTheLowestFeeWhereThereAreOnlyBars) {
    Market market{2};
    market.venues[0].taker_fee = 0.006_rate;
    market.context.view.bars_only = true;
    const WorkContext& context = market.at(Instant{});
    const Route route =
        execution::route(Settings{}, buy(3_quantity, 101_price), context.view, context.venues);
    ASSERT_EQ(route.parts.size(), 1U);
    EXPECT_EQ(route.parts[0].venue, venue_b);
    EXPECT_EQ(route.parts[0].quantity, 3_quantity);
}

TEST(Router, NamesATickAsWorstPriceWhereThereAreOnlyBars) {
    Market market{1};
    market.context.view.bars_only = true;
    const WorkContext& context = market.at(Instant{});
    const auto limit = [&](RouteRequest request) {
        return execution::route(Settings{}, request, context.view, context.venues)
            .parts.at(0)
            .limit;
    };
    EXPECT_EQ(limit(buy(3_quantity, 101.0163_price)), 101.01_price);
    EXPECT_EQ(limit({Side::sell, 3_quantity, 98.9937_price}), 99_price);
}

// What taking `lots` whole units from one venue costs, none where it has not got them.
std::optional<Notional> cost_at(const Settings& settings, const WorkContext& context,
                                std::size_t venue, std::int64_t lots) {
    Notional cost;
    Quantity left = Quantity::whole(lots);
    for (const PriceLevel& level : context.venues[venue].asks) {
        const Quantity quantity =
            std::min(left, round_to(multiply(level.quantity, settings.depth_share, Rounding::floor),
                                    1_quantity, Rounding::floor));
        const Price price =
            effective_price(settings, context.view, context.venues[venue], Side::buy, level.price);
        cost += multiply(price, quantity, Rounding::half_even);
        left -= quantity;
    }
    return left.is_zero() ? std::optional{cost} : std::nullopt;
}

TEST(Router, IsAsGoodAsTryingEverySplit) { // G127
    EXPECT_TRUE(rc::check([] {
        Market market{2};
        Settings settings;
        settings.split_saving_min = Rate{};
        for (std::size_t i = 0; i < 2; ++i) {
            market.venues[i].listing.lot = 1_quantity;
            market.venues[i].listing.notional_min = Notional{};
            market.venues[i].taker_fee = Rate{Decimal::from_units(*rc::gen::inRange(0, 9), -3)};
            market.asks[i].clear();
            std::int64_t price = 10'000;
            for (int level = *rc::gen::inRange(1, 5); level > 0; --level) {
                price += *rc::gen::inRange(0, 60);
                market.asks[i].push_back({Price{Decimal::from_units(price, -2)},
                                          Quantity::whole(*rc::gen::inRange(1, 12))});
            }
        }
        const WorkContext& context = market.at(Instant{});
        const std::int64_t lots = *rc::gen::inRange(1, 30);
        std::optional<Notional> best;
        for (std::int64_t first = 0; first <= lots; ++first) {
            const auto a = cost_at(settings, context, 0, first);
            const auto b = cost_at(settings, context, 1, lots - first);
            if (a && b && (!best || *a + *b < *best)) best = *a + *b;
        }
        const Route route =
            execution::route(settings, buy(Quantity::whole(lots)), context.view, context.venues);
        RC_ASSERT(best.has_value() == route.unrouted.is_zero());
        Notional cost;
        for (const RoutePart& part : route.parts)
            cost += part.cost;
        if (best) RC_ASSERT(cost == *best);
    }));
}

} // namespace
} // namespace grekko::execution
