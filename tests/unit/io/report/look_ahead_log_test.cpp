#include "io/report/look_ahead_log.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"

namespace grekko::report {
namespace {

using testing::HasSubstr;

class LookAheadLog : public testing::Test {
protected:
    void keep(const std::string& tape, std::vector<std::string> agents, bool passed) {
        const std::string summary = passed ? "passed (50 cuts)" : "FAILED: cut";
        ASSERT_TRUE(log_look_ahead(log, {tape, std::move(agents), passed, summary}));
    }
    std::string line(const std::string& tape, const std::vector<std::string>& agents) {
        ports::ReportHeader header;
        header.tape_hashes = {tape};
        const auto found = look_ahead_line(log, header, agents);
        return found ? *found : found.error().message;
    }

    const tests::TemporaryFolder folder;
    const std::filesystem::path log{folder.path() / "look-ahead.jsonl"};
};

TEST_F(LookAheadLog, IsNotRunWithoutALine) {
    EXPECT_EQ(line("btc", {"ema c1 p1"}), "not run");
}

TEST_F(LookAheadLog, SaysTheVerdictOfTheSameCodeAndParametersOnTheSameTape) {
    keep("btc", {"ema c1 p1", "fade c2 p2"}, true);
    EXPECT_EQ(line("btc", {"ema c1 p1"}), "passed (50 cuts)");
    EXPECT_EQ(line("btc", {"ema c1 p1", "fade c2 p2"}), "passed (50 cuts)");
    EXPECT_EQ(line("btc", {"ema c9 p1"}), "not run") << "other code was never tested";
    EXPECT_EQ(line("btc", {"ema c1 p9"}), "not run") << "nor were other parameters";
}

TEST_F(LookAheadLog, TakesTheNewestAndTheOwnTapeBeforeAnother) {
    keep("btc", {"ema c1 p1"}, true);
    keep("btc", {"ema c1 p1"}, false);
    keep("eth", {"ema c1 p1"}, true);
    EXPECT_EQ(line("btc", {"ema c1 p1"}), "FAILED: cut");
    EXPECT_EQ(line("sol", {"ema c1 p1"}), "passed (50 cuts), on another tape");
}

TEST_F(LookAheadLog, NamesTheAgentsWhereTheyDiffer) {
    keep("btc", {"ema c1 p1"}, true);
    EXPECT_EQ(line("btc", {"ema c1 p1", "fade c2 p2"}), "ema: passed (50 cuts); fade: not run");
}

TEST_F(LookAheadLog, ADamagedLineIsNamed) {
    keep("btc", {"ema c1 p1"}, true);
    std::ofstream{log, std::ios::app} << "{\"tape\": 3\n";
    EXPECT_THAT(line("btc", {"ema c1 p1"}), HasSubstr("look-ahead.jsonl:2: no look-ahead verdict"));
}

} // namespace
} // namespace grekko::report
