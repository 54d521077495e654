// Limits set while a book runs: they count at once, are in the journal, and loosening one lets
// nothing trade again by itself.
#include <gtest/gtest.h>

#include "core/engine/engine.hpp"
#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko {
namespace {

using events::BookState;
using events::BreakerScope;
using events::BreakerState;
using test::BookRun;
using test::btc;
using test::holds;
using test::hourly;
using test::ScriptedAgent;
using test::votes;

class LimitsRun : public ::testing::Test {
protected:
    LimitsRun() { run.open({&buyer, &voter}); }
    void pass(Duration duration) {
        ASSERT_TRUE(run.driver.advance(run.driver.now() + duration).has_value());
    }
    events::CommandHandled say(Command command, std::string_view reason = "a test") {
        command.principal = "ann";
        command.reason = reason;
        EXPECT_TRUE(run.driver.input(Input{run.driver.now(), command}).has_value());
        const auto handled = run.events<events::CommandHandled>();
        EXPECT_FALSE(handled.empty());
        return handled.back();
    }
    events::CommandHandled set(std::string_view name, Rate value,
                               std::string_view reason = "a test") {
        Command command;
        command.kind = CommandKind::set_limit;
        command.name = name;
        command.value = value;
        return say(command, reason);
    }
    bool sets(std::string_view name, Rate value) { return set(name, value).accepted; }
    bool resumes() {
        Command command;
        command.kind = CommandKind::resume;
        return say(command).accepted;
    }
    void start_again() {
        IncarnationOpened opened;
        opened.incarnation = 0x1235;
        opened.epoch = 2;
        ASSERT_TRUE(run.driver.input(Input{run.driver.now(), opened}).has_value());
    }
    Quantity held() {
        return portfolio::position(run.engine.state().portfolio, AgentId{1}, btc).quantity;
    }
    BookState state() const { return run.engine.state().risk.book.state; }
    const risk::Settings& limits() const { return run.engine.settings().risk; }
    const risk::Breaker& breaker() const {
        return risk::breaker(run.engine.state().risk.breakers,
                             {BreakerScope::instrument, 0, {}, btc, {}});
    }

    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.02_d, 40, 0)}; // 1 % of the book
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
};

TEST_F(LimitsRun, AreSetWithWhoWhyFromAndTo) {
    ASSERT_TRUE(sets("heat_max", 0.03_rate));
    EXPECT_EQ(limits().heat_max, 0.03_rate);
    EXPECT_EQ(run.engine.configured_limits().heat_max, 0.04_rate);
    const auto changes = run.events<events::LimitChanged>();
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].name, "heat_max");
    EXPECT_EQ(changes[0].from, 0.04_d);
    EXPECT_EQ(changes[0].to, 0.03_d);
    EXPECT_EQ(changes[0].principal, "ann");
    EXPECT_EQ(changes[0].reason, "a test");
    EXPECT_FALSE(changes[0].configured);
    const auto& changed = run.engine.state().risk.limits;
    ASSERT_EQ(changed.size(), 1U);
    EXPECT_EQ(changed.begin()->second.configured, 0.04_d);
    ASSERT_TRUE(sets("heat_max", 0.04_rate));
    EXPECT_TRUE(run.engine.state().risk.limits.empty()) << "as configured is no change";
}

TEST_F(LimitsRun, AreRefusedWhereTheyAreNone) {
    EXPECT_EQ(set("heat_maxx", 0.03_rate).outcome,
              "there is no such limit to be set while the book runs");
    EXPECT_EQ(set("margin", 1_rate).outcome,
              "there is no such limit to be set while the book runs");
    EXPECT_EQ(set("heat_max", -0.01_rate).outcome, "no value of this limit");
    EXPECT_EQ(set("replaces_max", 1.5_rate).outcome, "no value of this limit");
    EXPECT_EQ(set("heat_max", 0.04_rate).outcome, "it is so already");
    EXPECT_EQ(set("heat_max", 0.03_rate, "").outcome, "say why: the reason is missing");
    EXPECT_TRUE(run.events<events::LimitChanged>().empty());
}

TEST_F(LimitsRun, BindTheNextIncrease) {
    ASSERT_TRUE(sets("agent_gross_max", 0_rate));
    run.walk(50);
    EXPECT_TRUE(run.venue.placed.empty());
    EXPECT_TRUE(held().is_zero());
}

TEST_F(LimitsRun, CountAtOnceAgainstWhatIsHeld) {
    run.walk(50);
    ASSERT_TRUE(held().is_positive());
    ASSERT_TRUE(sets("book_gross_max", 0.005_rate));
    EXPECT_EQ(state(), BookState::reducing);
    EXPECT_TRUE(held().is_positive()) << "nothing is sold by it";
}

TEST_F(LimitsRun, LoosenedResumeNothingByThemselves) {
    run.walk(50);
    ASSERT_TRUE(sets("book_gross_max", 0.005_rate));
    ASSERT_EQ(state(), BookState::reducing);
    ASSERT_TRUE(sets("book_gross_max", 0.8_rate));
    pass(Duration::hours(1));
    run.walk(5);
    EXPECT_EQ(state(), BookState::reducing);
    EXPECT_TRUE(risk::manual(run.engine.state().risk.book));
    EXPECT_TRUE(resumes());
    EXPECT_EQ(state(), BookState::active);
}

