#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "io/report/report.hpp"
#include "support/temporary_folder.hpp"
#include "unit/io/report/sample.hpp"

namespace grekko::report {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Write, PutsFiveFilesIntoANewFolder) {
    const tests::TemporaryFolder folder;
    const auto files = write_report(tests::sample_report(), folder.path() / "runs/1");
    ASSERT_TRUE(files.has_value()) << files.error().message;
    EXPECT_THAT(tests::read_file(files->page), StartsWith("<!doctype html>"));
    EXPECT_THAT(tests::read_file(files->data), StartsWith("{"));
    EXPECT_THAT(tests::read_file(files->fills),
                HasSubstr("\n2024-01-11T00:00:00Z,aggressive,BTC-USD,paper,buy,increase,taker,"));
    EXPECT_THAT(tests::read_file(files->round_trips),
                HasSubstr("\n2024-01-01T00:00:00Z,2024-01-02T06:00:00Z,aggressive,BTC-USD,long,0,"
                          "0.05,42000,43000,50,2.5,0,47.5,0.8,0,0,,,\"trend, calm\",0\n"));
    EXPECT_THAT(tests::read_file(files->equity), StartsWith("time,run,drawdown,"));
}

TEST(Write, ACellCannotBecomeAFormulaOrANewCell) {
    const tests::TemporaryFolder folder;
    ports::Report report;
    report.fills.resize(1);
    report.fills[0].agent = "=cmd|'/c calc'";
    report.fills[0].venue = "a,\"b\"";
    const auto files = write_report(report, folder.path());
    ASSERT_TRUE(files.has_value());
    EXPECT_THAT(tests::read_file(files->fills), HasSubstr(",'=cmd|'/c calc',"));
    EXPECT_THAT(tests::read_file(files->fills), HasSubstr(",\"a,\"\"b\"\"\","));
}

TEST(Write, AFolderThatCannotBeMadeIsAnError) {
    const tests::TemporaryFolder folder;
    std::ofstream{folder.path() / "file"} << "x";
    const auto files = write_report(ports::Report{}, folder.path() / "file/inside");
    ASSERT_FALSE(files.has_value());
    EXPECT_EQ(files.error().code, ErrorCode::io_error);
    EXPECT_THAT(files.error().message, HasSubstr("inside"));
}

} // namespace
} // namespace grekko::report
