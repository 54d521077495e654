// covers: core/engine/guard.cpp core/risk/book_state.cpp core/engine/command.cpp
// The table of the trading rules §5.4 through the engine: what may leave in which state.
#include <gtest/gtest.h>

#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

using events::BookState;

Plan plan_with(risk::DisasterMode disaster) {
    Plan plan;
    plan.settings.stops.disaster = disaster;
    return plan;
}

// Agent one holds ten; agent two bids and is not filled; agent three offers what it holds.
class States : public ::testing::Test {
protected:
    void SetUp() override { arrange(risk::DisasterMode::off); }
    void arrange(risk::DisasterMode disaster) {
        made = std::make_unique<Desk>(plan_with(disaster));
        take_position(*made, one, btc, 10_d, 100_price, 95_price);
        take_position(*made, three, eth, 10_d, 100_price, 95_price);
        Action bid = patient(btc, 5_d);
        made->answer(two, {bid});
        Action offer = patient(eth, 0_d);
        offer.limit = 100.02_price;
        made->answer(three, {offer});
        if (disaster == risk::DisasterMode::on) made->live(Duration::seconds(3));
    }
    static Action patient(InstrumentId id, Decimal target) {
        Action action = Desk::target(id, target);
        action.working.urgency = Urgency::passive;
        action.working.passive_for = Duration::hours(1);
        return action;
    }
    Desk& desk() { return *made; }
    std::size_t open_of(Purpose purpose) {
        std::size_t count = 0;
        for (const auto& [id, order] : desk().open_orders)
            count += order.purpose == purpose;
        return count;
    }
    void go(CommandKind kind) { EXPECT_TRUE(desk().say(kind).accepted); }
    // BTC falls to the stop of agent one.
    void fall() {
        desk().price(btc, 94.9_price);
        desk().trade(btc, 94.9_price, 1'000'000_quantity);
    }

    std::unique_ptr<Desk> made;
};

TEST_F(States, ReducingCancelsBidsAndKeepsOffers) {
    ASSERT_EQ(open_of(Purpose::increase), 1U);
    ASSERT_EQ(open_of(Purpose::reduce), 1U);
    go(CommandKind::reducing);
    EXPECT_EQ(open_of(Purpose::increase), 0U);
    EXPECT_EQ(open_of(Purpose::reduce), 1U);
}

TEST_F(States, ReducingDeniesIncreasesAndLetsAgentsLeave) {
    go(CommandKind::reducing);
    EXPECT_EQ(buy(desk(), 1_d, {}, sol).reason, static_cast<std::uint8_t>(Check::state));
    EXPECT_EQ(leave(desk(), 5_d).verdict, Verdict::approved);
}

TEST_F(States, HaltedRefusesAgentsExceptTheirCancels) {
    go(CommandKind::halt);
    EXPECT_EQ(open_of(Purpose::increase), 0U);
    EXPECT_EQ(open_of(Purpose::reduce), 1U) << "an offer stays";
    const std::size_t before = desk().placed.size();
    desk().answer(one, {Desk::target(btc, 5_d)});
    EXPECT_EQ(desk().all<events::IntentRefused>().back().reason, events::IntentRefusal::halted);
    desk().answer(one, {Desk::target(sol, 5_d)});
    EXPECT_EQ(desk().placed.size(), before);
    Action cancel;
    cancel.kind = ActionKind::cancel;
    cancel.instrument = eth;
    desk().answer(three, {cancel});
    EXPECT_EQ(open_of(Purpose::reduce), 0U);
}

TEST_F(States, HostStopsActInReducingAndHalted) {
    for (const CommandKind kind : {CommandKind::reducing, CommandKind::halt}) {
        arrange(risk::DisasterMode::off);
        go(kind);
        fall();
        EXPECT_EQ(open_of(Purpose::stop), 1U);
    }
}

TEST_F(States, FrozenLetsNothingLeaveButCancelsOfIncreases) {
    const std::size_t before = desk().placed.size();
    go(CommandKind::halt_freeze);
    EXPECT_EQ(open_of(Purpose::increase), 0U);
    EXPECT_EQ(open_of(Purpose::reduce), 1U);
    fall();
    desk().live(Duration::seconds(5));
    Command flatten;
    flatten.kind = CommandKind::flatten;
    desk().say(flatten);
    desk().live(Duration::seconds(5));
    EXPECT_EQ(desk().placed.size(), before);
    EXPECT_EQ(open_of(Purpose::reduce), 1U);
}

TEST_F(States, ProtectionAtTheVenueStaysWhateverTheState) {
    for (const CommandKind kind :
         {CommandKind::reducing, CommandKind::halt, CommandKind::halt_freeze}) {
        arrange(risk::DisasterMode::on);
        const std::size_t resting = open_of(Purpose::disaster_stop);
        ASSERT_GE(resting, 1U);
        go(kind);
        desk().live(Duration::seconds(5));
        EXPECT_EQ(open_of(Purpose::disaster_stop), resting);
    }
}