TEST_F(LimitsRun, TightenedOnlyEndWhatTheyBeganWhenTheyAreKept) {
    run.walk(50);
    ASSERT_TRUE(sets("book_gross_max", 0.005_rate));
    Command flatten;
    flatten.kind = CommandKind::flatten;
    ASSERT_TRUE(say(flatten).accepted);
    pass(Duration::minutes(5));
    ASSERT_TRUE(held().is_zero());
    run.walk(1);
    pass(Duration::minutes(5));
    EXPECT_EQ(state(), BookState::active);
}

TEST_F(LimitsRun, LoosenedLeaveABreakerThatTheyOpenedToAnOperator) {
    run.walk(50);
    ASSERT_TRUE(sets("instrument_major_max", 0.005_rate));
    ASSERT_EQ(breaker().state, BreakerState::open);
    EXPECT_FALSE(breaker().manual);
    ASSERT_TRUE(sets("instrument_major_max", 0.5_rate));
    pass(Duration::hours(2));
    run.walk(5);
    EXPECT_EQ(breaker().state, BreakerState::open);
    EXPECT_TRUE(breaker().manual);
    Command reset;
    reset.kind = CommandKind::reset_breaker;
    reset.scope = static_cast<std::uint8_t>(BreakerScope::instrument);
    reset.instrument = btc;
    EXPECT_TRUE(say(reset).accepted);
    EXPECT_EQ(breaker().state, BreakerState::closed);
}

TEST_F(LimitsRun, LoosenedDoNotEndAHalt) {
    Command halt;
    halt.kind = CommandKind::halt;
    ASSERT_TRUE(say(halt).accepted);
    ASSERT_TRUE(sets("heat_max", 0.2_rate));
    ASSERT_TRUE(sets("drawdown_halted", 0.5_rate));
    run.walk(50);
    EXPECT_EQ(state(), BookState::halted);
    EXPECT_TRUE(run.venue.placed.empty());
}

TEST_F(LimitsRun, FollowFromTheJournalAndFromASnapshot) {
    run.walk(50);
    ASSERT_TRUE(sets("heat_max", 0.03_rate));
    ASSERT_TRUE(sets("agent_rate", 1_rate));
    ASSERT_TRUE(sets("book_age_max", 0.5_rate));
    ASSERT_TRUE(sets("heat_max", 0.02_rate));
    engine::Engine replayed{test::one_market(), test::paper_settings()};
    ASSERT_TRUE(runtime::recover(replayed, run.journal));
    EXPECT_EQ(replayed.digest(), run.engine.digest());
    engine::Engine restored{test::one_market(), test::paper_settings()};
    ASSERT_TRUE(restored.restore(run.engine.save()));
    EXPECT_EQ(restored.digest(), run.engine.digest());
    for (const engine::Engine* one : {&replayed, &restored}) {
        EXPECT_EQ(one->settings().risk.heat_max, 0.02_rate);
        EXPECT_EQ(one->settings().risk.agent_rate, 1U);
        EXPECT_EQ(one->settings().risk.book_age_max, Duration::milliseconds(500));
    }
}

TEST_F(LimitsRun, StayOverAStartUntilTheConfiguredValueIsSet) {
    ASSERT_TRUE(sets("heat_max", 0.03_rate));
    ASSERT_TRUE(sets("order_value_max", 0.1_rate));
    start_again();
    EXPECT_EQ(limits().heat_max, 0.03_rate);
    EXPECT_EQ(limits().order_value_max, 0.1_rate);
    EXPECT_EQ(run.events<events::LimitChanged>().size(), 2U);
    ASSERT_TRUE(sets("heat_max", 0.04_rate));
    EXPECT_EQ(run.engine.state().risk.limits.size(), 1U);
}

TEST_F(LimitsRun, TightenedBeforeAStartKeepTheBookReducing) {
    run.walk(50);
    ASSERT_TRUE(sets("book_gross_max", 0.005_rate));
    ASSERT_EQ(state(), BookState::reducing);
    start_again();
    pass(Duration::hours(1));
    EXPECT_EQ(limits().book_gross_max, 0.005_rate);
    EXPECT_EQ(state(), BookState::reducing);
}

// The start loosens what had been tightened: that, too, resumes nothing.
TEST_F(LimitsRun, LoosenedByAChangedKeyKeepTheBookReducing) {
    run.walk(50);
    ASSERT_TRUE(sets("book_gross_max", 0.005_rate));
    ASSERT_EQ(state(), BookState::reducing);
    engine::Settings other = test::paper_settings();
    other.risk.book_gross_max = 0.9_rate;
    engine::Engine again{test::one_market(), other};
    ASSERT_TRUE(again.restore(run.engine.save()));
    IncarnationOpened opened;
    opened.incarnation = 0x1235;
    opened.epoch = 2;
    again.input(Input{run.driver.now(), opened}, TapePosition{1});
    EXPECT_EQ(again.settings().risk.book_gross_max, 0.9_rate);
    EXPECT_TRUE(again.state().risk.limits.empty());
    EXPECT_EQ(again.state().risk.book.state, BookState::reducing);
    EXPECT_TRUE(again.state().risk.book.demands.begin()->second.manual);
}

} // namespace
} // namespace grekko
