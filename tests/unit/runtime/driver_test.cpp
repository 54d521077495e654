// covers: engine_view.cpp
#include "runtime/driver.hpp"

#include <memory>

#include <gtest/gtest.h>

#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko {
namespace {

using test::BookRun;
using test::ScriptedAgent;

using test::btc;
using test::holds;
using test::hourly;
using test::votes;

Quantity held(const BookRun& run) {
    return portfolio::position(run.engine.state().portfolio, AgentId{1}, btc).quantity;
}

TEST(Driver, TakesOneIntentThroughVoteRiskAndVenueToAPosition) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 0)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    run.walk(60);
    EXPECT_EQ(run.events<events::IntentProposed>().size(), 1U);
    ASSERT_EQ(run.events<events::RoundClosed>().size(), 1U);
    EXPECT_EQ(run.events<events::RoundClosed>().front().outcome, events::RoundOutcome::passed);
    ASSERT_EQ(run.venue.placed.size(), 1U);
    EXPECT_TRUE(held(run).is_positive());
    EXPECT_EQ(held(run), run.venue.placed.front().quantity);
    ASSERT_EQ(buyer.fills.size(), 1U);
    EXPECT_EQ(buyer.fills.front().quantity, held(run));
}

TEST(Driver, CoversThePositionWithAStopOfExactlyItsQuantity) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 0)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    run.walk(60);
    EXPECT_TRUE(
        risk::unprotected(run.engine.state().risk.stops, AgentId{1}, btc, held(run)).is_zero());
    EXPECT_EQ(run.events<events::StopArmed>().size(), 1U);
}

TEST(Driver, PlacesNothingWhenTheVoteIsLost) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 0)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::reject)};
    run.open({&buyer, &voter});
    run.walk(60);
    EXPECT_TRUE(run.venue.placed.empty());
    ASSERT_EQ(buyer.decisions.size(), 1U);
    EXPECT_EQ(buyer.decisions.front().status, DecisionStatus::rejected);
}

TEST(Driver, LeavesWithoutAVote) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 50)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    run.walk(60);
    EXPECT_TRUE(held(run).is_zero());
    EXPECT_EQ(run.venue.placed.size(), 2U);
    EXPECT_EQ(run.events<events::RoundClosed>().size(), 1U);
    EXPECT_EQ(run.events<events::IntentClosed>().size(), 2U);
}

TEST(Driver, LeavesAtTheStopWhenThePriceFalls) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 0)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    run.walk(50);
    ASSERT_TRUE(held(run).is_positive());
    run.bars({48'000, 46'000, 44'000, 43'000, 43'000});
    ASSERT_TRUE(run.run().has_value());
    EXPECT_EQ(run.events<events::StopTriggered>().size(), 1U);
    EXPECT_TRUE(held(run).is_zero());
}

TEST(Driver, AddsNothingAfterAHalt) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 0)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    Command halt;
    halt.kind = CommandKind::halt;
    halt.principal = "operator";
    halt.reason = "test";
    ASSERT_TRUE(run.driver.input(Input{run.start, halt}).has_value());
    run.walk(60);
    EXPECT_TRUE(run.venue.placed.empty());
    EXPECT_EQ(run.engine.state().risk.book.state, events::BookState::halted);
}

TEST(Driver, TellsTheEngineWhenTheDiskFillsUpAndWhenThereIsRoomAgain) {
    BookRun run;
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&voter});
    run.walk(3);
    EXPECT_TRUE(run.events<JournalReport>().empty());
    run.journal.set_full(true);
    run.walk(3);
    run.journal.set_full(false);
    run.walk(3);
    const auto reports = run.events<JournalReport>();
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_TRUE(reports.front().full);
    EXPECT_FALSE(reports.back().full);
}

TEST(Driver, RecordsWhatWasDecidedBeforeItSawTheDiskFillUp) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly,
                        [&, asked = 0](const Ask& ask, const ports::AgentView& view,
                                       std::vector<Action>& out) mutable {
                            if (ask.head.kind != AskKind::bars || ++asked != 40) return;
                            run.journal.set_full(true);
                            out.push_back(test::target(0.05_d, view.market(btc, {}).mark.price));
                        }};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    run.walk(50);
    EXPECT_EQ(run.events<events::OrderSubmitted>().size(), run.venue.placed.size());
    EXPECT_EQ(run.events<JournalReport>().size(), 1U);
    engine::Engine replayed{test::one_market(), test::paper_settings()};
    ASSERT_TRUE(runtime::recover(replayed, run.journal).has_value());
    EXPECT_EQ(replayed.digest(), run.engine.digest());
}

TEST(Driver, KeepsNoSnapshotWhileTheDiskIsFull) {
    BookRun run;
    run.open({});
    ASSERT_TRUE(run.driver.flush().has_value()); // a snapshot wants the open batch closed
    run.journal.set_full(true);
    EXPECT_TRUE(run.driver.write_snapshot().has_value());
    EXPECT_TRUE(run.journal.read_snapshot(Sequence{})->sequence.is_none());
    run.journal.set_full(false);
    EXPECT_TRUE(run.driver.write_snapshot().has_value());
    EXPECT_EQ(run.journal.read_snapshot(Sequence{})->sequence, run.engine.last_sequence());
}

