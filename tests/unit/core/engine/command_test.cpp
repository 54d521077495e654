// covers: guard.cpp roster.cpp
#include <gtest/gtest.h>

#include "core/engine/engine.hpp"
#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko {
namespace {

using test::BookRun;
using test::btc;
using test::holds;
using test::hourly;
using test::ScriptedAgent;
using test::votes;

class CommandRun : public ::testing::Test {
protected:
    events::CommandHandled say(Command command) {
        command.principal = "ann";
        command.reason = "a test";
        EXPECT_TRUE(run.driver.input(Input{run.driver.now(), command}).has_value());
        EXPECT_TRUE(run.driver.advance(run.driver.now() + Duration::seconds(30)).has_value());
        const auto handled = run.events<events::CommandHandled>();
        EXPECT_FALSE(handled.empty());
        return handled.back();
    }
    static Command make(CommandKind kind) {
        Command command;
        command.kind = kind;
        return command;
    }
    Quantity held(AgentId agent = AgentId{1}) {
        return portfolio::position(run.engine.state().portfolio, agent, btc).quantity;
    }

    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.02_d, 40, 0)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
};

TEST_F(CommandRun, FlattenLeavesEveryPosition) {
    run.open({&buyer, &voter});
    run.walk(50);
    ASSERT_TRUE(held().is_positive());
    EXPECT_TRUE(say(make(CommandKind::flatten)).accepted);
    EXPECT_TRUE(held().is_zero());
}

TEST_F(CommandRun, FlattenWithoutAPositionSaysSo) {
    run.open({&buyer, &voter});
    const auto handled = say(make(CommandKind::flatten));
    EXPECT_FALSE(handled.accepted);
    EXPECT_TRUE(handled.outcome == "no position to flatten");
}

TEST_F(CommandRun, ResumeLetsTradingGoOnAfterAHalt) {
    run.open({&buyer, &voter});
    EXPECT_TRUE(say(make(CommandKind::halt)).accepted);
    EXPECT_TRUE(say(make(CommandKind::resume)).accepted);
    EXPECT_EQ(run.engine.state().risk.book.state, events::BookState::active);
    run.walk(50);
    EXPECT_TRUE(held().is_positive());
}

TEST_F(CommandRun, AHaltLeavesPositionsAndTheirStops) {
    run.open({&buyer, &voter});
    run.walk(50);
    EXPECT_TRUE(say(make(CommandKind::halt)).accepted);
    EXPECT_TRUE(held().is_positive());
    EXPECT_TRUE(
        risk::unprotected(run.engine.state().risk.stops, AgentId{1}, btc, held()).is_zero());
}

TEST_F(CommandRun, ACommandThatComesTwiceIsDoneOnce) {
    run.open({&buyer, &voter});
    Command halt = make(CommandKind::halt);
    halt.id = 99;
    EXPECT_TRUE(say(halt).accepted);
    EXPECT_FALSE(say(halt).accepted);
}

TEST_F(CommandRun, AnOperatorBuysWithoutAVoteButThroughEveryCheck) {
    run.open({&buyer, &voter});
    run.walk(30);
    Command order = make(CommandKind::submit_operator_order);
    order.instrument = btc;
    order.quantity = 0.01_quantity;
    order.urgency = Urgency::urgent;
    EXPECT_TRUE(say(order).accepted);
    EXPECT_EQ(run.events<events::RoundOpened>().size(), 0U);
    EXPECT_FALSE(run.events<events::RiskAssessed>().empty());
    EXPECT_EQ(held(operator_agent), 0.01_quantity);
}

TEST_F(CommandRun, ADisabledAgentIsNotAskedAndLosesItsUndecidedIntents) {
    run.open({&buyer, &voter});
    Command disable = make(CommandKind::agent_disable);
    disable.agent = AgentId{1};
    EXPECT_TRUE(say(disable).accepted);
    buyer.asked.clear();
    run.walk(50);
    EXPECT_TRUE(buyer.asked.empty());
    EXPECT_TRUE(run.venue.placed.empty());
}

TEST_F(CommandRun, FiveFaultsSwitchAnAgentOff) {
    run.open({&buyer, &voter});
    for (int i = 0; i < 5; ++i) {
        AgentFault fault;
        fault.agent = AgentId{1};
        fault.kind = FaultKind::error;
        fault.generation = Generation{1};
        fault.message = "agent.lua:3: attempt to index a nil value";
        ASSERT_TRUE(run.driver.input(Input{run.driver.now(), fault}).has_value());
    }
    EXPECT_EQ(run.events<events::AgentFaulted>().size(), 5U);
    EXPECT_FALSE(agents::runs(run.engine.state().agents, AgentId{1}));
}

TEST_F(CommandRun, AnOpenBreakerStopsIncreasesUntilItIsReset) {
    run.open({&buyer, &voter});
    Command open = make(CommandKind::open_breaker);
    open.scope = static_cast<std::uint8_t>(events::BreakerScope::global);
    EXPECT_TRUE(say(open).accepted);
    run.walk(50);
    EXPECT_TRUE(run.venue.placed.empty());
    Command reset = make(CommandKind::reset_breaker);
    reset.scope = open.scope;
    EXPECT_TRUE(say(reset).accepted);
}

