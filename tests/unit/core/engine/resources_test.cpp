#include <gtest/gtest.h>

#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko {
namespace {

using events::BookState;
using test::BookRun;
using test::btc;
using test::holds;
using test::hourly;
using test::ScriptedAgent;
using test::votes;

class ResourcesRun : public ::testing::Test {
protected:
    void walk(int bars) {
        for (int i = 0; i < bars; ++i)
            run.bar(Price{Decimal::whole(50'000 + (++bar % 7) * 100)});
        const auto result = run.run();
        ASSERT_TRUE(result.has_value()) << result.error().message;
    }
    void tell(const InputBody& body) {
        ASSERT_TRUE(run.driver.input(Input{run.driver.now(), body}).has_value());
    }
    static Command of_operator(CommandKind kind) {
        Command command;
        command.kind = kind;
        command.principal = "operator";
        command.reason = "test";
        return command;
    }
    BookState state() const { return run.engine.state().risk.book.state; }
    std::uint32_t causes() const {
        return risk::breaker(run.engine.state().risk.breakers, risk::BreakerKey{}).causes;
    }

    BookRun run;
    int bar{0};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
};

TEST_F(ResourcesRun, AFullDiskStopsIncreases) {
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 0)};
    run.open({&buyer, &voter});
    walk(30);
    run.journal.set_full(true);
    walk(20);
    EXPECT_EQ(state(), BookState::reducing);
    EXPECT_EQ(causes(), risk::bit(risk::BreakerCause::disk_low));
    EXPECT_TRUE(run.venue.placed.empty());
}

TEST_F(ResourcesRun, AnExitLeavesWhileTheDiskIsFull) {
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 50)};
    run.open({&buyer, &voter});
    walk(45);
    ASSERT_EQ(run.venue.placed.size(), 1U);
    run.journal.set_full(true);
    walk(15);
    ASSERT_EQ(run.venue.placed.size(), 2U);
    EXPECT_TRUE(reduces(run.venue.placed.back().purpose));
    EXPECT_TRUE(
        portfolio::position(run.engine.state().portfolio, AgentId{1}, btc).quantity.is_zero());
}

TEST_F(ResourcesRun, TradingResumesByItselfWhenThereIsRoomAgain) {
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 45, 0)};
    run.open({&buyer, &voter});
    walk(38);
    run.journal.set_full(true);
    walk(2);
    EXPECT_EQ(state(), BookState::reducing);
    run.journal.set_full(false);
    walk(2);
    EXPECT_EQ(state(), BookState::active);
    walk(10);
    EXPECT_EQ(run.venue.placed.size(), 1U);
}

TEST_F(ResourcesRun, ASlowJournalStopsIncreasesOnceThatHasLasted) {
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 45, 0)};
    run.open({&buyer, &voter});
    walk(38);
    tell(JournalReport{false, {}, Duration::milliseconds(150)});
    run.journal.set_commit_p99(Duration::milliseconds(150));
    EXPECT_EQ(state(), BookState::active); // it has not lasted yet
    ASSERT_TRUE(run.driver.advance(run.driver.now() + Duration::seconds(11)).has_value());
    EXPECT_EQ(state(), BookState::reducing);
    EXPECT_EQ(causes(), risk::bit(risk::BreakerCause::journal_slow));
    walk(2);
    run.journal.set_commit_p99(Duration::milliseconds(2));
    walk(2);
    EXPECT_EQ(state(), BookState::active);
}

TEST_F(ResourcesRun, AMomentOfSlownessStopsNothing) {
    run.open({&voter});
    walk(2);
    tell(JournalReport{false, {}, Duration::milliseconds(150)});
    ASSERT_TRUE(run.driver.advance(run.driver.now() + Duration::seconds(5)).has_value());
    tell(JournalReport{});
    ASSERT_TRUE(run.driver.advance(run.driver.now() + Duration::seconds(20)).has_value());
    EXPECT_EQ(state(), BookState::active);
    EXPECT_TRUE(run.events<events::BreakerChanged>().empty());
}

TEST_F(ResourcesRun, NobodyCanResumeOnAFullDisk) {
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 45, 0)};
    run.open({&buyer, &voter});
    walk(38);
    tell(of_operator(CommandKind::halt));
    run.journal.set_full(true);
    walk(2);
    tell(of_operator(CommandKind::resume));
    EXPECT_EQ(state(), BookState::reducing);
    Command reset = of_operator(CommandKind::reset_breaker);
    reset.scope = static_cast<std::uint8_t>(events::BreakerScope::global);
    tell(reset);
    EXPECT_FALSE(run.events<events::CommandHandled>().back().accepted);
    EXPECT_EQ(causes(), risk::bit(risk::BreakerCause::disk_low));
    walk(10);
    EXPECT_TRUE(run.venue.placed.empty());
    run.journal.set_full(false);
    walk(2);
    EXPECT_EQ(state(), BookState::active);
}

} // namespace
} // namespace grekko
