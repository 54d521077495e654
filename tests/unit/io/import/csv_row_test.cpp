#include "io/import/csv_row.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace grekko::importing {
namespace {

using testing::ElementsAre;

TEST(CsvRow, SplitsAtTheDelimiterAndDropsBlanksAround) {
    CsvRow row;
    ASSERT_TRUE(row.split(" 1, two ,,4", ','));
    EXPECT_THAT(row.cells(), ElementsAre("1", "two", "", "4"));
    ASSERT_TRUE(row.split("1;2", ';'));
    EXPECT_THAT(row.cells(), ElementsAre("1", "2"));
    ASSERT_TRUE(row.split("1\t2\t", '\t'));
    EXPECT_THAT(row.cells(), ElementsAre("1", "2", ""));
}

TEST(CsvRow, TakesQuotesAway) {
    CsvRow row;
    ASSERT_TRUE(row.split(R"("a,b", "say ""no""" ,"",x)", ','));
    EXPECT_THAT(row.cells(), ElementsAre("a,b", "say \"no\"", "", "x"));
}

TEST(CsvRow, RefusesQuotesThatDoNotClose) {
    CsvRow row;
    EXPECT_FALSE(row.split(R"("a,b)", ','));
    EXPECT_FALSE(row.split(R"("a"b,c)", ','));
}

TEST(CsvRow, RefusesMoreCellsThanAllowed) {
    CsvRow row;
    EXPECT_TRUE(row.split(std::string(CsvRow::cells_max - 1, ','), ','));
    const auto refused = row.split(std::string(CsvRow::cells_max, ','), ',');
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::limit_exceeded);
}

} // namespace
} // namespace grekko::importing
