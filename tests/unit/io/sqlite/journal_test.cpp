#include "io/sqlite/journal.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "io/sqlite/verify.hpp"
#include "unit/io/sqlite/open_journal.hpp"

namespace grekko::sqlite {
namespace {

using tests::make_batch;
using tests::TemporaryFolder;

TEST(SqliteJournal, CommitsSeveralBatchesAtOnceWhileItIsBehind) {
    const TemporaryFolder folder;
    const auto journal = tests::open_journal(folder);
    constexpr std::uint64_t count = 2'000;
    for (std::uint64_t i = 1; i <= count; ++i) {
        ASSERT_TRUE(journal->append(make_batch(i, 1).view(), false));
    }
    ASSERT_TRUE(journal->sync(Sequence{count}));
    EXPECT_LT(journal->commits(), count);
    EXPECT_EQ(tests::sequences_in(folder), count);
}

TEST(SqliteJournal, WritesWithoutAnyoneWaiting) {
    const TemporaryFolder folder;
    const auto journal = tests::open_journal(folder);
    ASSERT_TRUE(journal->append(make_batch(1, 4).view(), false));
    while (journal->durable() < Sequence{4})
        std::this_thread::yield();
    EXPECT_EQ(tests::sequences_in(folder), 4U);
}

TEST(SqliteJournal, WritesWhatWasAppendedBeforeItCloses) {
    const TemporaryFolder folder;
    tests::append(*tests::open_journal(folder), 1, 500);
    EXPECT_EQ(tests::sequences_in(folder), 500U);
}

TEST(SqliteJournal, MayBeReadWhileItIsWritten) {
    const TemporaryFolder folder;
    const auto journal = tests::open_journal(folder);
    tests::append(*journal, 1, 50);
    ASSERT_TRUE(journal->sync(Sequence{50}));
    std::thread reader{[&] {
        for (int i = 0; i < 20; ++i) {
            const auto report = verify(folder / "journal.db");
            ASSERT_TRUE(report.has_value());
            EXPECT_TRUE(report->holds()) << report->fault->message;
            EXPECT_GE(report->records, 50U);
        }
    }};
    tests::append(*journal, 51, 500);
    ASSERT_TRUE(journal->sync(Sequence{500}));
    reader.join();
}

TEST(SqliteJournal, KeepsOnlyTheNewestSnapshots) {
    const TemporaryFolder folder;
    const auto journal = tests::open_journal(folder);
    tests::append(*journal, 1, 10);
    for (std::uint64_t i = 1; i <= 10; ++i) {
        ASSERT_TRUE(journal->write_snapshot({Sequence{i}, {}, 1, "d", {}}));
    }
    EXPECT_TRUE(journal->read_snapshot(Sequence{7})->sequence.is_none());
    EXPECT_EQ(journal->read_snapshot(Sequence{8})->sequence, Sequence{8});
}

TEST(SqliteJournal, RefusesAJournalThatIsInUse) {
    const TemporaryFolder folder;
    const auto journal = tests::open_journal(folder);
    const auto second = SqliteJournal::open(folder / "journal.db", tests::small_options());
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::in_use);
}

TEST(SqliteJournal, RefusesTheJournalOfAnotherBook) {
    const TemporaryFolder folder;
    tests::append(*tests::open_journal(folder), 1, 5);
    auto options = tests::small_options();
    options.identity.book = "other";
    const auto journal = SqliteJournal::open(folder / "journal.db", options);
    ASSERT_FALSE(journal.has_value());
    EXPECT_EQ(journal.error().code, ErrorCode::invalid_argument);
}

} // namespace
} // namespace grekko::sqlite
