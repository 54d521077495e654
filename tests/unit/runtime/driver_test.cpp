// covers: engine_view.cpp
#include "runtime/driver.hpp"

#include <gtest/gtest.h>

#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko {
namespace {

using test::BookRun;
using test::ScriptedAgent;

using test::btc;
using test::holds;
using test::votes;

const std::vector<Duration> hourly{Duration::hours(1)};

void walk(BookRun& run, int bars) {
    for (int i = 0; i < bars; ++i)
        run.bar(Price{Decimal::whole(50'000 + (i % 7) * 100)});
    const auto result = run.run();
    ASSERT_TRUE(result.has_value()) << result.error().message;
}

Quantity held(const BookRun& run) {
    return portfolio::position(run.engine.state().portfolio, AgentId{1}, btc).quantity;
}

TEST(Driver, TakesOneIntentThroughVoteRiskAndVenueToAPosition) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 0)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    walk(run, 60);
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
    walk(run, 60);
    EXPECT_TRUE(
        risk::unprotected(run.engine.state().risk.stops, AgentId{1}, btc, held(run)).is_zero());
    EXPECT_EQ(run.events<events::StopArmed>().size(), 1U);
}

TEST(Driver, PlacesNothingWhenTheVoteIsLost) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 0)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::reject)};
    run.open({&buyer, &voter});
    walk(run, 60);
    EXPECT_TRUE(run.venue.placed.empty());
    ASSERT_EQ(buyer.decisions.size(), 1U);
    EXPECT_EQ(buyer.decisions.front().status, DecisionStatus::rejected);
}

TEST(Driver, LeavesWithoutAVote) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 50)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    walk(run, 60);
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
    walk(run, 50);
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
    walk(run, 60);
    EXPECT_TRUE(run.venue.placed.empty());
    EXPECT_EQ(run.engine.state().risk.book.state, events::BookState::halted);
}

TEST(Driver, TellsTheEngineWhenTheDiskFillsUpAndWhenThereIsRoomAgain) {
    BookRun run;
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&voter});
    walk(run, 3);
    EXPECT_TRUE(run.events<JournalReport>().empty());
    run.journal.set_full(true);
    walk(run, 3);
    run.journal.set_full(false);
    walk(run, 3);
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
    walk(run, 50);
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

// Asked by a trade of each instrument at one instant, its agent wants a little of each: so many
// answers of one instant, each a step of its own.
class OneInstant {
public:
    explicit OneInstant(std::uint16_t instruments, runtime::DriverOptions options = {})
        : run{trades_alone(), test::markets(instruments), options} {
        auto& subscriptions = buyer.mutable_description().subscriptions;
        subscriptions.front().trades = true;
        for (std::uint16_t i = 2; i <= instruments; ++i) {
            subscriptions.push_back(subscriptions.front());
            subscriptions.back().instrument = InstrumentId{i};
        }
        run.open({&buyer});
        walk(run, 40);
        for (std::uint16_t i = 1; i <= instruments; ++i)
            trade(InstrumentId{i});
        EXPECT_TRUE(run.run().has_value());
    }
    // The syncs of the instant at which the answers arrive.
    std::uint64_t syncs() {
        EXPECT_TRUE(run.venue.placed.empty()) << "the answers are still on their way";
        const std::uint64_t before = run.journal.syncs();
        EXPECT_TRUE(run.driver.advance(run.driver.now() + Duration::milliseconds(1)));
        return run.journal.syncs() - before;
    }

    BookRun run;
    ScriptedAgent buyer{
        "buyer", btc, hourly,
        [](const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
            if (ask.head.kind != AskKind::trade) return;
            const InstrumentId instrument = ask.head.instrument;
            out.push_back(test::target(0.05_d, view.market(instrument, VenueId{}).mark.price));
            out.back().instrument = instrument;
        }};

private:
    // A market of bars and a trade has neither book nor volatility of a minute.
    static engine::Settings trades_alone() {
        engine::Settings settings = test::paper_settings();
        settings.risk.disabled = risk::bit(risk::Check::data_age) |
                                 risk::bit(risk::Check::book_sane) |
                                 risk::bit(risk::Check::volatility);
        return settings;
    }
    void trade(InstrumentId instrument) {
        Trade record{market_head<Trade, MarketKind::trade>()};
        record.head.venue = VenueId{1};
        record.head.instrument = instrument;
        record.head.exchange_at = record.head.received_at = run.driver.now() + Duration::seconds(1);
        record.price = run.last;
        record.quantity = 1_quantity;
        ASSERT(run.tape.append(record.head).has_value());
    }
};

TEST(Driver, SharesOneSyncAmongTheOrdersOfOneInstantAndSendsThemInOrder) {
    OneInstant instant{3};
    EXPECT_EQ(instant.syncs(), 1U);
    const auto& placed = instant.run.venue.placed;
    ASSERT_EQ(placed.size(), 3U);
    for (std::uint16_t i = 0; i < 3; ++i)
        EXPECT_EQ(placed[i].instrument, InstrumentId{static_cast<std::uint16_t>(i + 1)});
    EXPECT_GE(instant.run.journal.durable(), Sequence{placed.back().id.value()});
}

TEST(Driver, SyncsBeforeMoreIsHeldThanItsOptionsAllow) {
    runtime::DriverOptions options;
    options.held_max = 2;
    OneInstant instant{5, options};
    EXPECT_EQ(instant.syncs(), 3U);
    EXPECT_EQ(instant.run.venue.placed.size(), 5U);
}

TEST(Driver, NeverSendsWhatItCouldNotMakeDurable) {
    runtime::DriverOptions options;
    options.watch_journal = false;
    BookRun run{test::paper_settings(), test::one_market(), options};
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 0)};
    run.open({&buyer});
    walk(run, 40);
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
    walk(run, 60);
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
        walk(run, 60);
        if (i == 0) first = run.engine.digest();
        EXPECT_EQ(run.engine.digest(), first);
    }
}

TEST(Driver, RestoresASnapshotAndGoesOnFromIt) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 50)};
    run.open({&buyer});
    walk(run, 60);
    engine::Engine restored{test::one_market(), test::paper_settings()};
    ASSERT_TRUE(restored.restore(run.engine.save()));
    EXPECT_EQ(restored.digest(), run.engine.digest());
}

TEST(Driver, KeepsTheLedgersConsistentAtTheEnd) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, holds(0.05_d, 40, 50)};
    ScriptedAgent voter{"voter", btc, hourly, votes(Ballot::approve)};
    run.open({&buyer, &voter});
    walk(run, 60);
    const portfolio::Violation violation =
        portfolio::check_invariants(run.engine.state().portfolio, portfolio::Moment::step);
    EXPECT_EQ(violation.what, portfolio::Broken::none);
    const portfolio::Attribution sums =
        portfolio::attribution(run.engine.state().portfolio, run.engine.marks(run.driver.now()));
    EXPECT_EQ(sums.nav, sums.transfers + sums.closed + sums.open + sums.loose + sums.currency);
}

} // namespace
} // namespace grekko