TEST_F(States, AnOperatorLeavesInEveryStateButFrozen) {
    go(CommandKind::halt);
    Command flatten;
    flatten.kind = CommandKind::flatten;
    flatten.agent = one;
    EXPECT_TRUE(desk().say(flatten).accepted);
    EXPECT_EQ(open_of(Purpose::flatten), 1U);
}

TEST_F(States, AHaltNeverFlattensByItself) {
    go(CommandKind::halt);
    desk().live(Duration::minutes(2));
    EXPECT_EQ(desk().held(one, btc), 10_quantity);
    EXPECT_EQ(open_of(Purpose::flatten) + open_of(Purpose::stop), 0U);
}

TEST_F(States, ADayLossEndsAtMidnightAndADrawdownByAnOperator) {
    Plan plan = plan_with(risk::DisasterMode::off);
    plan.settings.risk.disabled =
        every_check & ~set_of(Check::state, Check::day_loss, Check::drawdown);
    made = std::make_unique<Desk>(plan);
    take_position(desk(), one, btc, 400_d, 100_price, 20_price);
    desk().live(Duration::minutes(1));
    desk().price(btc, 92.5_price);
    desk().trade(btc, 92.5_price, 1_quantity);
    EXPECT_EQ(desk().state(), BookState::reducing) << "3 % of the day";
    desk().advance(desk_start.floor(Duration::days(1)) + Duration::days(1) - Duration::seconds(1) -
                   desk().now);
    desk().refresh();
    EXPECT_EQ(desk().state(), BookState::reducing);
    desk().live(Duration::seconds(3));
    EXPECT_EQ(desk().state(), BookState::active) << "a new day";
    desk().price(btc, 80_price);
    desk().trade(btc, 80_price, 1_quantity);
    desk().live(Duration::seconds(1));
    EXPECT_EQ(desk().state(), BookState::halted) << "5 % of the day, 8 % from the peak";
    EXPECT_FALSE(desk().say(CommandKind::resume).accepted);
}

TEST_F(States, ADrawdownOfTenPercentHaltsUntilThePeakIsRebased) {
    Plan plan = plan_with(risk::DisasterMode::off);
    plan.settings.risk.disabled = every_check & ~set_of(Check::state, Check::drawdown);
    made = std::make_unique<Desk>(plan);
    take_position(desk(), one, btc, 400_d, 100_price, 20_price);
    desk().live(Duration::minutes(1));
    desk().price(btc, 75.01_price);
    desk().live(Duration::seconds(1));
    EXPECT_EQ(desk().state(), BookState::reducing);
    desk().price(btc, 75_price);
    desk().live(Duration::seconds(1));
    EXPECT_EQ(desk().state(), BookState::halted);
    EXPECT_FALSE(desk().say(CommandKind::resume).accepted);
    EXPECT_TRUE(desk().say(CommandKind::resume_rebase_peak).accepted);
    EXPECT_EQ(desk().state(), BookState::active);
    EXPECT_TRUE(desk().engine.state().risk.book.half_size);
    EXPECT_EQ(desk().replayed(), desk().engine.digest());
}

// 400 coins: 80 % of N at 200, 1.25 times as much at 250.
TEST_F(States, ALimitPassedByPriceAloneBlocksAndAQuarterBeyondItReduces) {
    Plan plan = plan_with(risk::DisasterMode::off);
    plan.settings.risk.disabled = every_check & ~set_of(Check::state, Check::book_gross);
    made = std::make_unique<Desk>(plan);
    take_position(desk(), one, btc, 400_d, 100_price, 20_price);
    const auto asks_at = [&](Price at) {
        desk().price(btc, at);
        desk().live(Duration::seconds(2));
        const RiskAssessed seen = buy(desk(), 1_d, {}, eth, two);
        for (int i = 0; i < 3; ++i)
            desk().expire(two); // what is left is routed twice more
        return seen.verdict;
    };
    EXPECT_EQ(asks_at(199_price), Verdict::approved);
    EXPECT_NE(asks_at(201_price), Verdict::approved);
    EXPECT_NE(asks_at(249_price), Verdict::approved);
    EXPECT_EQ(desk().state(), BookState::active);
    EXPECT_NE(asks_at(251_price), Verdict::approved);
    EXPECT_EQ(desk().state(), BookState::reducing);
    desk().price(btc, 199_price);
    desk().live(Duration::minutes(1));
    EXPECT_EQ(desk().state(), BookState::active) << "all limits are kept again";
}

// The stop of an agent must find the quantity that its own offer holds.
TEST_F(States, AStopActsThoughAnOfferOfTheSameQuantityRests) {
    desk().answer(one, {patient(btc, 0_d)});
    ASSERT_EQ(open_of(Purpose::reduce), 2U);
    fall();
    for (int i = 0; i < 5 && open_of(Purpose::stop) == 0; ++i) {
        desk().advance(Duration::seconds(1));
        fall();
    }
    EXPECT_EQ(open_of(Purpose::stop), 1U);
    EXPECT_EQ(desk().open_orders.rbegin()->second.quantity, 10_quantity);
}

} // namespace
} // namespace grekko::test
