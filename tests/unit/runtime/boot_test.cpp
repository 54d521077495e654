#include "runtime/boot.hpp"

#include <gtest/gtest.h>

#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko {
namespace {

using test::BookRun;
using test::btc;
using test::hourly;
using test::ScriptedAgent;

void walk(BookRun& run, int bars) {
    run.walk(bars);
    ASSERT_TRUE(run.driver.flush());
}

TEST(Boot, ReplaysTheWholeJournalToTheSameDigest) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, test::holds(0.05_d, 40, 50)};
    run.open({&buyer});
    walk(run, 60);
    engine::Engine again{test::one_market(), test::paper_settings()};
    const auto recovered = runtime::recover(again, run.journal);
    ASSERT_TRUE(recovered) << recovered.error().message;
    EXPECT_EQ(recovered->last, run.engine.last_sequence());
    EXPECT_TRUE(recovered->refused.is_none());
    EXPECT_EQ(again.digest(), run.engine.digest());
}

TEST(Boot, PassesOverASnapshotThatDoesNotGiveItsDigest) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, test::holds(0.05_d, 40, 50)};
    run.open({&buyer});
    walk(run, 60);
    const ports::Snapshot wrong{run.engine.last_sequence(), run.driver.now(), engine::state_version,
                                "another digest", run.engine.save()};
    ASSERT_TRUE(run.journal.write_snapshot(wrong));
    engine::Engine again{test::one_market(), test::paper_settings()};
    const auto recovered = runtime::recover(again, run.journal);
    ASSERT_TRUE(recovered) << recovered.error().message;
    EXPECT_EQ(recovered->refused, wrong.sequence);
    EXPECT_EQ(recovered->records, run.engine.last_sequence().value());
    EXPECT_EQ(again.digest(), run.engine.digest());
}

TEST(Boot, RefusesTwoAgentsOfOneName) {
    BookRun run;
    ScriptedAgent one{"twin", btc, hourly, {}};
    ScriptedAgent two{"twin", btc, hourly, {}};
    runtime::Opening opening;
    opening.agents = {{&one, {}, 1_rate, Notional{1_d}, 0}, {&two, {}, 1_rate, Notional{1_d}, 0}};
    const auto opened = runtime::open_book(run.driver, run.engine, opening, run.start);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::already_exists);
    EXPECT_NE(opened.error().message.find("twin"), std::string::npos);
}

// History that is fed to warm agents up has happened while nobody was there: a stop that it would
// have reached is looked at when the market is live.
TEST(Boot, SendsNothingBecauseOfHistory) {
    BookRun run;
    ScriptedAgent buyer{"buyer", btc, hourly, test::holds(0.02_d, 40, 0)};
    run.open({&buyer});
    walk(run, 50);
    ASSERT_EQ(run.venue.placed.size(), 1U);
    runtime::Opening opening;
    opening.incarnation = 0x1235;
    opening.live_from = run.next_bar + Duration::hours(5);
    opening.agents = {{&buyer, {}, 1_rate, Notional{100'000_d}, 0}};
    run.venue.connect(run.driver.now()); // to the new owner
    ASSERT_TRUE(runtime::open_book(run.driver, run.engine, opening, run.driver.now()));
    for (int i = 0; i < 4; ++i)
        run.bar(Price{40'000_d}); // far below the stop
    ASSERT_TRUE(run.run());
    EXPECT_EQ(run.venue.placed.size(), 1U);
    EXPECT_TRUE(run.events<events::StopTriggered>().empty());
    for (int i = 0; i < 3; ++i)
        run.bar(Price{40'000_d});
    ASSERT_TRUE(run.run());
    EXPECT_EQ(run.events<events::StopTriggered>().size(), 1U);
    EXPECT_EQ(run.venue.placed.size(), 2U);
}

} // namespace
} // namespace grekko
