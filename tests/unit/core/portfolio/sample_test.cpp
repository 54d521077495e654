// covers: apply_money.cpp
#include "core/portfolio/portfolio.hpp"

#include <gtest/gtest.h>

#include "unit/core/portfolio/world.hpp"

namespace grekko::portfolio::test {
namespace {

using namespace literals;

TEST(Sample, MarksNavOnceAMinuteAndAtTheStartOfADay) {
    World world;
    world.now = Instant::from_seconds(1'700'006'330);  // 23:58:50 UTC
    world.deposit(1'000_d);
    const auto take = [&] { return sample(world.state, {}, world.marks(), world.now).nav; };
    ASSERT_TRUE(take().has_value());
    EXPECT_TRUE(take()->day_start);
    world.sample_all();
    EXPECT_FALSE(take().has_value());
    world.now = world.now + Duration::seconds(10);
    ASSERT_TRUE(take().has_value());
    EXPECT_FALSE(take()->day_start);
    world.sample_all();
    world.now = world.now + Duration::minutes(1);
    ASSERT_TRUE(take().has_value());
    EXPECT_TRUE(take()->day_start);
}

TEST(Sample, RaisesThePeakOnlyOnFreshMarks) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 5_quantity, 100_price});
    world.sample_all();
    world.price(btc, 120_price);
    world.stale(btc);
    world.now = world.now + Duration::minutes(1);
    world.sample_all();
    EXPECT_EQ(world.state.per_unit_peak, 1_rate);
    world.price(btc, 120_price);
    world.now = world.now + Duration::minutes(1);
    world.sample_all();
    EXPECT_EQ(world.state.per_unit_peak, 1.1_rate);
}

TEST(Sample, RebasesThePeakOnCommand) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 5_quantity, 100_price});
    world.sample_all();
    world.price(btc, 80_price);
    world.now = world.now + Duration::minutes(1);
    world.sample_all();
    EXPECT_EQ(world.view().drawdown, 0.1_rate);
    events::CommandHandled handled;
    handled.kind = CommandKind::resume_rebase_peak;
    handled.accepted = true;
    world.emit(handled);
    EXPECT_EQ(world.view().drawdown, 0_rate);
}

TEST(Sample, RemembersBestAndWorstOfAPosition) {
    World world;
    world.deposit(1'000_d);
    world.fill({alice, btc, 2_quantity, 100_price});
    for (const Price price : {110_price, 95_price, 105_price}) {
        world.price(btc, price);
        world.now = world.now + Duration::minutes(1);
        world.sample_all();
    }
    EXPECT_EQ(position(world.state, alice, btc).favourable_max, 20_notional);
    EXPECT_EQ(position(world.state, alice, btc).adverse_max, -10_notional);
    world.fill({alice, btc, -2_quantity, 105_price});
    world.fill({alice, btc, 1_quantity, 105_price});
    EXPECT_EQ(position(world.state, alice, btc).favourable_max, 0_notional);
}

TEST(Sample, KeepsAnAgentsDrawdownWhenItsCapitalChanges) {
    World world;
    world.deposit(1'000_d);
    events::AgentRegistered registered;
    registered.agent = alice;
    registered.allocation = 400_notional;
    world.emit(registered);
    world.sample_all();
    events::AgentSettingChanged changed;
    changed.agent = alice;
    changed.setting = CommandKind::agent_allocation;
    changed.to = 200_d;
    world.emit(changed);
    const AgentBook view = agent_book(world.state, world.marks(), alice);
    EXPECT_EQ(view.equity, 200_notional);
    EXPECT_EQ(view.drawdown, 0_rate);
    EXPECT_EQ(view.day_pnl, 0_notional);
}

}  // namespace
}  // namespace grekko::portfolio::test
