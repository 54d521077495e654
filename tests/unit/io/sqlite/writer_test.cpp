#include "io/sqlite/writer.hpp"

#include <memory>

#include <gtest/gtest.h>

#include "unit/io/sqlite/full_disk.hpp"
#include "unit/io/sqlite/open_journal.hpp"

namespace grekko::sqlite {
namespace {

using tests::FullDisk;
using tests::make_batch;
using tests::TemporaryFolder;

Result<Writer> open(const TemporaryFolder& folder) {
    return Writer::open(folder / "journal.db", tests::small_options());
}

Result<void> write(Writer& writer, std::uint64_t first, std::uint64_t count) {
    const auto batch = make_batch(first, count);
    std::vector<Row> rows{{header_of(batch.view()), batch.payload, 0, {}}};
    return writer.write(rows);
}

TEST(Writer, WritesToTheReserveWhileTheDiskIsFullAndMovesItIn) {
    const TemporaryFolder folder;
    {
        auto writer = open(folder);
        ASSERT_TRUE(writer.has_value()) << writer.error().message;
        ASSERT_TRUE(write(*writer, 1, 3));
        {
            const FullDisk full;
            ASSERT_TRUE(write(*writer, 4, 3));
            ASSERT_TRUE(write(*writer, 7, 1));
            EXPECT_TRUE(writer->uses_reserve());
            EXPECT_EQ(writer->head().last, Sequence{7});
            EXPECT_EQ(writer->leave_reserve().error().code, ErrorCode::out_of_space);
        }
        EXPECT_EQ(tests::sequences_in(folder), 7U); // three of them out of the reserve
        ASSERT_TRUE(write(*writer, 8, 2));
        EXPECT_FALSE(writer->uses_reserve());
    }
    EXPECT_EQ(tests::sequences_in(folder), 9U);
    const auto report = verify(folder / "journal.db");
    EXPECT_TRUE(report->holds());
    EXPECT_EQ(report->in_reserve, 0U);
}

TEST(Writer, RecoversTheReserveOfAProcessThatDied) {
    const TemporaryFolder folder;
    {
        auto writer = open(folder);
        ASSERT_TRUE(write(*writer, 1, 3));
        const FullDisk full;
        ASSERT_TRUE(write(*writer, 4, 3));
    }
    const auto report = verify(folder / "journal.db");
    EXPECT_TRUE(report->holds());
    EXPECT_EQ(report->in_reserve, 1U);
    auto writer = open(folder);
    ASSERT_TRUE(writer.has_value()) << writer.error().message;
    EXPECT_EQ(writer->head().last, Sequence{6});
    EXPECT_FALSE(writer->uses_reserve());
    EXPECT_EQ(tests::sequences_in(folder), 6U);
}

TEST(Writer, RefusesWhenTheReserveIsUsedUpAndGoesOnLater) {
    const TemporaryFolder folder;
    auto writer = open(folder);
    std::uint64_t last = 0;
    {
        const FullDisk full;
        Result<void> written;
        while (written) {
            written = write(*writer, last + 1, 50);
            if (written) last += 50;
        }
        EXPECT_EQ(written.error().code, ErrorCode::out_of_space);
        EXPECT_GT(last, 100U);
    }
    ASSERT_TRUE(write(*writer, last + 1, 50));
    EXPECT_EQ(tests::sequences_in(folder), last + 50);
}

TEST(Writer, RefusesAJournalThatEndsBeforeItsMark) {
    const TemporaryFolder folder;
    std::string before;
    {
        auto writer = open(folder);
        ASSERT_TRUE(write(*writer, 1, 3));
    }
    before = tests::read_file(folder / "journal.db");
    {
        auto writer = open(folder);
        ASSERT_TRUE(write(*writer, 4, 3));
    }
    folder.write("journal.db", before);
    const auto refused = open(folder);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::corrupt);
    EXPECT_NE(refused.error().message.find("ends at record 3"), std::string::npos);
    EXPECT_FALSE(verify(folder / "journal.db")->holds());
    std::filesystem::remove(folder / "journal.db.lock");
    EXPECT_TRUE(open(folder).has_value());
}

TEST(Writer, KeepsToItsSize) {
    const TemporaryFolder folder;
    auto options = tests::small_options();
    options.size_max = 64U << 10U;
    auto writer = Writer::open(folder / "journal.db", options);
    std::uint64_t last = 0;
    while (!writer->uses_reserve()) {
        ASSERT_TRUE(write(*writer, last + 1, 20));
        last += 20;
    }
    EXPECT_LT(last, 2'000U);
    ASSERT_TRUE(writer->set_size_max(0));
    ASSERT_TRUE(write(*writer, last + 1, 20));
    EXPECT_FALSE(writer->uses_reserve());
    EXPECT_EQ(tests::sequences_in(folder), last + 20);
}

} // namespace
} // namespace grekko::sqlite
