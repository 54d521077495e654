#include "app/status_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko::app {
namespace {

using test::BookRun;
using test::btc;
using test::ScriptedAgent;
using testing::HasSubstr;

class StatusLists : public testing::Test {
protected:
    StatusLists() {
        run.open({&buyer});
        feed.know(AgentId{1}, "buyer");
    }
    void walk(int bars) {
        for (int i = 0; i < bars; ++i)
            run.bar(Price{Decimal::whole(50'000 + (i % 7) * 100)});
        ASSERT_TRUE(run.run());
        ASSERT_TRUE(run.driver.advance(run.driver.now() + Duration::seconds(1)));
    }
    void open_breaker() {
        Command command;
        command.kind = CommandKind::open_breaker;
        command.scope = static_cast<std::uint8_t>(events::BreakerScope::agent);
        command.agent = AgentId{1};
        command.principal = "ann";
        command.reason = "a test";
        ASSERT_TRUE(run.driver.input(Input{run.driver.now(), command}));
    }
    StatusView view() const { return {run.engine, feed, tally, run.driver.now(), "a title"}; }

    BookRun run;
    ScriptedAgent buyer{"buyer", btc, {Duration::hours(1)}, test::holds(0.02_d, 40, 0)};
    Tally tally;
    Feed feed{test::one_market()};
};

TEST_F(StatusLists, NameEachAgentWithItsTerms) {
    const auto rows = agent_rows(view());
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["agent"], "buyer");
    EXPECT_EQ(rows[0]["status"], "active");
    EXPECT_EQ(rows[0]["allocation"], "100000");
}

TEST_F(StatusLists, HoldTheOrdersThatAreOpen) {
    EXPECT_TRUE(order_rows(view()).empty());
    run.venue.fills = false;
    walk(40);
    const auto rows = order_rows(view());
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["agent"], "buyer");
    EXPECT_EQ(rows[0]["symbol"], "BTC-USD");
    EXPECT_EQ(rows[0]["venue"], "paper");
    EXPECT_EQ(rows[0]["filled"], "0");
}

TEST_F(StatusLists, SayWhichBreakersAreOpenAndWhatClosesThem) {
    EXPECT_TRUE(breaker_rows(view()).empty());
    walk(1);
    open_breaker();
    const auto rows = breaker_rows(view());
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["scope"], "agent");
    EXPECT_EQ(rows[0]["agent"], "buyer");
    EXPECT_EQ(rows[0]["retry_at"], "manual");
    const auto lines = breaker_lines(rows);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_THAT(lines[0], HasSubstr("agent buyer: open since "));
    EXPECT_THAT(lines[0],
                HasSubstr("(operator_command); closed by grekko agent buyer --reset-breaker"));
}

} // namespace
} // namespace grekko::app
