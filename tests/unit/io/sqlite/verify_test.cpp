#include "io/sqlite/verify.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "unit/io/sqlite/open_journal.hpp"

namespace grekko::sqlite {
namespace {

using tests::TemporaryFolder;

TEST(Verify, CountsWhatHolds) {
    const TemporaryFolder folder;
    {
        const auto journal = tests::open_journal(folder);
        tests::append(*journal, 1, 95);
        ASSERT_TRUE(journal->write_snapshot({Sequence{50}, {}, 1, "d", {}}));
    }
    const auto report = verify(folder / "journal.db");
    ASSERT_TRUE(report.has_value());
    EXPECT_TRUE(report->holds());
    EXPECT_EQ(report->batches, 10U);
    EXPECT_EQ(report->records, 95U);
    EXPECT_EQ(report->snapshots, 1U);
    EXPECT_EQ(report->head.last, Sequence{95});
    EXPECT_EQ(report->head.chain.size(), 64U);
    EXPECT_EQ(verify(folder / "none.db").error().code, ErrorCode::not_found);
}

TEST(Verify, GivesTheLastRecords) {
    const TemporaryFolder folder;
    tests::append(*tests::open_journal(folder), 1, 95);
    std::vector<std::uint64_t> seen;
    ASSERT_TRUE(tail(folder / "journal.db", 7, [&](const Record& record) -> Result<void> {
        seen.push_back(record.head.sequence.value());
        return {};
    }));
    EXPECT_EQ(seen, (std::vector<std::uint64_t>{89, 90, 91, 92, 93, 94, 95}));
}

TEST(Verify, FindsRecordsThatAreNoRecords) {
    const auto batch = tests::make_batch(1, 3);
    const auto count = [](Sequence first, std::vector<std::byte> payload) {
        return for_each_record(first, payload, [](const Record&) -> Result<void> { return {}; });
    };
    EXPECT_TRUE(count(Sequence{1}, batch.payload));
    EXPECT_FALSE(count(Sequence{2}, batch.payload));
    auto cut = batch.payload;
    cut.resize(cut.size() - 8);
    EXPECT_FALSE(count(Sequence{1}, cut));
    auto odd = batch.payload;
    odd[offsetof(RecordHead, size)] = std::byte{41};
    EXPECT_FALSE(count(Sequence{1}, odd));
}

} // namespace
} // namespace grekko::sqlite
