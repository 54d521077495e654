#include "app/report/book_logs.hpp"

#include <gtest/gtest.h>

#include "io/report/trials.hpp"
#include "unit/app/report/sample.hpp"
#include "unit/io/report/sample.hpp"

namespace grekko::app {
namespace {

using grekko::tests::SampleRun;

TEST(BookLogs, ATrialIsKeptInTheFolderOfBooks) {
    SampleRun sample;
    const ports::Report report = grekko::tests::sample_report();
    ASSERT_TRUE(keep_trial(sample.config, report));
    EXPECT_EQ(trials_log(sample.config), sample.folder / "data/trials.jsonl");
    ports::ReportHeader other = report.header;
    other.run_hash = "another";
    ASSERT_TRUE(report::count_trials(trials_log(sample.config), other));
    EXPECT_EQ(other.trials, 2U);
}

TEST(BookLogs, AFolderThatCannotBeMadeIsNamed) {
    SampleRun sample;
    sample.folder.write("data", "a file");
    const auto kept = keep_trial(sample.config, grekko::tests::sample_report());
    ASSERT_FALSE(kept);
    EXPECT_EQ(kept.error().code, ErrorCode::io_error);
    EXPECT_NE(kept.error().message.find("data"), std::string::npos);
}

TEST(BookLogs, AReportRecallsTheLookAheadTestsOfItsAgents) {
    SampleRun sample;
    ports::ReportHeader header = grekko::tests::sample_report().header;
    ASSERT_TRUE(recall(sample.config, {"ema c p"}, header));
    EXPECT_EQ(header.look_ahead, "not run");
    ASSERT_TRUE(
        keep_look_ahead(sample.config, {report::tape_key(header), {"ema c p"}, true, "passed"}));
    EXPECT_EQ(look_ahead_log(sample.config), sample.folder / "data/look-ahead.jsonl");
    ASSERT_TRUE(recall(sample.config, {"ema c p"}, header));
    EXPECT_EQ(header.look_ahead, "passed");
}

} // namespace
} // namespace grekko::app
