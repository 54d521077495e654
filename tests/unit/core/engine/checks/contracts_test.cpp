// covers: core/engine/views.cpp core/execution/allocate.cpp core/execution/netting.cpp
// Money is price × quantity × the size of a contract, wherever quantity becomes money: fills, fees,
// ledgers, exposure, sizes that a balance pays for, smallest orders, crosses inside the book.
#include <gtest/gtest.h>

#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

// A perpetual of a tenth of a coin a contract: 100 contracts at 100 are worth 1 000.
class Contracts : public ::testing::Test {
protected:
    static Plan tenths() {
        Plan plan;
        plan.fee = 0.001_rate;
        plan.settings.shorts = true;
        plan.settings.risk.margin = true;
        plan.universe = [](Universe& all) {
            all.instruments[btc.value()].kind = InstrumentKind::perpetual;
            all.instruments[btc.value()].contract_size = 0.1_quantity;
        };
        return plan;
    }
    Notional nav() { return desk.engine.book(desk.now).nav; }
    void adds_up() {
        const portfolio::State& state = desk.engine.state().portfolio;
        EXPECT_EQ(portfolio::check_invariants(state, portfolio::Moment::step).what,
                  portfolio::Broken::none);
        const portfolio::Attribution parts =
            portfolio::attribution(state, desk.engine.marks(desk.now));
        EXPECT_EQ(parts.nav,
                  parts.transfers + parts.closed + parts.open + parts.loose + parts.currency);
        EXPECT_EQ(parts.nav, nav());
    }
    Desk desk{tenths()};
};

TEST_F(Contracts, FillsAndFeesAreCountedByTheContract) {
    take_position(desk, one, btc, 100_d, 100_price);
    Notional value;
    Decimal fee;
    for (const auto& share : desk.all<events::FillAllocated>()) {
        value += share.value;
        fee += share.fee;
    }
    EXPECT_EQ(value, 1'000_notional);
    EXPECT_EQ(fee, 1_d);
    EXPECT_EQ(nav(), 99'999_notional);
    adds_up();
}

TEST_F(Contracts, AMoveOfOneIsATenthAContract) {
    take_position(desk, one, btc, 100_d, 100_price);
    desk.price(btc, 101_price);
    EXPECT_EQ(nav(), 100'009_notional);
    adds_up();
    take_position(desk, one, btc, 0_d, 101_price);
    EXPECT_EQ(nav(), 100'010_notional - 1_notional - 1.01_notional);
    adds_up();
}

TEST_F(Contracts, ExposureAndLimitsAreCountedByTheContract) {
    EXPECT_EQ(buy(desk, 2'500_d).verdict, Verdict::approved) << "25 000 of N";
    for (int i = 0; i < 3; ++i)
        desk.expire(one); // what is left is routed twice more
    desk.advance(Duration::seconds(2));
    desk.refresh();
    const RiskAssessed beyond = buy(desk, 2'500.01_d);
    EXPECT_TRUE(risk::has(beyond.blocked, Check::order_value));
}

TEST_F(Contracts, TheSmallestOrderIsCountedByTheContract) {
    EXPECT_EQ(buy(desk, 0.11_d).verdict, Verdict::approved) << "1.10 of at least 1.02";
    for (int i = 0; i < 3; ++i)
        desk.expire(one); // what is left is routed twice more
    desk.advance(Duration::seconds(2));
    desk.refresh();
    EXPECT_TRUE(risk::has(buy(desk, 0.1_d).blocked, Check::notional)) << "1.00";
}

TEST_F(Contracts, AShortIsLeftWithoutOwningTheCoin) {
    Action action = Desk::target(btc, -100_d);
    action.stop = 103_price;
    action.take = 90_price;
    desk.answer(one, {action});
    ASSERT_FALSE(desk.placed.empty());
    desk.fill(desk.placed.back().id, desk.placed.back().quantity, 100_price);
    EXPECT_EQ(desk.held(one, btc), -100_quantity);
    adds_up();
}

TEST_F(Contracts, ACrossInsideTheBookIsCountedByTheContract) {
    take_position(desk, one, btc, 100_d, 100_price);
    Action action = Desk::target(btc, -100_d);
    action.stop = 103_price;
    action.take = 90_price;
    desk.answer(two, {action});
    desk.fill(desk.placed.back().id, desk.placed.back().quantity, 100_price);
    desk.advance(Duration::seconds(2));
    desk.refresh();
    desk.say(CommandKind::flatten);
    const auto crosses = desk.all<events::InternalCross>();
    ASSERT_EQ(crosses.size(), 1U);
    EXPECT_EQ(crosses.front().value, 1'000_notional);
    adds_up();
}

} // namespace
} // namespace grekko::test
