#include "app/report/output.hpp"

#include <gtest/gtest.h>

#include "app/report/journal_report.hpp"
#include "io/report/trials.hpp"
#include "unit/app/report/sample.hpp"
#include "unit/io/report/sample.hpp"

namespace grekko::app {
namespace {

using grekko::tests::SampleRun;

TEST(ReportOutput, TheTableFitsATerminalOrIsAsWideAsItMayBe) {
    EXPECT_GT(terminal_width(), 0U);
    testing::internal::CaptureStdout();
    print_report(grekko::tests::sample_report());
    EXPECT_NE(testing::internal::GetCapturedStdout().find("Skill or luck"), std::string::npos);
}

TEST(ReportOutput, ATrialIsKeptInTheFolderOfBooks) {
    SampleRun sample;
    const ports::Report report = grekko::tests::sample_report();
    ASSERT_TRUE(keep_trial(sample.config, report));
    EXPECT_EQ(trials_log(sample.config), sample.folder / "data/trials.jsonl");
    ports::ReportHeader other = report.header;
    other.run_hash = "another";
    ASSERT_TRUE(report::count_trials(trials_log(sample.config), other));
    EXPECT_EQ(other.trials, 2U);
}

TEST(ReportOutput, AFolderThatCannotBeMadeIsNamed) {
    SampleRun sample;
    sample.folder.write("data", "a file");
    const auto kept = keep_trial(sample.config, grekko::tests::sample_report());
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().code, ErrorCode::io_error);
    EXPECT_NE(kept.error().message.find("data"), std::string::npos);
}

} // namespace
} // namespace grekko::app
