#include "io/sqlite/reserve.hpp"

#include <gtest/gtest.h>

#include "support/records.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::sqlite {
namespace {

using tests::TemporaryFolder;

constexpr std::uint64_t size = 16U << 10U;

Row row(std::uint64_t first) {
    const auto batch = tests::make_batch(first, 3);
    Row made{header_of(batch.view()), batch.payload, 0, {}};
    made.payload.push_back(std::byte{1}); // an odd size
    ++made.header.size;
    made.checksum = row_checksum(made.header, made.payload);
    return made;
}

std::vector<std::uint64_t> firsts(const TemporaryFolder& folder) {
    std::vector<std::uint64_t> found;
    const auto rows = Reserve::read(folder / "journal.db");
    EXPECT_TRUE(rows.has_value());
    for (const Row& each : *rows)
        found.push_back(each.header.first);
    return found;
}

TEST(Reserve, GivesBackItsRowsInOrder) {
    const TemporaryFolder folder;
    auto reserve = Reserve::open(folder / "journal.db", size);
    ASSERT_TRUE(reserve.has_value());
    EXPECT_TRUE(reserve->empty());
    const std::vector<Row> two{row(1), row(4)};
    ASSERT_TRUE(reserve->add(two));
    ASSERT_TRUE(reserve->add(std::vector{row(7)}));
    EXPECT_EQ(firsts(folder), (std::vector<std::uint64_t>{1, 4, 7}));
    EXPECT_EQ(Reserve::read(folder / "journal.db")->at(1).payload, two[1].payload);
    auto again = Reserve::open(folder / "journal.db", size);
    ASSERT_TRUE(again->add(std::vector{row(10)}));
    EXPECT_EQ(firsts(folder), (std::vector<std::uint64_t>{1, 4, 7, 10}));
}

TEST(Reserve, ForgetsThemWhenCleared) {
    const TemporaryFolder folder;
    auto reserve = Reserve::open(folder / "journal.db", size);
    ASSERT_TRUE(reserve->add(std::vector{row(1), row(4)}));
    ASSERT_TRUE(reserve->clear());
    EXPECT_TRUE(firsts(folder).empty());
    ASSERT_TRUE(reserve->add(std::vector{row(7)}));
    EXPECT_EQ(firsts(folder), (std::vector<std::uint64_t>{7})); // not the old one behind it
}

TEST(Reserve, HasItsWholeSizeFromTheBeginningAndRefusesMore) {
    const TemporaryFolder folder;
    auto reserve = Reserve::open(folder / "journal.db", size);
    EXPECT_EQ(std::filesystem::file_size(folder / "journal.db.reserve"), size);
    std::uint64_t rows = 0;
    Result<void> added;
    for (; added; ++rows)
        added = reserve->add(std::vector{row(1 + 3 * rows)});
    EXPECT_EQ(added.error().code, ErrorCode::out_of_space);
    EXPECT_GT(rows, 20U);
    EXPECT_EQ(firsts(folder).size(), rows - 1);
    EXPECT_EQ(std::filesystem::file_size(folder / "journal.db.reserve"), size);
}

TEST(Reserve, EndsBeforeATornRow) {
    const TemporaryFolder folder;
    {
        auto reserve = Reserve::open(folder / "journal.db", size);
        ASSERT_TRUE(reserve->add(std::vector{row(1), row(4)}));
    }
    std::string bytes = tests::read_file(folder / "journal.db.reserve");
    bytes[64 + 88 + row(1).payload.size() + 120] ^= 1;
    folder.write("journal.db.reserve", bytes);
    EXPECT_EQ(firsts(folder), (std::vector<std::uint64_t>{1}));
}

TEST(Reserve, IsEmptyWhereThereIsNone) {
    const TemporaryFolder folder;
    EXPECT_TRUE(firsts(folder).empty());
    auto reserve = Reserve::open(folder / "journal.db", 0);
    EXPECT_EQ(reserve->add(std::vector{row(1)}).error().code, ErrorCode::out_of_space);
    EXPECT_TRUE(reserve->clear());
}

} // namespace
} // namespace grekko::sqlite
