#include "contract/journal/journal_contract.hpp"

#include <vector>

#include "io/sqlite/journal.hpp"
#include "runtime/memory_journal.hpp"
#include "support/records.hpp"

namespace grekko::tests {
namespace {

std::vector<OwnedBatch> read_all(ports::Journal& journal, Sequence from) {
    std::vector<OwnedBatch> found;
    const auto read = journal.read(from, [&](const ports::Batch& batch) -> Result<void> {
        found.push_back({{batch.payload.begin(), batch.payload.end()},
                         batch.first.value(),
                         batch.last.value(),
                         batch.epoch});
        EXPECT_EQ(batch.at, OwnedBatch::at(batch.last.value()));
        return {};
    });
    EXPECT_TRUE(read.has_value());
    return found;
}

TEST_P(JournalContract, IsEmptyAtFirst) {
    EXPECT_TRUE(journal_->head().last.is_none());
    EXPECT_TRUE(journal_->durable().is_none());
    EXPECT_TRUE(read_all(*journal_, Sequence{}).empty());
    const auto snapshot = journal_->read_snapshot(Sequence{});
    ASSERT_TRUE(snapshot.has_value());
    EXPECT_TRUE(snapshot->sequence.is_none());
}

TEST_P(JournalContract, GivesBackEveryBatchAsAppended) {
    std::vector<OwnedBatch> batches{make_batch(1, 3), make_batch(4, 1), make_batch(5, 40)};
    for (const auto& batch : batches)
        ASSERT_TRUE(journal_->append(batch.view(), false));
    ASSERT_TRUE(journal_->sync(Sequence{44}));
    EXPECT_GE(journal_->durable(), Sequence{44});
    EXPECT_EQ(journal_->head().last, Sequence{44});
    EXPECT_EQ(journal_->head().epoch, 1U);
    const auto found = read_all(*journal_, Sequence{});
    ASSERT_EQ(found.size(), batches.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].first, batches[i].first);
        EXPECT_EQ(found[i].last, batches[i].last);
        EXPECT_EQ(found[i].payload, batches[i].payload);
    }
}

TEST_P(JournalContract, ReadsFromTheBatchThatHoldsASequence) {
    for (std::uint64_t first = 1; first < 40; first += 10) {
        ASSERT_TRUE(journal_->append(make_batch(first, 10).view(), false));
    }
    ASSERT_TRUE(journal_->sync(Sequence{40}));
    EXPECT_EQ(read_all(*journal_, Sequence{15}).front().first, 11U);
    EXPECT_EQ(read_all(*journal_, Sequence{31}).front().first, 31U);
    EXPECT_EQ(read_all(*journal_, Sequence{30}).front().first, 21U);
    EXPECT_TRUE(read_all(*journal_, Sequence{41}).empty());
}

TEST_P(JournalContract, CopiesTheBatchItIsGiven) {
    auto batch = make_batch(1, 2);
    const auto kept = batch.payload;
    ASSERT_TRUE(journal_->append(batch.view(), false));
    std::fill(batch.payload.begin(), batch.payload.end(), std::byte{0});
    ASSERT_TRUE(journal_->sync(Sequence{2}));
    EXPECT_EQ(read_all(*journal_, Sequence{}).front().payload, kept);
}

TEST_P(JournalContract, StopsReadingWhereTheVisitorFails) {
    for (std::uint64_t i = 1; i <= 3; ++i) {
        ASSERT_TRUE(journal_->append(make_batch(i, 1).view(), false));
    }
    ASSERT_TRUE(journal_->sync(Sequence{3}));
    int visited = 0;
    const auto read = journal_->read(Sequence{}, [&](const ports::Batch&) -> Result<void> {
        ++visited;
        return make_error(ErrorCode::cancelled, "enough");
    });
    ASSERT_FALSE(read.has_value());
    EXPECT_EQ(read.error().code, ErrorCode::cancelled);
    EXPECT_EQ(visited, 1);
}

TEST_P(JournalContract, FindsTheNewestSnapshotAtOrBefore) {
    ASSERT_TRUE(journal_->append(make_batch(1, 30).view(), false));
    ASSERT_TRUE(journal_->sync(Sequence{30}));
    for (const std::uint64_t sequence : {10U, 20U, 30U}) {
        ports::Snapshot snapshot{Sequence{sequence}, OwnedBatch::at(sequence), 7,
                                 "digest" + std::to_string(sequence),
                                 std::vector<std::byte>(5'000, std::byte{42})};
        ASSERT_TRUE(journal_->write_snapshot(snapshot));
    }
    const auto newest = journal_->read_snapshot(Sequence{});
    ASSERT_TRUE(newest.has_value());
    EXPECT_EQ(newest->sequence, Sequence{30});
    const auto before = journal_->read_snapshot(Sequence{25});
    ASSERT_TRUE(before.has_value());
    EXPECT_EQ(before->sequence, Sequence{20});
    EXPECT_EQ(before->at, OwnedBatch::at(20));
    EXPECT_EQ(before->version, 7U);
    EXPECT_EQ(before->digest, "digest20");
    EXPECT_EQ(before->payload, std::vector<std::byte>(5'000, std::byte{42}));
    EXPECT_TRUE(journal_->read_snapshot(Sequence{9})->sequence.is_none());
}

TEST_P(JournalContract, HoldsWhatWasSyncedWhenOpenedAgain) {
    if (!GetParam().survives) GTEST_SKIP() << "it lives in memory";
    ASSERT_TRUE(journal_->append(make_batch(1, 5).view(), false));
    ASSERT_TRUE(journal_->sync(Sequence{5}));
    const auto chain = journal_->head().chain;
    open();
    EXPECT_EQ(journal_->head().last, Sequence{5});
    EXPECT_EQ(journal_->durable(), Sequence{5});
    EXPECT_EQ(journal_->head().chain, chain);
    ASSERT_TRUE(journal_->append(make_batch(6, 2).view(), false));
    ASSERT_TRUE(journal_->sync(Sequence{7}));
    EXPECT_EQ(read_all(*journal_, Sequence{}).size(), 2U);
}

std::unique_ptr<ports::Journal> open_sqlite(const TemporaryFolder& folder,
                                            sqlite::Durability durability) {
    sqlite::JournalOptions options;
    options.durability = durability;
    options.identity = {"book", "2026-01-01T00:00:00Z", "test"};
    options.reserve_bytes = 64U << 10U;
    auto journal = sqlite::SqliteJournal::open(folder / "journal.db", options);
    return journal ? std::move(*journal) : nullptr;
}

const JournalFactory factories[]{
    {"InMemory", [](const TemporaryFolder&) { return std::make_unique<runtime::MemoryJournal>(); },
     false},
    {"SqliteDurable",
     [](const TemporaryFolder& folder) { return open_sqlite(folder, sqlite::Durability::full); }},
    {"SqliteWithoutDurability",
     [](const TemporaryFolder& folder) { return open_sqlite(folder, sqlite::Durability::none); }},
};
INSTANTIATE_TEST_SUITE_P(Implementations, JournalContract, testing::ValuesIn(factories),
                         [](const auto& factory) { return factory.param.name; });

} // namespace
} // namespace grekko::tests
