// One book from its opening to its end over bars made here, and the two replays of its journal:
// both must hold for a journal that is whole and name the place in one that is not.
// covers: replay.cpp, window.hpp
#include "research/backtest/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "research/backtest/replay.hpp"
#include "support/behaviours.hpp"
#include "support/book_run.hpp"

namespace grekko::research {
namespace {

using test::holds;
using test::InstantVenue;
using test::ScriptedAgent;
using test::votes;
using testing::HasSubstr;

const Instant first_open = Instant::from_seconds(1'699'999'200); // a full hour

// Hourly bars, prices around 50 000.
runtime::MemoryTape make_bars(int count) {
    runtime::MemoryTape tape;
    Price before = 50'000_price;
    for (int i = 0; i < count; ++i) {
        Bar bar{market_head<Bar, MarketKind::bar>()};
        bar.head.venue = VenueId{1};
        bar.head.instrument = test::btc;
        bar.head.exchange_at = first_open + Duration::hours(i);
        bar.head.received_at = first_open + Duration::hours(i + 1);
        bar.interval = Duration::hours(1);
        bar.open = before;
        bar.close = before = Price{Decimal::whole(50'000 + (i % 7) * 100)};
        bar.high = multiply(std::max(bar.open, bar.close), 1.001_rate, Rounding::half_even);
        bar.low = multiply(std::min(bar.open, bar.close), 0.999_rate, Rounding::half_even);
        bar.volume = 1'000_quantity;
        EXPECT_TRUE(tape.append(bar.head));
    }
    return tape;
}

// Fresh venue and agents each time, as a second run has them.
struct Backtest {
    explicit Backtest(const runtime::MemoryTape& tape, int from = 40, int to = 50)
        : reader{tape},
          buyer{"buyer", test::btc, {Duration::hours(1)}, holds(0.05_d, from, to)} {
        venue.deposit(100'000_d);
    }
    SessionRequest request(ports::Journal& journal) {
        SessionRequest request;
        request.universe = test::one_market();
        request.settings = test::paper_settings();
        request.source = &reader;
        request.journal = &journal;
        request.venues = {&venue};
        request.agents = {{&buyer, {}, 1_rate, 100'000_notional, 0},
                          {&voter, {}, 1_rate, 100'000_notional, 0}};
        request.deposits = {{VenueId{1}, "USD", 100'000_d}};
        return request;
    }
    Result<SessionResult> run(SessionRequest request) {
        TRY(session, Session::open(std::move(request)));
        return session->run();
    }
    Result<SessionResult> run(ports::Journal& journal) { return run(request(journal)); }

    runtime::MemoryTapeReader reader;
    InstantVenue venue{VenueId{1}};
    ScriptedAgent buyer;
    ScriptedAgent voter{"voter", test::btc, {Duration::hours(1)}, votes(Ballot::approve)};
};

Command halt_of(std::string_view who) {
    Command halt;
    halt.kind = CommandKind::halt;
    halt.id = 1;
    halt.principal = who;
    halt.reason = "test";
    return halt;
}

TEST(Session, RunsFromTheOpeningToTheEndOfItsTape) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    Backtest run{tape};
    const auto result = run.run(journal);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->market_records, 60U);
    EXPECT_EQ(result->first_at, first_open + Duration::hours(1));
    EXPECT_EQ(result->last_at, first_open + Duration::hours(60));
    EXPECT_EQ(result->epoch, 1U);
    EXPECT_EQ(run.venue.placed.size(), 2U); // in at bar 40, out at bar 50
    EXPECT_EQ(journal.head().last, result->last);
    EXPECT_EQ(journal.durable(), result->last);
    const auto snapshot = journal.read_snapshot(Sequence{});
    ASSERT_TRUE(snapshot);
    EXPECT_EQ(snapshot->digest, result->digest);
    EXPECT_EQ(snapshot->sequence, result->last);
}

// A tape with room for a few records.
class SmallTape final : public ports::TapeWriter {
public:
    Result<TapePosition> append(const MarketHead&) override {
        if (records == 45) return make_error(ErrorCode::out_of_space, "there is no room");
        return TapePosition{++records};
    }
    Result<void> close() override { return {}; }
    std::uint64_t records{0};
};

TEST(Session, TradesOnWhereItsTapeHasNoRoom) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal, recorded;
    Backtest whole{tape}, run{tape};
    SmallTape small;
    std::vector<std::string> alerts;
    SessionRequest request = run.request(journal);
    request.recorder = &small;
    request.hooks.on_alert = [&](const AlertOperator& alert) {
        if (alert.what == "tape") alerts.push_back(alert.message.string());
    };
    const auto result = run.run(std::move(request));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(run.venue.placed.size(), 2U); // out at bar 50, which the tape does not hold
    EXPECT_EQ(small.records, 45U);
    ASSERT_EQ(alerts.size(), 1U);
    EXPECT_THAT(alerts[0], HasSubstr("there is no room"));
    const auto same = whole.run(recorded); // positions count on
    ASSERT_TRUE(same) << same.error().message;
    EXPECT_EQ(result->digest, same->digest);
}

TEST(Session, DependsOnNoDiskThatItIsNotToldOf) {
    const auto tape = make_bars(60);
    const auto run = [&](bool slow, bool full) {
        runtime::MemoryJournal journal;
        journal.set_commit_p99(Duration::seconds(slow ? 1 : 0));
        Backtest backtest{tape};
        SessionRequest request = backtest.request(journal);
        request.options.watch_journal = false;
        request.hooks.before_group = [&, groups = 0](Instant) mutable {
            journal.set_full(full && ++groups > 45);
            return true;
        };
        return backtest.run(std::move(request));
    };
    const auto result = run(false, false);
    ASSERT_TRUE(result) << result.error().message;
    const auto slow = run(true, false);
    ASSERT_TRUE(slow) << slow.error().message;
    EXPECT_EQ(slow->digest, result->digest);
    const auto full = run(false, true);
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, ErrorCode::out_of_space);
}

TEST(Session, GivesTheSameDigestTwiceAndAnotherWithAnotherSeed) {
    const auto tape = make_bars(60);
    const auto digest = [&](std::uint64_t seed) {
        runtime::MemoryJournal journal;
        Backtest run{tape};
        SessionRequest request = run.request(journal);
        request.seed = seed;
        const auto result = run.run(std::move(request));
        return result ? result->digest : result.error().message;
    };
    EXPECT_EQ(digest(1), digest(1));
    EXPECT_NE(digest(1), digest(2)); // other client ids
    EXPECT_NE(incarnation_of(1, 1), incarnation_of(1, 2));
    EXPECT_LT(incarnation_of(7, 3), std::uint64_t{1} << 40U);
}

TEST(Session, FeedsOnlyWhatLiesInItsWindow) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    Backtest run{tape, 1'000, 0};
    SessionRequest request = run.request(journal);
    request.from = first_open + Duration::hours(10);
    request.to = first_open + Duration::hours(20);
    const auto result = run.run(std::move(request));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->market_records, 11U); // both ends are inside
    EXPECT_EQ(result->first_at, first_open + Duration::hours(10));
    EXPECT_EQ(result->last_at, first_open + Duration::hours(20));
}

TEST(Session, SaysThatNothingLiesInItsWindow) {
    const auto tape = make_bars(10);
    const runtime::MemoryTape empty;
    for (const auto& [source, from] :
         {std::pair{&tape, first_open + Duration::days(9)}, std::pair{&empty, Instant{}}}) {
        runtime::MemoryJournal journal;
        Backtest run{*source};
        SessionRequest request = run.request(journal);
        request.from = from;
        const auto result = run.run(std::move(request));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, ErrorCode::invalid_input);
        EXPECT_THAT(result.error().message, HasSubstr("no market record"));
        EXPECT_TRUE(journal.head().last.is_none());
    }
}

// What an agent decides on the last record may still be answered within `settle`, and not later.
TEST(Session, LetsTheLastDecisionEndWhileItSettles) {
    const auto tape = make_bars(60);
    const auto placed = [&](Duration settle) {
        runtime::MemoryJournal journal;
        Backtest run{tape, 40, 60}; // it leaves on the last bar
        SessionRequest request = run.request(journal);
        request.settle = settle;
        EXPECT_TRUE(run.run(std::move(request)));
        return run.venue.placed.size();
    };
    EXPECT_EQ(placed(Duration{}), 1U);
    EXPECT_EQ(placed(Duration::seconds(5)), 2U);
}

TEST(Session, EndsCleanlyWhereAHookSaysStop) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    Backtest run{tape};
    SessionRequest request = run.request(journal);
    request.hooks.before_group = [](Instant next) {
        return next <= first_open + Duration::hours(30);
    };
    const auto result = run.run(std::move(request));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->market_records, 30U);
    EXPECT_EQ(journal.durable(), result->last);
}

TEST(Session, GoesOnWithTheJournalOfTheOneBefore) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    Backtest first{tape, 40, 1'000};
    const auto before = first.run(journal);
    ASSERT_TRUE(before) << before.error().message;
    Backtest second{tape, 1'000, 0};
    SessionRequest request = second.request(journal);
    request.from = first_open + Duration::days(9);
    request.start = first_open + Duration::days(9);
    const auto after = second.run(std::move(request));
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(after->epoch, 2U);
    EXPECT_GT(after->last, before->last);
    const auto audit = replay_audit(journal, test::one_market(), test::paper_settings());
    ASSERT_TRUE(audit) << audit.error().message;
    EXPECT_EQ(audit->digest, after->digest);
}

TEST(ReplayAudit, FoldsTheJournalAloneToTheDigestOfItsSnapshot) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    const auto result = Backtest{tape}.run(journal);
    ASSERT_TRUE(result) << result.error().message;
    const auto audit = replay_audit(journal, test::one_market(), test::paper_settings());
    ASSERT_TRUE(audit) << audit.error().message;
    EXPECT_EQ(audit->digest, result->digest);
    EXPECT_EQ(audit->last, result->last);
    EXPECT_EQ(audit->records, result->last.value());
    EXPECT_EQ(audit->snapshot, result->last);
}

TEST(ReplayAudit, ComparesNothingWhereThereIsNoSnapshot) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    Backtest run{tape};
    SessionRequest request = run.request(journal);
    request.options.write_snapshots = false;
    const auto result = run.run(std::move(request));
    ASSERT_TRUE(result) << result.error().message;
    const auto audit = replay_audit(journal, test::one_market(), test::paper_settings());
    ASSERT_TRUE(audit) << audit.error().message;
    EXPECT_TRUE(audit->snapshot.is_none());
    EXPECT_EQ(audit->digest, result->digest);
}

TEST(ReplayVerification, HearsOfTheFullDiskOfTheFirstRun) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    Backtest first{tape};
    SessionRequest request = first.request(journal);
    request.hooks.before_group = [&](Instant next) {
        const Duration since = next - first_open;
        journal.set_full(since > Duration::hours(35) && since < Duration::hours(45));
        return true;
    };
    const auto result = first.run(std::move(request));
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_TRUE(first.venue.placed.empty()); // its only wish came while the disk was full
    Backtest second{tape};
    runtime::MemoryJournal unused;
    const auto verified = replay_verification(journal, second.request(unused));
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->digest, result->digest);
}

