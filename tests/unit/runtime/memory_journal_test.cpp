#include "runtime/memory_journal.hpp"

#include <gtest/gtest.h>

namespace grekko::runtime {
namespace {

const std::vector<std::byte> payload(16, std::byte{7});

ports::Batch batch(std::uint64_t first, std::uint64_t last) {
    return {Sequence{first}, Sequence{last}, Instant::from_seconds(1), 1, payload};
}

std::size_t rows(MemoryJournal& journal) {
    std::size_t count = 0;
    EXPECT_TRUE(journal
                    .read(Sequence{1},
                          [&](const ports::Batch& b) -> Result<void> {
                              EXPECT_EQ(b.payload.size(), payload.size());
                              ++count;
                              return {};
                          })
                    .has_value());
    return count;
}

TEST(MemoryJournal, IsDurableOnlyAfterASync) {
    MemoryJournal journal;
    ASSERT_TRUE(journal.append(batch(1, 3), false).has_value());
    EXPECT_TRUE(journal.durable().is_none());
    ASSERT_TRUE(journal.sync(Sequence{3}).has_value());
    EXPECT_EQ(journal.durable(), Sequence{3});
    ASSERT_TRUE(journal.sync(Sequence{3}).has_value());
    EXPECT_EQ(journal.syncs(), 1U);
}

TEST(MemoryJournal, ForgetsInACrashWhatWasNotSynced) {
    MemoryJournal journal;
    ASSERT_TRUE(journal.append(batch(1, 3), false).has_value());
    ASSERT_TRUE(journal.sync(Sequence{3}).has_value());
    ASSERT_TRUE(journal.append(batch(4, 5), false).has_value());
    journal.crash();
    EXPECT_EQ(rows(journal), 1U);
    EXPECT_EQ(journal.head().last, Sequence{3});
    EXPECT_TRUE(journal.append(batch(4, 4), false).has_value());
}

TEST(MemoryJournal, KeepsInACrashWhatTheDiskHadReachedAllTheSame) {
    MemoryJournal journal;
    ASSERT_TRUE(journal.append(batch(1, 3), false).has_value());
    ASSERT_TRUE(journal.sync(Sequence{3}).has_value());
    ASSERT_TRUE(journal.append(batch(4, 5), false).has_value());
    ASSERT_TRUE(journal.append(batch(6, 8), false).has_value());
    journal.crash(Sequence{5});
    EXPECT_EQ(rows(journal), 2U);
    EXPECT_EQ(journal.durable(), Sequence{5});
}

TEST(MemoryJournal, TakesOnlyTheReserveWhenTheDiskIsFull) {
    MemoryJournal journal;
    journal.set_full(true);
    const auto refused = journal.append(batch(1, 1), false);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::out_of_space);
    EXPECT_TRUE(journal.append(batch(1, 1), true).has_value());
}

TEST(MemoryJournal, GivesTheNewestDurableSnapshot) {
    MemoryJournal journal;
    ASSERT_TRUE(journal.append(batch(1, 9), false).has_value());
    ASSERT_TRUE(journal.sync(Sequence{9}).has_value());
    ASSERT_TRUE(journal.write_snapshot({Sequence{4}, {}, 1, "a", {}}).has_value());
    ASSERT_TRUE(journal.write_snapshot({Sequence{9}, {}, 1, "b", {}}).has_value());
    EXPECT_EQ(journal.read_snapshot(Sequence{}).value().digest, "b");
    EXPECT_EQ(journal.read_snapshot(Sequence{5}).value().digest, "a");
}

} // namespace
} // namespace grekko::runtime
