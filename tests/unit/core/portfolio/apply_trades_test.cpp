// covers: lots.cpp
#include "core/portfolio/apply.hpp"

#include <gtest/gtest.h>

#include "unit/core/portfolio/world.hpp"

namespace grekko::portfolio::test {
namespace {

using namespace literals;

TEST(ApplyTrades, MovesCashAgainstPosition) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 2_quantity, 100_price, {}, 0.5_d});
    EXPECT_EQ(balance(world.state, first, "USD"), 799.5_d);
    EXPECT_EQ(balance(world.state, first, "BTC"), 2_d);
    EXPECT_EQ(position(world.state, alice, btc).cost, 200_notional);
    EXPECT_EQ(position(world.state, alice, btc).fees, 0.5_notional);
    EXPECT_EQ(position(world.state, {}, btc).quantity, 2_quantity);
    EXPECT_EQ(world.check(), Broken::none);
}

TEST(ApplyTrades, TakesAFeeInTheReceivedAssetOutOfThePosition) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 1_quantity, 100_price, {}, 0.001_d, "BTC", 0.1_notional});
    EXPECT_EQ(position(world.state, alice, btc).quantity, 0.999_quantity);
    EXPECT_EQ(balance(world.state, first, "BTC"), 0.999_d);
    EXPECT_EQ(balance(world.state, first, "USD"), 900_d);
    EXPECT_EQ(position(world.state, alice, btc).fees, 0.1_notional);
    EXPECT_EQ(world.view().nav, 999.9_notional);
    EXPECT_EQ(world.check(), Broken::none);
}

TEST(ApplyTrades, TakesAFeeInAThirdCurrencyOutOfItsCash) {
    World world;
    world.deposit(1'000_d);
    world.deposit(1_d, "BNB");
    world.fill({alice, btc, 1_quantity, 100_price, {}, 0.01_d, "BNB", 0.5_notional});
    EXPECT_EQ(balance(world.state, first, "BNB"), 0.99_d);
    EXPECT_EQ(balance(world.state, first, "USD"), 900_d);
    EXPECT_EQ(world.view().nav, 1'049.5_notional);
    EXPECT_EQ(world.check(), Broken::none);
}

TEST(ApplyTrades, CrossesAgentsWithoutMovingTheVenue) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 2_quantity, 90_price});
    events::InternalCross cross;
    cross.buyer = bob;
    cross.seller = alice;
    cross.instrument = btc;
    cross.quantity = 1.5_quantity;
    cross.price = 100_price;
    cross.value = 150_notional;
    world.emit(cross);
    EXPECT_EQ(position(world.state, alice, btc).realised, 15_notional);
    EXPECT_EQ(position(world.state, bob, btc).cost, 150_notional);
    EXPECT_EQ(venue_quantity(world.state, first, btc), 2_quantity);
    EXPECT_EQ(world.check(), Broken::none);
}

TEST(ApplyTrades, MovesDustToTheHouseAtMark) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 0.004_quantity, 90_price});
    Listing listing;
    listing.instrument = btc;
    listing.lot = 0.01_quantity;
    const auto swept = sweep(world.state, alice, listing, world.marks().of(btc));
    ASSERT_TRUE(swept.has_value());
    world.emit(*swept);
    EXPECT_TRUE(position(world.state, alice, btc).quantity.is_zero());
    EXPECT_EQ(position(world.state, alice, btc).realised, 0.04_notional);
    EXPECT_EQ(position(world.state, house_agent, btc).cost, 0.4_notional);
    EXPECT_EQ(world.check(), Broken::none);
}