// A journal that changes the bytes of one batch, leaves one out, or has lost its end.
class Damaged final : public ports::Journal {
public:
    enum class How : std::uint8_t { changed = 1, left_out, cut };
    Damaged(ports::Journal& whole, How how) : whole_{whole}, how_{how} {}
    Result<void> append(const ports::Batch&, bool) override { return {}; }
    Sequence durable() const override { return whole_.durable(); }
    Result<void> sync(Sequence) override { return {}; }
    Result<void> write_snapshot(const ports::Snapshot&) override { return {}; }
    Result<ports::Snapshot> read_snapshot(Sequence at_most) override {
        return whole_.read_snapshot(at_most);
    }
    Result<void> read(Sequence from,
                      const std::function<Result<void>(const ports::Batch&)>& visit) override {
        std::size_t count = 0;
        const Sequence last = whole_.head().last;
        return whole_.read(from, [&](const ports::Batch& batch) -> Result<void> {
            const bool here = ++count == 3;
            if (how_ == How::cut && batch.last == last) return {};
            if (how_ == How::left_out && here) return {};
            if (how_ != How::changed || !here) return visit(batch);
            std::vector<std::byte> bytes{batch.payload.begin(), batch.payload.end()};
            bytes.back() ^= std::byte{1};
            ports::Batch changed = batch;
            changed.payload = bytes;
            return visit(changed);
        });
    }
    ports::JournalHead head() const override { return whole_.head(); }
    ports::JournalHealth health() const override { return {}; }

private:
    ports::Journal& whole_;
    How how_;
};

