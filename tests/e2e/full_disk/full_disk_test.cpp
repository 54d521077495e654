// A book whose journal.db runs out of space (ENOSPC by SQLite's own page limit), with everything
// real but market and venue: increases are refused, an exit leaves and is recorded in the reserve,
// trading resumes by itself when there is room, and the journal replays to the same state.
#include <thread>

#include <gtest/gtest.h>

#include "io/sqlite/journal.hpp"
#include "research/backtest/replay.hpp"
#include "support/behaviours.hpp"
#include "support/book_run.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::tests {
namespace {

using test::btc;

constexpr int bars = 80;
constexpr int full_from = 45, full_to = 60;
const Instant first_open = Instant::from_seconds(1'699'999'200);

// It moves: where nothing does, no entry earns its costs and check 19 denies it.
runtime::MemoryTape make_tape() {
    runtime::MemoryTape tape;
    for (int i = 0; i < bars; ++i) {
        Bar bar{market_head<Bar, MarketKind::bar>()};
        bar.head.venue = VenueId{1};
        bar.head.instrument = btc;
        bar.head.exchange_at = first_open + Duration::hours(i);
        bar.head.received_at = first_open + Duration::hours(i + 1);
        bar.interval = Duration::hours(1);
        bar.open = bar.close = Price{Decimal::whole(50'000 + (i % 7) * 100)};
        bar.high = bar.close + 10_price;
        bar.low = bar.close - 10_price;
        bar.volume = 1'000_quantity;
        EXPECT_TRUE(tape.append(bar.head));
    }
    return tape;
}

class FullDisk : public ::testing::Test {
protected:
    FullDisk() {
        sqlite::JournalOptions options;
        options.identity = {"book", "2026-01-01T00:00:00Z", "test"};
        auto opened = sqlite::SqliteJournal::open(folder / "journal.db", options);
        EXPECT_TRUE(opened.has_value());
        if (opened) journal = std::move(*opened);
        venue.deposit(100'000_d);
    }
    // One page for what there is: whatever comes next finds no space.
    void fill_up() {
        ASSERT_TRUE(journal->set_size_max(4'096));
        is_full = true;
    }
    // The journal's thread looks for room by itself, a few times a second.
    void make_room() {
        ASSERT_TRUE(journal->set_size_max(0));
        while (journal->full())
            std::this_thread::yield();
        is_full = false;
    }
    bool before(Instant next) {
        const std::int64_t bar = (next - first_open).count() / Duration::hours(1).count();
        if (bar == full_from && !is_full) fill_up();
        if (bar == full_to && is_full) make_room();
        return true;
    }

    TemporaryFolder folder;
    std::unique_ptr<sqlite::SqliteJournal> journal;
    test::InstantVenue venue{VenueId{1}};
    bool is_full{false};
};

TEST_F(FullDisk, RefusesIncreasesLetsExitsPassAndResumesByItself) {
    const std::vector<Duration> hourly{Duration::hours(1)};
    test::ScriptedAgent leaver{"leaver", btc, hourly, test::holds(0.02_d, 40, 50)};
    test::ScriptedAgent late{"late", btc, hourly, test::holds(0.02_d, 52, 0)};
    test::ScriptedAgent later{"later", btc, hourly, test::holds(0.02_d, 70, 0)};
    const runtime::MemoryTape tape = make_tape();
    runtime::MemoryTapeReader reader{tape};
    research::SessionRequest request;
    request.universe = test::one_market();
    request.settings = test::paper_settings();
    request.settings.consensus_mode = engine::ConsensusMode::off;
    // How long the commits of the test's own disk take is not what is tested.
    request.settings.breakers.journal_latency_max = Duration::hours(1);
    request.source = &reader;
    request.journal = journal.get();
    request.venues = {&venue};
    for (test::ScriptedAgent* agent : {&leaver, &late, &later})
        request.agents.push_back({agent, {}, 1_rate, 100'000_notional, 0});
    request.deposits = {{VenueId{1}, "USD", 100'000_d}};
    request.hooks.before_group = [this](Instant next) { return before(next); };
    auto session = research::Session::open(std::move(request));
    ASSERT_TRUE(session);
    const auto result = (*session)->run();
    ASSERT_TRUE(result) << result.error().message;

    ASSERT_EQ(venue.placed.size(), 3U); // in at 40, out at 50; at 52 nothing; in at 70
    EXPECT_FALSE(reduces(venue.placed[0].purpose));
    EXPECT_TRUE(reduces(venue.placed[1].purpose));
    EXPECT_EQ(venue.placed[2].agent, AgentId{3});
    EXPECT_FALSE(journal->full());
    const auto audit = research::replay_audit(*journal, test::one_market(), test::paper_settings());
    ASSERT_TRUE(audit) << audit.error().message;
    EXPECT_EQ(audit->digest, result->digest);
}

} // namespace
} // namespace grekko::tests