TEST_F(CommandRun, RefusesACancelOfAnOrderItDoesNotKnow) {
    run.open({&buyer, &voter});
    Command cancel = make(CommandKind::cancel_order);
    cancel.target = 123'456;
    EXPECT_FALSE(say(cancel).accepted);
}

// What an agent answers takes a millisecond: it comes in after the command.
TEST_F(CommandRun, AStopLetsNothingIncreaseThatWasAnsweredBeforeIt) {
    run.open({&buyer, &voter});
    run.walk(40);
    EXPECT_TRUE(say(make(CommandKind::shutdown)).accepted);
    ASSERT_EQ(run.events<events::IntentRefused>().size(), 1U);
    EXPECT_EQ(run.events<events::IntentRefused>().front().reason, events::IntentRefusal::halted);
    EXPECT_TRUE(run.venue.placed.empty());
}

TEST_F(CommandRun, AStopWithdrawsTheRoundsThatAreOpen) {
    run.open({&buyer, &voter});
    run.walk(40);
    ASSERT_TRUE(run.driver.advance(run.driver.now() + Duration::milliseconds(1)).has_value());
    ASSERT_EQ(run.events<events::RoundOpened>().size(), 1U);
    say(make(CommandKind::shutdown));
    ASSERT_EQ(run.events<events::RoundClosed>().size(), 1U);
    EXPECT_EQ(run.events<events::RoundClosed>().front().outcome, events::RoundOutcome::cancelled);
    EXPECT_TRUE(run.venue.placed.empty());
}

TEST_F(CommandRun, AfterAStopAnExitStillLeavesAndTheNextStartTradesAgain) {
    run.open({&buyer, &voter});
    run.walk(50);
    ASSERT_TRUE(held().is_positive());
    EXPECT_FALSE(run.engine.state().identity.closing);
    say(make(CommandKind::shutdown));
    EXPECT_TRUE(run.engine.state().identity.closing);
    EXPECT_TRUE(say(make(CommandKind::flatten)).accepted);
    EXPECT_TRUE(held().is_zero());
    IncarnationOpened opened;
    opened.incarnation = 0x1235;
    opened.epoch = 2;
    ASSERT_TRUE(run.driver.input(Input{run.driver.now(), opened}).has_value());
    EXPECT_FALSE(run.engine.state().identity.closing);
}

// Decided, and waiting for the older order's end, when the host dies: never sent late (§7).
TEST_F(CommandRun, ARestartDropsADecidedIncreaseThatWaitsForOlderWork) {
    ScriptedAgent changes{"changes", btc, hourly,
                          [asked = 0](const Ask& ask, const ports::AgentView& view,
                                      std::vector<Action>& out) mutable {
                              if (ask.head.kind != AskKind::bars) return;
                              const Price mark = view.market(btc, VenueId{}).mark.price;
                              ++asked;
                              if (asked == 40) out.push_back(test::target(0.02_d, mark));
                              if (asked == 41) out.push_back(test::target(0.04_d, mark));
                          }};
    run.open({&changes, &voter});
    run.venue.fills = false;
    run.walk(40);
    ASSERT_TRUE(run.driver.advance(run.driver.now() + Duration::seconds(1)).has_value());
    ASSERT_EQ(run.venue.placed.size(), 1U);
    run.walk(1);
    ASSERT_TRUE(run.driver.advance(run.driver.now() + Duration::milliseconds(20)).has_value());
    ASSERT_EQ(run.engine.state().pending.waiting.size(), 1U);
    IncarnationOpened opened;
    opened.incarnation = 0x1235;
    opened.epoch = 2;
    ASSERT_TRUE(run.driver.input(Input{run.driver.now(), opened}).has_value());
    EXPECT_TRUE(run.engine.state().pending.waiting.empty());
    ASSERT_TRUE(run.driver.advance(run.driver.now() + Duration::seconds(30)).has_value());
    EXPECT_EQ(run.venue.placed.size(), 1U);
}

// The journal must not fill with timers while a venue refuses what has to leave.
TEST_F(CommandRun, AnExitThatIsRefusedForHoursSetsOneTimerATry) {
    run.open({&buyer, &voter});
    run.walk(50);
    ASSERT_TRUE(held().is_positive());
    const std::size_t before = run.events<TimerFired>().size();
    run.venue.rejects = true;
    say(make(CommandKind::flatten));
    ASSERT_TRUE(run.driver.advance(run.driver.now() + Duration::hours(2)).has_value());
    const std::size_t tries = run.events<events::RiskAssessed>().size();
    const std::size_t reconciliations = 2 * 3'600 / 30 + 10;
    EXPECT_GT(tries, 10U);
    EXPECT_LT(run.events<TimerFired>().size() - before, 3 * tries + 3 * reconciliations);
}

TEST_F(CommandRun, AChangeOfTheBooksStateIsDurableAtOnce) {
    run.open({&buyer, &voter});
    Command halt = make(CommandKind::halt);
    halt.principal = "ann";
    halt.reason = "news";
    ASSERT_TRUE(run.driver.input(Input{run.driver.now(), halt}).has_value());
    EXPECT_EQ(run.journal.durable(), run.engine.last_sequence());
}

} // namespace
} // namespace grekko