TEST(ReplayAudit, NamesTheRecordAfterWhichAJournalIsIncomplete) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    ASSERT_TRUE(Backtest{tape}.run(journal));
    Damaged gap{journal, Damaged::How::left_out};
    const auto audit = replay_audit(gap, test::one_market(), test::paper_settings());
    ASSERT_FALSE(audit);
    EXPECT_EQ(audit.error().code, ErrorCode::corrupt);
    EXPECT_THAT(audit.error().message, HasSubstr("no readable record after "));
    Damaged cut{journal, Damaged::How::cut};
    const auto short_of = replay_audit(cut, test::one_market(), test::paper_settings());
    ASSERT_FALSE(short_of);
    EXPECT_EQ(short_of.error().code, ErrorCode::corrupt);
    EXPECT_THAT(short_of.error().message, HasSubstr("its end is missing"));
}

TEST(ReplayAudit, FindsSettingsThatAreNotThoseOfTheRun) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    ASSERT_TRUE(Backtest{tape}.run(journal));
    Universe other = test::one_market();
    other.instruments[1].contract_size = 2_quantity;
    const auto audit = replay_audit(journal, other, test::paper_settings());
    ASSERT_FALSE(audit);
    EXPECT_EQ(audit.error().code, ErrorCode::check_failed);
    EXPECT_THAT(audit.error().message, HasSubstr("other code or settings"));
}

