#include "io/import/line_reader.hpp"

#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"

namespace grekko::importing {
namespace {

using grekko::tests::TemporaryFolder;

LineReader reader_over(const TemporaryFolder& folder, std::string_view text, std::size_t max) {
    const auto inputs = list_inputs(folder.write("lines", text));
    return LineReader{*open_bytes(inputs->at(0)), max};
}

TEST(LineReader, GivesLinesWithTheirNumbersWithoutTheirEnds) {
    const TemporaryFolder folder;
    auto lines = reader_over(folder, "\xEF\xBB\xBFone\r\n\ntwo\nlast", 100);
    for (const std::string_view expected : {"one", "", "two", "last"}) {
        const auto line = lines.next();
        ASSERT_TRUE(line && *line);
        EXPECT_EQ(**line, expected);
    }
    EXPECT_EQ(lines.number(), 4U);
    EXPECT_FALSE(lines.ended());
    EXPECT_FALSE(lines.next()->has_value());
    EXPECT_FALSE(lines.next()->has_value());
}

TEST(LineReader, GivesAnEndAtOnceWhereThereIsNothing) {
    const TemporaryFolder folder;
    EXPECT_FALSE(reader_over(folder, "", 100).next()->has_value());
}

TEST(LineReader, GivesLinesLongerThanItsFirstBuffer) {
    const TemporaryFolder folder;
    const std::string line(500'000, 'x');
    auto lines = reader_over(folder, line + "\nshort\n" + line + "\n", 500'000);
    EXPECT_EQ((**lines.next()).size(), line.size());
    EXPECT_EQ(**lines.next(), "short");
    EXPECT_EQ((**lines.next()).size(), line.size());
    EXPECT_TRUE(lines.ended());
    EXPECT_FALSE(lines.next()->has_value());
}

TEST(LineReader, RefusesALineThatIsTooLongAndGoesOnBehindIt) {
    const TemporaryFolder folder;
    for (const std::size_t size : {101U, 102U, 103U, 400'000U}) {
        auto lines = reader_over(folder, "a\n" + std::string(size, 'x') + "\nb\n", 100);
        EXPECT_EQ(**lines.next(), "a");
        const auto refused = lines.next();
        if (size == 101U) { // one byte is left for a carriage return
            EXPECT_TRUE(refused);
        } else {
            ASSERT_FALSE(refused);
            EXPECT_EQ(refused.error().code, ErrorCode::limit_exceeded);
        }
        EXPECT_EQ(lines.number(), 2U);
        EXPECT_EQ(**lines.next(), "b");
        EXPECT_FALSE(lines.next()->has_value());
    }
}

TEST(LineReader, KeepsBytesBehindALineReadable) {
    const TemporaryFolder folder;
    auto lines = reader_over(folder, "last", 4);
    const auto line = lines.next();
    volatile char sum = 0; // AddressSanitizer watches
    for (std::size_t i = 0; i < LineReader::padding; ++i)
        sum = static_cast<char>(sum + (*line)->data()[4 + i]);
    EXPECT_EQ(**line, "last");
}

} // namespace
} // namespace grekko::importing
