// What follows a run's records and shows them: tally, feed, status and progress, over one small
// book that trades.
// covers: tally.cpp, feed.cpp, status.cpp, progress.cpp
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "app/progress.hpp"
#include "app/status.hpp"
#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko::app {
namespace {

using test::BookRun;
using test::btc;
using test::ScriptedAgent;
using testing::AnyOf;
using testing::Contains;
using testing::HasSubstr;

// A buyer that enters at bar 40 and leaves at bar `out`, a voter, and what followed them.
struct Followed {
    explicit Followed(int out, Ballot ballot = Ballot::approve)
        : buyer{"buyer", btc, {Duration::hours(1)}, test::holds(0.05_d, 40, out)},
          voter{"voter", btc, {Duration::hours(1)}, test::votes(ballot)} {
        run.open({&buyer, &voter});
        run.walk(60);
        command(CommandKind::halt, 1);
        EXPECT_TRUE(run.driver.flush());
        const auto read =
            run.journal.read(Sequence{1}, [&](const ports::Batch& batch) -> Result<void> {
                tally.add(batch.payload);
                const auto fresh = feed.add(batch.payload);
                lines.insert(lines.end(), fresh.begin(), fresh.end());
                return {};
            });
        EXPECT_TRUE(read);
    }
    void command(CommandKind kind, std::uint64_t id) {
        Command command;
        command.kind = kind;
        command.id = id;
        command.principal = "ann";
        command.reason = "enough";
        EXPECT_TRUE(run.driver.input(Input{run.driver.now(), command}));
    }
    StatusView view() const { return {run.engine, feed, tally, run.driver.now(), "a title"}; }