// Agents of one instrument each that want a little of it after the same bar and agree with each
// other: the last votes of one instant decide all, each in a step of its own.
class OneInstant {
public:
    explicit OneInstant(std::uint16_t instruments, runtime::DriverOptions options = {})
        : run{test::paper_settings(), test::markets(instruments), options} {
        std::vector<ScriptedAgent*> all;
        for (std::uint16_t i = 1; i <= instruments; ++i) {
            agents.push_back(std::make_unique<ScriptedAgent>("agent" + std::to_string(i),
                                                             InstrumentId{i}, hourly, wants(i)));
            auto& votes = agents.back()->mutable_description().votes;
            votes.clear();
            for (std::uint16_t each = 1; each <= instruments; ++each)
                votes.push_back(InstrumentId{each});
            all.push_back(agents.back().get());
        }
        run.open(all);
        run.walk(40);
    }
    // The syncs until the votes have arrived.
    std::uint64_t syncs() {
        EXPECT_TRUE(run.venue.placed.empty()) << "the answers are still on their way";
        const std::uint64_t before = run.journal.syncs();
        EXPECT_TRUE(run.driver.advance(run.driver.now() + Duration::milliseconds(2)));
        return run.journal.syncs() - before;
    }

    BookRun run;
    std::vector<std::unique_ptr<ScriptedAgent>> agents;

private:
    static ScriptedAgent::Behaviour wants(std::uint16_t number) {
        return [own = InstrumentId{number}, approves = votes(Ballot::approve), asked = 0](
                   const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) mutable {
            approves(ask, view, out);
            if (ask.head.kind != AskKind::bars || ++asked != 40) return;
            out.push_back(test::target(0.05_d, view.market(own, VenueId{}).mark.price));
            out.back().instrument = own;
        };
    }
};

TEST(Driver, SharesOneSyncAmongTheOrdersOfOneInstantAndSendsThemInOrder) {
    OneInstant instant{3};
    EXPECT_EQ(instant.syncs(), 1U);
    const auto& placed = instant.run.venue.placed;
    ASSERT_EQ(placed.size(), 3U);
    EXPECT_LT(placed[0].id, placed[1].id);
    EXPECT_LT(placed[1].id, placed[2].id);
    EXPECT_GE(instant.run.journal.durable(), Sequence{placed.back().id.value()});
}

TEST(Driver, SyncsBeforeMoreIsHeldThanItsOptionsAllow) {
    runtime::DriverOptions options;
    options.held_max = 2;
    OneInstant instant{3, options};
    EXPECT_EQ(instant.syncs(), 2U);
    EXPECT_EQ(instant.run.venue.placed.size(), 3U);
}

TEST(Driver, NeverSendsWhatItCouldNotMakeDurable) {
    runtime::DriverOptions options;
    options.watch_journal = false;
    BookRun run{test::paper_settings(), test::one_market(), options};
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 0)};
    run.open({&buyer});
    run.walk(40);
    run.journal.set_full(true);
    EXPECT_FALSE(run.driver.advance(run.driver.now() + Duration::milliseconds(1)));
    run.journal.set_full(false);
    EXPECT_EQ(run.events<events::OrderSubmitted>().size(), 1U);
    EXPECT_TRUE(run.venue.placed.empty());
}

TEST(Driver, ReplayOfTheJournalAloneGivesTheSameDigest) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 50)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    run.walk(60);
    engine::Engine replayed{test::one_market(), test::paper_settings()};
    const auto recovery = runtime::recover(replayed, run.journal);
    ASSERT_TRUE(recovery.has_value()) << recovery.error().message;
    EXPECT_EQ(recovery->last, run.engine.last_sequence());
    EXPECT_EQ(replayed.digest(), run.engine.digest());
}

TEST(Driver, GivesTheSameDigestTwice) {
    std::string first;
    for (int i = 0; i < 2; ++i) {
        BookRun run;
        ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 50)};
        ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
        run.open({&buyer, &voter});
        run.walk(60);
        if (i == 0) first = run.engine.digest();
        EXPECT_EQ(run.engine.digest(), first);
    }
}

TEST(Driver, RestoresASnapshotAndGoesOnFromIt) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 50)};
    run.open({&buyer});
    run.walk(60);
    engine::Engine restored{test::one_market(), test::paper_settings()};
    ASSERT_TRUE(restored.restore(run.engine.save()));
    EXPECT_EQ(restored.digest(), run.engine.digest());
}

TEST(Driver, KeepsTheLedgersConsistentAtTheEnd) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 50)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    run.walk(60);
    const portfolio::Violation violation =
        portfolio::check_invariants(run.engine.state().portfolio, portfolio::Moment::step);
    EXPECT_EQ(violation.what, portfolio::Broken::none);
    const portfolio::Attribution sums =
        portfolio::attribution(run.engine.state().portfolio, run.engine.marks(run.driver.now()));
    EXPECT_EQ(sums.nav, sums.transfers + sums.closed + sums.open + sums.loose + sums.currency);
}

} // namespace
} // namespace grekko
