#include "io/sqlite/store.hpp"

#include <gtest/gtest.h>

#include "unit/io/sqlite/open_journal.hpp"

// covers: store.cpp, snapshots.cpp
namespace grekko::sqlite {
namespace {

using tests::TemporaryFolder;

void change(const TemporaryFolder& folder, const char* sql) {
    auto connection = Connection::open(folder / "journal.db", OpenMode::write);
    ASSERT_TRUE(connection->execute(sql));
}

TEST(Store, RefusesANewerFormat) {
    const TemporaryFolder folder;
    tests::append(*tests::open_journal(folder), 1, 10);
    change(folder, "PRAGMA user_version = 2");
    for (const auto& opened :
         {Store::open_to_read(folder / "journal.db").error(),
          SqliteJournal::open(folder / "journal.db", tests::small_options()).error()}) {
        EXPECT_EQ(opened.code, ErrorCode::unsupported_version);
        EXPECT_NE(opened.message.find("newer"), std::string::npos);
    }
}

TEST(Store, RefusesTheDatabaseOfAnotherProgram) {
    const TemporaryFolder folder;
    {
        auto other = Connection::open(folder / "journal.db", OpenMode::create);
        ASSERT_TRUE(other->execute("CREATE TABLE mine(x)"));
    }
    EXPECT_EQ(Store::open_to_read(folder / "journal.db").error().code, ErrorCode::invalid_input);
    EXPECT_EQ(SqliteJournal::open(folder / "journal.db", tests::small_options()).error().code,
              ErrorCode::invalid_input);
}

TEST(Store, KnowsWhoseJournalItIs) {
    const TemporaryFolder folder;
    tests::append(*tests::open_journal(folder), 1, 10);
    const auto store = Store::open_to_read(folder / "journal.db");
    EXPECT_EQ(store->identity().book, "book");
    EXPECT_EQ(store->identity().created, "2026-01-01T00:00:00Z");
    EXPECT_EQ(store->identity().host_version, "test");
}

TEST(Store, PassesOverASnapshotThatDoesNotHold) {
    const TemporaryFolder folder;
    {
        const auto journal = tests::open_journal(folder);
        tests::append(*journal, 1, 30);
        for (const std::uint64_t i : {10U, 20U, 30U}) {
            ports::Snapshot snapshot{Sequence{i}, {}, 1, "d", std::vector<std::byte>(100)};
            ASSERT_TRUE(journal->write_snapshot(snapshot));
        }
    }
    change(folder, "UPDATE snapshots SET digest = 'x' WHERE sequence = 30");
    change(folder, "UPDATE snapshots SET size = 99 WHERE sequence = 20");
    auto store = Store::open_to_read(folder / "journal.db");
    EXPECT_EQ(store->read_snapshot(Sequence{})->sequence, Sequence{10});
    EXPECT_EQ(store->check_snapshots().error().code, ErrorCode::corrupt);
}

TEST(Store, FindsAnEditedRowByItsSequence) {
    const TemporaryFolder folder;
    tests::append(*tests::open_journal(folder), 1, 50);
    change(folder, "UPDATE batches SET epoch = 2 WHERE first = 21");
    auto store = Store::open_to_read(folder / "journal.db");
    std::uint64_t seen = 0;
    const auto read = store->read(Sequence{}, [&](const ports::Batch& batch) -> Result<void> {
        seen = batch.last.value();
        return {};
    });
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().code, ErrorCode::corrupt);
    EXPECT_NE(read.error().message.find("record 21"), std::string::npos);
    EXPECT_EQ(seen, 20U);
}

TEST(Store, FindsARowThatIsGone) {
    const TemporaryFolder folder;
    tests::append(*tests::open_journal(folder), 1, 50);
    change(folder, "DELETE FROM batches WHERE first = 21");
    const auto visit = [](const ports::Batch&) -> Result<void> { return {}; };
    auto store = Store::open_to_read(folder / "journal.db");
    const auto read = store->read(Sequence{25}, visit);
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().code, ErrorCode::corrupt);
}

} // namespace
} // namespace grekko::sqlite
