// covers: apply_intents.cpp
#include "core/portfolio/portfolio.hpp"

#include <gtest/gtest.h>

#include "unit/core/portfolio/world.hpp"

namespace grekko::portfolio::test {
namespace {

using namespace literals;

TEST(Decide, IssuesUnitsAtTheNavPerUnitOfTheMoment) {
    World world;
    world.deposit(1'000_d);
    EXPECT_EQ(world.state.units, 1'000_d);
    world.fill({alice, btc, 10_quantity, 100_price});
    world.price(btc, 150_price);
    EXPECT_EQ(world.view().nav_per_unit, 1.5_rate);
    world.deposit(300_d);
    EXPECT_EQ(world.state.units, 1'200_d);
    EXPECT_EQ(world.view().nav_per_unit, 1.5_rate);
    world.deposit(-150_d);
    EXPECT_EQ(world.state.units, 1'100_d);
    EXPECT_EQ(world.view().nav_per_unit, 1.5_rate);
}

TEST(Decide, RefusesATransferThatHasNoPrice) {
    World world;
    EXPECT_FALSE(transfer(world.state, world.marks(), {first, "XYZ", 1_d}).has_value());
    EXPECT_FALSE(transfer(world.state, world.marks(), {first, "USD", 0_d}).has_value());
    EXPECT_FALSE(transfer(world.state, world.marks(), {first, "USD", -1_d}).has_value());
    world.deposit(10_d);
    EXPECT_FALSE(transfer(world.state, world.marks(), {first, "USD", -11_d}).has_value());
}

// Its day had begun with nothing: limits of the lesser N would have been zero until midnight.
TEST(Decide, BeginsTheDayOfABookWithItsFirstMoney) {
    World world;
    world.sample_all();
    ASSERT_EQ(world.view().limit_base, 0_notional);
    world.deposit(1'000_d);
    world.deposit(10_d, "BTC");
    EXPECT_EQ(world.view().limit_base, 2'000_notional) << "both are of the first day";
    EXPECT_EQ(world.view().nav_per_unit_peak, 1_rate);
    world.now = world.now + Duration::days(1);
    world.sample_all();
    world.deposit(500_d);
    EXPECT_EQ(world.view().nav, 2'500_notional);
    EXPECT_EQ(world.view().limit_base, 2'000_notional) << "limits never grow during a day";
}

// A coin that nothing converts came to the account: N is what it was, and it is known.
TEST(Decide, LeavesWhatNothingConvertsOutOfNav) {
    World world;
    world.deposit(1'000_d);
    events::TransferBooked dropped;
    dropped.venue = first;
    dropped.currency = "XYZ";
    dropped.amount = 1'000'000_d;
    world.emit(dropped);
    EXPECT_EQ(world.view().nav, 1'000_notional);
    EXPECT_FALSE(world.view().stale);
    EXPECT_EQ(balance(world.state, first, "XYZ"), 1'000'000_d);
    world.deposit(500_d);
    EXPECT_EQ(world.view().nav_per_unit, 1_rate);
}

TEST(Decide, SweepsOnlyDustAtAFreshMark) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 1_quantity, 100_price});
    Listing listing;
    listing.instrument = btc;
    listing.lot = 0.5_quantity;
    const auto swept = [&](AgentId agent) {
        return sweep(world.state, agent, listing, world.marks().of(btc)).has_value();
    };
    EXPECT_FALSE(swept(alice));
    EXPECT_FALSE(swept(bob));
    listing.lot = 2_quantity;
    EXPECT_TRUE(swept(alice));
    world.stale(btc);
    EXPECT_FALSE(swept(alice));
}

TEST(Decide, RemembersWhatWasNotTaken) {
    World world;
    const IntentId id = world.propose(alice, btc, -2_quantity, Duration::minutes(1));
    world.price(btc, 90_price);
    world.now = world.now + Duration::minutes(1);
    const auto closed = world.close_intents();
    ASSERT_EQ(closed.size(), 1U);
    EXPECT_EQ(closed[0].intent, id);
    EXPECT_EQ(closed[0].not_taken, 20_notional);
    EXPECT_EQ(net(closed[0]), 0_notional);
    EXPECT_TRUE(next_horizon(world.state).is_none());
}

TEST(Decide, BooksALateFillOfAClosedIntentAsNobodys) {
    World world;
    world.deposit(1'000_d);
    const IntentId id = world.propose(alice, btc, 2_quantity, Duration::minutes(1));
    world.now = world.now + Duration::minutes(1);
    EXPECT_EQ(world.close_intents().size(), 1U);
    world.fill({alice, btc, 2_quantity, 99_price, id});
    const Attribution a = attribution(world.state, world.marks());
    EXPECT_EQ(a.loose, 2_notional);
    EXPECT_EQ(world.check(), Broken::none);
}

}  // namespace
}  // namespace grekko::portfolio::test