TEST(ApplyTrades, GivesForeignFillsToTheHouse) {
    World world;
    world.deposit(1'000_d);
    events::ForeignFill foreign;
    foreign.fill.venue = second;
    foreign.fill.instrument = eth;
    foreign.fill.side = Side::sell;
    foreign.fill.price = 10_price;
    foreign.fill.quantity = 3_quantity;
    foreign.fill.fee = 0.3_d;
    foreign.fill.fee_currency = "USD";
    world.emit(foreign);
    EXPECT_EQ(position(world.state, house_agent, eth).quantity, -3_quantity);
    EXPECT_EQ(balance(world.state, second, "USD"), 29.7_d);
    EXPECT_EQ(world.check(), Broken::none);
}

TEST(ApplyTrades, KeepsThePerpetualsCostInTheAccount) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, perp, -2_quantity, 100_price, {}, 1_d});
    EXPECT_EQ(balance(world.state, first, "USD"), 999_d);
    world.price(perp, 90_price);
    EXPECT_EQ(world.view().nav, 1'019_notional);
    world.fill({alice, perp, 2_quantity, 90_price, {}, 1_d});
    EXPECT_EQ(balance(world.state, first, "USD"), 1'018_d);
    EXPECT_EQ(world.check(), Broken::none);
}

TEST(ApplyTrades, SharesFundingAmongTheIntentsThatHold) {
    World world;
    world.deposit(1'000_d);
    const IntentId one = world.propose(alice, perp, 1_quantity);
    const IntentId two = world.propose(alice, perp, 2_quantity);
    world.fill({alice, perp, 1_quantity, 100_price, one});
    world.fill({alice, perp, 2_quantity, 100_price, two});
    events::FundingPaid funding;
    funding.agent = alice;
    funding.instrument = perp;
    funding.amount = 1_notional;
    world.emit(funding);
    const Notional first_share = world.state.intents.at(one).flow.funding;
    const Notional second_share = world.state.intents.at(two).flow.funding;
    EXPECT_EQ(first_share, 0.333333333333333333_notional);
    EXPECT_EQ(first_share + second_share, 1_notional);
    EXPECT_EQ(balance(world.state, first, "USD"), 999_d);
    EXPECT_EQ(world.check(), Broken::none);
}

TEST(ApplyTrades, CountsLosingRoundTripsInARow) {
    World world;
    world.deposit(1'000_d);
    const auto run = [&] { return agent_book(world.state, world.marks(), alice).losing_run; };
    events::AgentRegistered registered;
    registered.agent = alice;
    world.emit(registered);
    for (std::uint32_t i = 1; i <= 3; ++i) {
        world.fill({alice, btc, 1_quantity, 100_price});
        world.fill({alice, btc, -1_quantity, 100_price, {}, 0.1_d});
        EXPECT_EQ(run(), i);
    }
    world.fill({alice, btc, 1_quantity, 100_price});
    world.fill({alice, btc, -0.5_quantity, 90_price});
    EXPECT_EQ(run(), 3U);
    world.fill({alice, btc, -0.5_quantity, 120_price});
    EXPECT_EQ(run(), 0U);
    world.fill({alice, btc, 1_quantity, 100_price, {}, 2_d}); // the way in costs more than is won
    world.fill({alice, btc, -1_quantity, 101_price});
    EXPECT_EQ(run(), 1U);
}

// An inferred fill became real: the price was 0.5 worse, and a fee was taken from the base.
void upgrade(World& world, Side side, Decimal base_fee) {
    events::FillUpgraded upgraded;
    upgraded.fill.venue = first;
    upgraded.fill.instrument = btc;
    upgraded.fill.side = side;
    upgraded.fill.quantity = 1_quantity;
    upgraded.fill.fee = base_fee;
    upgraded.fill.fee_currency = "BTC";
    world.emit(upgraded);
    events::FillAllocated share;
    share.agent = alice;
    share.instrument = btc;
    share.venue = first;
    share.side = side;
    share.price = 100_price;
    share.value = side == Side::buy ? 0.5_notional : -0.5_notional;
    share.fee = base_fee;
    share.fee_currency = "BTC";
    share.fee_quote = multiply(100_price, Quantity{base_fee}, Rounding::half_even);
    share.mark = world.mark(btc);
    world.emit(share);
}

TEST(ApplyTrades, CorrectsAFillThatWasInferred) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 1_quantity, 100_price});
    upgrade(world, Side::buy, 0.01_d);
    EXPECT_EQ(position(world.state, alice, btc).quantity, 0.99_quantity);
    EXPECT_EQ(balance(world.state, first, "USD"), 899.5_d);
    EXPECT_EQ(world.check(), Broken::none);
    world.fill({alice, btc, -0.99_quantity, 100_price});
    upgrade(world, Side::sell, {});
    EXPECT_TRUE(position(world.state, alice, btc).cost.is_zero());
    EXPECT_EQ(balance(world.state, first, "USD"), 998_d);
    EXPECT_EQ(world.view().nav, 998_notional);
    EXPECT_EQ(world.check(), Broken::none);
    const Attribution a = attribution(world.state, world.marks());
    EXPECT_EQ(a.loose, -2_notional);
    EXPECT_TRUE(a.currency.is_zero());
}

TEST(ApplyTrades, SeesAFillWhoseSharesAreMissing) {
    World world;
    events::OrderFilled filled;
    filled.fill.venue = first;
    filled.fill.instrument = btc;
    filled.fill.quantity = 1_quantity;
    filled.fill.price = 100_price;
    world.emit(filled);
    EXPECT_EQ(world.check(Moment::event), Broken::none);
    EXPECT_EQ(world.check(Moment::step), Broken::unallocated);
}

}  // namespace
}  // namespace grekko::portfolio::test