    BookRun run;
    ScriptedAgent buyer, voter;
    Tally tally;
    Feed feed{test::one_market()};
    std::vector<std::string> lines;
};

TEST(Tally, CountsWhatHappenedByAgentAndOutcome) {
    const Followed followed{50};
    const Tally& tally = followed.tally;
    EXPECT_EQ(tally.records, followed.run.engine.last_sequence().value());
    EXPECT_EQ(tally.intents, 2U); // in and out
    EXPECT_EQ(tally.rounds, 1U);  // leaving is not voted
    EXPECT_EQ(tally.orders, 2U);
    EXPECT_EQ(tally.fills, 2U);
    EXPECT_EQ(tally.answers, 3U);
    EXPECT_EQ(tally.outcomes.at(events::RoundOutcome::passed), 1U);
    const AgentTally& buyer = tally.agents.at(AgentId{1});
    EXPECT_EQ(buyer.name, "buyer");
    EXPECT_EQ(buyer.intents, 2U);
    EXPECT_EQ(buyer.passed, 1U);
    EXPECT_EQ(buyer.fills, 2U);
    EXPECT_EQ(tally.agents.at(AgentId{2}).votes, 1U);
}

TEST(Tally, CountsARoundThatWasLost) {
    const Followed followed{0, Ballot::reject};
    EXPECT_EQ(followed.tally.agents.at(AgentId{1}).rejected, 1U);
    EXPECT_EQ(followed.tally.orders, 0U);
    EXPECT_EQ(followed.tally.fills, 0U);
}

TEST(Feed, TellsRoundsWithTheirVotesFillsAndStates) {
    const Followed followed{50};
    ASSERT_EQ(followed.feed.rounds().size(), 1U);
    const std::string& round = followed.feed.rounds().front();
    EXPECT_THAT(round, HasSubstr("buyer buy 0.05 BTC-USD: passed"));
    EXPECT_THAT(round, HasSubstr("voter approve 0.5"));
    ASSERT_EQ(followed.feed.fills().size(), 2U);
    EXPECT_THAT(followed.feed.fills().front(), HasSubstr("buyer buy "));
    EXPECT_THAT(followed.feed.fills().back(), HasSubstr("buyer sell "));
    EXPECT_THAT(followed.feed.incidents(), Contains(HasSubstr("book halted: enough")));
    EXPECT_THAT(followed.lines, Contains(followed.feed.fills().front()));
    EXPECT_TRUE(followed.feed.accepted(1));
    EXPECT_EQ(followed.feed.agent(AgentId{2}), "voter");
    EXPECT_EQ(followed.feed.agent(operator_agent), "operator");
    EXPECT_EQ(followed.feed.agent(AgentId{9}), "agent 9");
}

TEST(Feed, SaysWhyACommandWasRefused) {
    Followed followed{50};
    followed.command(CommandKind::flatten, 7);
    EXPECT_TRUE(followed.run.driver.flush());
    Feed feed{test::one_market()};
    ASSERT_TRUE(
        followed.run.journal.read(Sequence{1}, [&](const ports::Batch& batch) -> Result<void> {
            feed.add(batch.payload);
            return {};
        }));
    EXPECT_FALSE(feed.accepted(7));
    EXPECT_EQ(feed.outcome(7), "no position to flatten");
    EXPECT_EQ(feed.outcome(8), "");
    EXPECT_FALSE(feed.accepted(8));
}

TEST(Feed, KeepsOnlyTheLast) {
    Feed feed{test::one_market()};
    std::vector<std::byte> bytes;
    std::vector<std::string> made;
    for (int i = 0; i < 20; ++i) {
        events::AgentFaulted fault;
        fault.agent = AgentId{1};
        fault.message = std::string_view{"fault " + std::to_string(i)};
        RecordHead head;
        head.tag = events::AgentFaulted::tag;
        head.size = sizeof head + sizeof fault;
        head.at = Instant::from_seconds(1'700'000'000 + i);
        const auto add = [&](const void* from, std::size_t size) {
            const auto* begin = static_cast<const std::byte*>(from);
            bytes.insert(bytes.end(), begin, begin + size);
        };
        add(&head, sizeof head);
        add(&fault, sizeof fault);
    }
    made = feed.add(bytes);
    EXPECT_EQ(made.size(), 20U);
    ASSERT_EQ(feed.incidents().size(), Feed::kept);
    EXPECT_EQ(feed.incidents().back(), "22:13:39  agent 1 failed: fault 19");
}

TEST(Feed, ShortensDecimalsAndTimes) {
    EXPECT_EQ(short_text(1.23456_d, 2), "1.23");
    EXPECT_EQ(short_text(1.5_d, 0), "2");
    EXPECT_EQ(short_text(-0.005_d, 2), "0");
    EXPECT_EQ(short_text(100_d, 2), "100");
    EXPECT_EQ(clock_text(Instant::from_seconds(1'700'000'000)), "22:13:20");
}

TEST(Status, ShowsMoneyPositionsAndWhatHappened) {
    const Followed followed{0};
    const std::vector<std::string> screen = status_screen(followed.view());
    EXPECT_EQ(screen.front(), "a title");
    EXPECT_THAT(screen.at(1), HasSubstr("halted  NAV "));
    EXPECT_THAT(screen.at(2), HasSubstr("intents 1  rounds 1  orders 1  fills 1"));
    EXPECT_THAT(screen, Contains("positions"));
    EXPECT_THAT(screen, Contains(testing::AllOf(HasSubstr("buyer"), HasSubstr("BTC-USD"),
                                                HasSubstr("entry 50"), HasSubstr("stop 4"))));
    EXPECT_THAT(screen, Contains("rounds and denials"));
    EXPECT_THAT(screen, Contains("breakers, states, faults"));
    const std::string line = status_line(followed.view());
    EXPECT_THAT(line, HasSubstr("  halted  NAV "));
    EXPECT_THAT(line, HasSubstr(" USD  day "));
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const Followed flat{50};
    EXPECT_THAT(status_screen(flat.view()), Contains("no positions"));
}

TEST(Status, IsOneJsonObjectOnALineWithDecimalsAsText) {
    const Followed followed{0};
    const std::string line = status_json(followed.view());
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const auto object = nlohmann::json::parse(line);
    EXPECT_EQ(object["ok"], true);
    EXPECT_EQ(object["state"], "halted");
    EXPECT_TRUE(Decimal::parse(object["nav"].get<std::string>()));
    EXPECT_EQ(object["sequence"], followed.run.engine.last_sequence().value());
    ASSERT_EQ(object["positions"].size(), 1U);
    EXPECT_EQ(object["positions"][0]["agent"], "buyer");
    EXPECT_TRUE(Decimal::parse(object["positions"][0]["quantity"].get<std::string>()));
}

TEST(Redraw, GoesBackOverWhatItDrewAndCutsToTheWidth) {
    Redraw redraw;
    testing::internal::CaptureStdout();
    redraw.draw({"one", std::string(500, 'x')});
    redraw.draw({"two"});
    const std::string out = testing::internal::GetCapturedStdout();
    EXPECT_THAT(out, HasSubstr("\r\x1b[Kone\n"));
    EXPECT_THAT(out, HasSubstr("\x1b[2A\r\x1b[Ktwo\n\x1b[J"));
    EXPECT_EQ(out.find(std::string(120, 'x')), std::string::npos);
}

TEST(Progress, SaysHowFarAndHowLong) {
    EXPECT_EQ(Progress::line("import", 60, 100, 12),
              "import  [##################------------]  60 %  8 s left");
    EXPECT_EQ(Progress::line("import", 0, 100, 0), "import  [------------------------------]  0 %");
    EXPECT_EQ(Progress::line("import", 100, 100, 9),
              "import  [##############################]  100 %");
    EXPECT_EQ(Progress::line("import", 250, 100, 9),
              "import  [##############################]  100 %");
    EXPECT_EQ(Progress::line("import", 1'234, 0, 9), "import  1234"); // the total is unknown
}

TEST(Progress, IsSilentWhereNoTerminalIs) {
    testing::internal::CaptureStderr();
    {
        Progress progress{"import", 10};
        for (std::uint64_t i = 0; i < 10; ++i)
            progress.show(i);
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

} // namespace
} // namespace grekko::app
