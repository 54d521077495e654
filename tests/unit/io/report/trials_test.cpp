#include "io/report/trials.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"

namespace grekko::report {
namespace {

ports::Report trial(const std::string& config, double shift, const std::string& tape = "tape") {
    ports::Report report;
    report.header.tape_hashes = {tape};
    report.header.agent_family = "ema_cross";
    report.header.config_hash = config;
    for (int day = 0; day < 40; ++day) {
        report.daily.push_back(shift + (day % 2 == 0 ? 0.01 : -0.01));
    }
    return report;
}

TEST(Trials, CountsOtherConfigurationsOfTheSameTapeAndFamily) {
    const tests::TemporaryFolder folder;
    const auto log = folder.path() / "trials.jsonl";
    for (const ports::Report& report : {trial("a", 0.001), trial("b", 0.002), trial("b", 0.002),
                                        trial("c", 0.003, "other tape"), trial("mine", 0.0)}) {
        ASSERT_TRUE(log_trial(log, report).has_value());
    }
    ports::ReportHeader header = trial("mine", 0.0).header;
    ASSERT_TRUE(count_trials(log, header).has_value());
    EXPECT_EQ(header.trials, 3U); // a, b and this one
    ASSERT_EQ(header.trial_sharpes.size(), 2U);
    EXPECT_NEAR(header.trial_sharpes[0], 0.001 / 0.0101273936, 1e-6);
    EXPECT_NEAR(header.trial_correlation, 1.0, 1e-12);
}

TEST(Trials, TwoRunsOfOneConfigurationWithOtherOptionsAreTwoTrials) {
    const tests::TemporaryFolder folder;
    const auto log = folder.path() / "trials.jsonl";
    ports::Report first = trial("a", 0.001);
    first.header.run_hash = "all of 2018";
    ASSERT_TRUE(log_trial(log, first).has_value());
    ports::ReportHeader header = trial("a", 0.0).header;
    header.run_hash = "all of 2019";
    ASSERT_TRUE(count_trials(log, header).has_value());
    EXPECT_EQ(header.trials, 2U);
    header.run_hash = "all of 2018";
    ASSERT_TRUE(count_trials(log, header).has_value());
    EXPECT_EQ(header.trials, 1U);
}

TEST(Trials, AMissingLogIsEmpty) {
    const tests::TemporaryFolder folder;
    ports::ReportHeader header;
    header.trials = 9;
    ASSERT_TRUE(count_trials(folder.path() / "none.jsonl", header).has_value());
    EXPECT_EQ(header.trials, 1U);
    EXPECT_TRUE(header.trial_sharpes.empty());
}

TEST(Trials, ADamagedLineIsNamed) {
    const tests::TemporaryFolder folder;
    const auto log = folder.path() / "trials.jsonl";
    ASSERT_TRUE(log_trial(log, trial("a", 0.0)).has_value());
    std::ofstream{log, std::ios::app} << "{\"tape\": \n";
    ports::ReportHeader header;
    const auto counted = count_trials(log, header);
    ASSERT_FALSE(counted.has_value());
    EXPECT_EQ(counted.error().code, ErrorCode::corrupt);
    EXPECT_THAT(counted.error().message, testing::HasSubstr("trials.jsonl:2"));
}

TEST(Trials, ALogThatCannotBeWrittenIsAnError) {
    const tests::TemporaryFolder folder;
    EXPECT_FALSE(log_trial(folder.path(), trial("a", 0.0)).has_value());
}

} // namespace
} // namespace grekko::report
