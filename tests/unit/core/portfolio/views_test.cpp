// covers: worth.cpp, state.hpp, portfolio.hpp
#include "core/portfolio/portfolio.hpp"

#include <gtest/gtest.h>

#include "unit/core/portfolio/world.hpp"

namespace grekko::portfolio::test {
namespace {

using namespace literals;

TEST(Views, CountsCashAndPositionsInSeveralCurrencies) {
    World world;
    world.deposit(100_d);
    world.deposit(80_d, "EUR", second);
    world.deposit(2_d, "BTC");
    EXPECT_EQ(world.view().nav, 400_notional);
    world.fill({alice, eth_eur, 5_quantity, 8_price, {}, {}, "EUR", {}, second});
    EXPECT_EQ(balance(world.state, second, "EUR"), 40_d);
    EXPECT_EQ(balance(world.state, second, "ETH"), 5_d);
    EXPECT_EQ(world.view().nav, 400_notional);
}

TEST(Views, ShowTheStandingWithoutTheTurnoverOfTheDay) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 1_quantity, 100_price});
    const BookView all = world.view();
    const BookView standing = portfolio::standing(world.state, world.marks());
    EXPECT_EQ(standing.nav, all.nav);
    EXPECT_EQ(standing.limit_base, all.limit_base);
    EXPECT_EQ(standing.drawdown, all.drawdown);
    EXPECT_EQ(all.traded_24h, 100_notional);
    EXPECT_TRUE(standing.traded_24h.is_zero());
}

TEST(Views, AddUpMoreCurrenciesThanFew) {
    World world;
    for (const char* currency : {"USD", "EUR", "BTC", "ETH"})
        world.deposit(1_d, currency);
    const Notional four = world.view().nav;
    for (const char* unknown : {"AAA", "BBB", "CCC"})
        world.state.accounts[{first, unknown}].cash = 1_d;
    EXPECT_EQ(world.view().nav, four);
    EXPECT_FALSE(world.view().stale) << "what nothing converts is no part of N";
}

TEST(Views, ConvertsOverASecondCurrencyAndAgainstTheQuote) {
    World world;
    EXPECT_EQ(in_base(world.state, world.marks(), 10_d, "ETH"), 100_notional);
    EXPECT_EQ(in_base(world.state, world.marks(), 10_d, "EUR"), 12.5_notional);
    EXPECT_EQ(in_base(world.state, world.marks(), 10_d, "USD"), 10_notional);
    EXPECT_FALSE(in_base(world.state, world.marks(), 10_d, "XYZ").has_value());
    Universe other = universe();
    other.base_currency = "EUR";
    const State state = make_state(other);
    EXPECT_EQ(in_base(state, world.marks(), 10_d, "USD"), 8_notional);
    EXPECT_EQ(in_base(state, world.marks(), 1_d, "BTC"), 80_notional);
}

TEST(Views, FlagsAStaleOrMissingMark) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 1_quantity, 100_price});
    EXPECT_FALSE(world.view().stale);
    world.stale(btc);
    EXPECT_TRUE(world.view().stale);
    EXPECT_EQ(world.view().nav, 1'000_notional);
    EXPECT_TRUE(book(world.state, {}, world.now).stale);
}

TEST(Views, TakesTheSmallerOfNowAndMidnightAsTheLimitBase) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 5_quantity, 100_price});
    world.sample_all();
    world.price(btc, 120_price);
    EXPECT_EQ(world.view().limit_base, 1'000_notional);
    EXPECT_EQ(world.view().day_return, 0.1_rate);
    world.price(btc, 80_price);
    EXPECT_EQ(world.view().limit_base, 900_notional);
    EXPECT_EQ(world.view().drawdown, 0.1_rate);
    EXPECT_EQ(world.view().day_return, -0.1_rate);
}

TEST(Views, GivesAnAgentItsEquityDayAndDrawdown) {
    World world;
    world.deposit(1'000_d);
    events::AgentRegistered registered;
    registered.agent = alice;
    registered.allocation = 400_notional;
    world.emit(registered);
    world.sample_all();
    world.fill({alice, btc, 2_quantity, 100_price, {}, 1_d});
    world.price(btc, 110_price);
    world.now = world.now + Duration::minutes(1);
    world.sample_all();
    world.price(btc, 90_price);
    const AgentBook view = agent_book(world.state, world.marks(), alice);
    EXPECT_EQ(view.equity, 379_notional);
    EXPECT_EQ(view.day_pnl, -21_notional);
    EXPECT_EQ(view.drawdown, 0.1_rate);
}

TEST(Views, ComparesTheVenuesBalanceWithOurs) {
    World world;
    world.deposit(1'000_d);
    EXPECT_FALSE(balance_difference(world.state, first, "USD").has_value());
    events::BalanceReported reported;
    reported.venue = first;
    reported.currency = "USD";
    reported.total = 990_d;
    world.emit(reported);
    EXPECT_EQ(balance_difference(world.state, first, "USD"), -10_d);
}

TEST(Views, CallsFlatWhatCannotBeSold) {
    Listing listing;
    listing.lot = 0.01_quantity;
    listing.notional_min = 5_notional;
    const Mark mark{100_price, MarkSource::book, false, {}};
    EXPECT_TRUE(is_flat({}, listing, mark));
    EXPECT_TRUE(is_flat(0.009_quantity, listing, mark));
    EXPECT_TRUE(is_flat(-0.04_quantity, listing, mark));
    EXPECT_FALSE(is_flat(0.05_quantity, listing, mark));
    EXPECT_FALSE(is_flat(0.04_quantity, listing, {}));
}

TEST(Views, AddsUpTurnoverOfADay) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 1_quantity, 100_price, {}, 1_d});
    world.now = world.now + Duration::hours(2);
    world.fill({bob, eth, 2_quantity, 10_price, {}, 1_d});
    EXPECT_EQ(world.view().traded_24h, 120_notional);
    EXPECT_EQ(world.view().fees_24h, 2_notional);
    world.now = world.now + Duration::hours(23);
    EXPECT_EQ(world.view().traded_24h, 20_notional);
}

} // namespace
} // namespace grekko::portfolio::test
