#include "app/status_lists.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "domain/names.hpp"
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
        run.walk(bars);
        ASSERT_TRUE(run.driver.advance(run.driver.now() + Duration::seconds(1)));
    }
    void order(CommandKind kind, events::BreakerScope scope = events::BreakerScope::global) {
        using events::BreakerScope;
        Command command;
        command.kind = kind;
        command.scope = static_cast<std::uint8_t>(scope);
        const bool of_pair = scope == BreakerScope::agent_instrument;
        if (of_pair || scope == BreakerScope::agent) command.agent = AgentId{1};
        if (of_pair || scope == BreakerScope::instrument) command.instrument = btc;
        if (scope == BreakerScope::venue || scope == BreakerScope::account)
            command.venue = VenueId{1};
        command.principal = "ann";
        command.reason = "a test";
        ASSERT_TRUE(run.driver.input(Input{run.driver.now(), command}));
    }
    std::string closed_by(events::BreakerScope scope) {
        for (const auto& row : breaker_rows(view()))
            if (row["scope"] == name(scope)) return row["closed_by"];
        return "it is not open";
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
    order(CommandKind::open_breaker, events::BreakerScope::agent);
    const auto rows = breaker_rows(view());
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["scope"], "agent");
    EXPECT_EQ(rows[0]["agent"], "buyer");
    EXPECT_EQ(rows[0]["retry_at"], "manual");
    const auto lines = breaker_lines(rows);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_THAT(lines[0], HasSubstr("agent buyer: open since "));
    EXPECT_THAT(lines[0], HasSubstr("(operator_command); closed by grekko agent buyer "
                                    "--reset-breaker --reason \"…\""));
    EXPECT_EQ(open_breakers(view()), "open are: agent buyer");
}

TEST_F(StatusLists, NameTheCommandThatClosesEachBreaker) {
    using events::BreakerScope;
    EXPECT_EQ(open_breakers(view()), "no breaker is open");
    walk(1);
    for (const BreakerScope scope :
         {BreakerScope::global, BreakerScope::venue, BreakerScope::account,
          BreakerScope::instrument, BreakerScope::agent, BreakerScope::agent_instrument})
        order(CommandKind::open_breaker, scope);
    const std::string why = " --reason \"…\"";
    EXPECT_EQ(closed_by(BreakerScope::global), "grekko breaker reset --global" + why);
    EXPECT_EQ(closed_by(BreakerScope::venue), "grekko breaker reset --venue paper" + why);
    EXPECT_EQ(closed_by(BreakerScope::account), "grekko resume" + why);
    EXPECT_EQ(closed_by(BreakerScope::instrument),
              "grekko breaker reset --instrument BTC-USD" + why);
    EXPECT_EQ(closed_by(BreakerScope::agent), "grekko agent buyer --reset-breaker" + why);
    EXPECT_EQ(closed_by(BreakerScope::agent_instrument),
              "grekko breaker reset --agent buyer --instrument BTC-USD" + why);
    EXPECT_THAT(open_breakers(view()), HasSubstr("venue paper, account paper, instrument BTC-USD, "
                                                 "agent buyer, agent buyer BTC-USD"));
    order(CommandKind::halt);
    EXPECT_EQ(closed_by(BreakerScope::global), "grekko resume" + why);
    for (const BreakerScope scope : {BreakerScope::venue, BreakerScope::instrument,
                                     BreakerScope::agent, BreakerScope::agent_instrument})
        order(CommandKind::reset_breaker, scope);
    order(CommandKind::resume);
    EXPECT_EQ(open_breakers(view()), "no breaker is open");
}

TEST_F(StatusLists, SayWhenABreakerIsTriedAgain) {
    nlohmann::ordered_json row{{"scope", "venue"},
                               {"venue", "paper"},
                               {"state", "open"},
                               {"causes", {"venue_lost"}},
                               {"since", "2024-01-01T10:00:00.000000000Z"},
                               {"retry_at", "2024-01-01T10:00:30.000000000Z"},
                               {"closed_by", "grekko breaker reset --venue paper"}};
    EXPECT_EQ(breaker_lines(nlohmann::ordered_json::array({row}))[0],
              "venue paper: open since 10:00:00 (venue_lost); tried again at 10:00:30, closed at "
              "once by grekko breaker reset --venue paper");
    row["state"] = "half_open";
    EXPECT_EQ(breaker_lines(nlohmann::ordered_json::array({row}))[0],
              "venue paper: half_open since 10:00:00 (venue_lost); small increases are tried, "
              "closed at once by grekko breaker reset --venue paper");
}

TEST_F(StatusLists, NameTheAgentsThereAre) {
    EXPECT_EQ(agent_names(view()), "buyer");
}

} // namespace
} // namespace grekko::app