TEST(ReplayVerification, MakesEveryRecordAgain) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    const auto result = Backtest{tape}.run(journal);
    ASSERT_TRUE(result) << result.error().message;
    Backtest again{tape};
    const auto verified = replay_verification(journal, again.request(journal));
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->records, result->last.value());
    EXPECT_EQ(verified->digest, result->digest);
    EXPECT_EQ(verified->market_digest, result->market_digest);
    EXPECT_EQ(verified->answers, 3U); // two intents and a vote
}

TEST(ReplayVerification, PutsCommandsInWhereTheyStoodTheLastOfThemTooAndOneThatSaysHost) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    Backtest run{tape, 20, 30};
    SessionRequest request = run.request(journal);
    runtime::Driver* driver = nullptr;
    // Stops before bar 46, as Ctrl-C does while the next record is waited for.
    request.hooks.before_group = [&](Instant next) {
        const auto hour = (next - first_open).count() / Duration::hours(1).count();
        Command command = halt_of(hour == 25 ? "ann" : "host");
        command.id = static_cast<std::uint64_t>(hour);
        if (hour == 46) command.kind = CommandKind::reducing;
        if (hour == 25 || hour == 46) {
            EXPECT_TRUE(driver->input(Input{driver->now(), command}));
        }
        return hour < 46;
    };
    auto session = Session::open(std::move(request));
    ASSERT_TRUE(session) << session.error().message;
    driver = &(*session)->driver();
    const auto result = (*session)->run();
    ASSERT_TRUE(result) << result.error().message;

    runtime::MemoryTape fed = make_bars(45); // what a recorder would have kept
    Backtest again{fed, 20, 30};
    const auto verified = replay_verification(journal, again.request(journal));
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->digest, result->digest);
}

TEST(ReplayVerification, EndsInTheNameOfWhoEndedTheFirstRunAndHearsOfItsDiskToTheEnd) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    Backtest run{tape, 20, 30};
    SessionRequest request = run.request(journal);
    Session* running = nullptr;
    request.hooks.before_group = [&](Instant next) {
        if (next - first_open <= Duration::hours(45)) return true;
        running->ended_by("ann", "enough for today");
        journal.set_full(true); // told before the first stop
        return false;
    };
    std::string told; // reports and stops of the end, in their order
    request.hooks.on_records = [&](std::span<const std::byte> records) {
        engine::for_each_record(records, [&](const RecordHead& head) {
            if (head.tag == JournalReport::tag) told += 'r';
            if (head.tag == Command::tag) told += 's';
        });
        if (!told.empty()) journal.set_full(false); // told before the second
    };
    auto session = Session::open(std::move(request));
    ASSERT_TRUE(session) << session.error().message;
    running = session->get();
    const auto result = running->run();
    ASSERT_TRUE(result) << result.error().message;

    runtime::MemoryTape fed = make_bars(45);
    Backtest again{fed, 20, 30};
    const auto verified = replay_verification(journal, again.request(journal));
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->digest, result->digest);
    EXPECT_EQ(told, "rsrs");
}

TEST(ReplayVerification, TakesAnIncarnationByChanceFromTheJournal) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    Backtest run{tape};
    SessionRequest request = run.request(journal);
    request.incarnation = 0x12'3456'789A;
    const auto result = run.run(std::move(request));
    ASSERT_TRUE(result) << result.error().message;
    Backtest again{tape};
    const auto verified = replay_verification(journal, again.request(journal));
    ASSERT_TRUE(verified) << verified.error().message;
    EXPECT_EQ(verified->digest, result->digest);
}

TEST(ReplayVerification, NamesTheFirstRecordThatDiffers) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    ASSERT_TRUE(Backtest{tape}.run(journal));
    Backtest other{tape, 41, 50}; // an agent that was changed
    const auto changed = replay_verification(journal, other.request(journal));
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, ErrorCode::check_failed);
    EXPECT_THAT(changed.error().message,
                HasSubstr("the second run differs: the journal has record"));
    const auto shorter_tape = make_bars(59);
    Backtest shorter{shorter_tape};
    EXPECT_FALSE(replay_verification(journal, shorter.request(journal)));
}

TEST(ReplayVerification, FindsAByteThatWasChanged) {
    const auto tape = make_bars(60);
    runtime::MemoryJournal journal;
    ASSERT_TRUE(Backtest{tape}.run(journal));
    Damaged changed{journal, Damaged::How::changed};
    Backtest again{tape};
    const auto verified = replay_verification(changed, again.request(journal));
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().code, ErrorCode::check_failed);
}

} // namespace
} // namespace grekko::research
