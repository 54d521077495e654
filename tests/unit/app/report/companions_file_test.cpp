#include "app/report/companions_file.hpp"

#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"

namespace grekko::app {
namespace {

using grekko::tests::TemporaryFolder;

TEST(CompanionsFile, GivesBackWhatWasWritten) {
    const TemporaryFolder folder;
    report::Companions companions;
    companions.reruns.push_back({"fees × 1.5", -0.1234567890123456, -12.3, 0.7, 31});
    companions.reruns.push_back({"size × 10", 0.1, 4.0, std::nullopt, 30});
    companions.daily_without_vote = {0.1, -1.0 / 3.0};
    ASSERT_TRUE(write_companions(folder.path(), companions));
    const auto read = read_companions(folder.path());
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(read->reruns.size(), 2U);
    EXPECT_EQ(read->reruns[0].name, "fees × 1.5");
    EXPECT_EQ(read->reruns[0].total, companions.reruns[0].total);
    EXPECT_EQ(read->reruns[0].net, -12.3);
    EXPECT_EQ(read->reruns[0].sharpe, 0.7);
    EXPECT_EQ(read->reruns[0].round_trips, 31U);
    EXPECT_FALSE(read->reruns[1].sharpe);
    EXPECT_EQ(read->daily_without_vote, companions.daily_without_vote);
}

TEST(CompanionsFile, NoFileIsNoReRuns) {
    const TemporaryFolder folder;
    const auto read = read_companions(folder.path());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_TRUE(read->reruns.empty());
}

TEST(CompanionsFile, ADamagedFileIsNamedWithWhatToDo) {
    const TemporaryFolder folder;
    for (const char* text : {"", "[]", "{", R"({"reruns": [{"name": 1}]})"}) {
        folder.write("reruns.json", text);
        const auto read = read_companions(folder.path());
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().code, ErrorCode::invalid_input);
        EXPECT_NE(read.error().message.find("reruns.json"), std::string::npos);
        EXPECT_NE(read.error().message.find("grekko report --reruns"), std::string::npos);
    }
}

TEST(CompanionsFile, AFolderThatIsNotThereIsAnErrorThatNamesTheFile) {
    const TemporaryFolder folder;
    const auto written = write_companions(folder / "missing", {});
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::io_error);
    EXPECT_NE(written.error().message.find("missing/reruns.json"), std::string::npos);
}

} // namespace
} // namespace grekko::app
