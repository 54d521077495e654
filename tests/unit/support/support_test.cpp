#include "support/free_port.hpp"
#include "support/golden.hpp"
#include "support/recorded_data.hpp"
#include "support/temporary_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

namespace grekko::tests {
namespace {

// Sets an environment variable for one scope and puts the old value back.
class Variable {
public:
    Variable(const char* name, const char* value) : name_{name} {
        if (const char* old = std::getenv(name); old != nullptr) {
            old_ = old;
            was_set_ = true;
        }
        ::setenv(name, value, 1);
    }
    ~Variable() {
        if (was_set_) {
            ::setenv(name_, old_.c_str(), 1);
        } else {
            ::unsetenv(name_);
        }
    }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* name_;
    std::string old_;
    bool was_set_{};
};

TEST(TemporaryFolder, IsRemovedWithEverythingInIt) {
    std::filesystem::path path;
    {
        const TemporaryFolder folder;
        path = folder.path();
        const auto file = folder.write("below/it/a.txt", "bytes");
        EXPECT_EQ(read_file(file), "bytes");
        EXPECT_TRUE(std::filesystem::exists(path / "below"));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TemporaryFolder, IsAnotherOneEachTime) {
    const TemporaryFolder one;
    const TemporaryFolder other;
    EXPECT_NE(one.path(), other.path());
}

TEST(RecordedData, IsWhereTheEnvironmentSays) {
    const TemporaryFolder folder;
    folder.write("ohlcv/bars.csv", "");
    const Variable data{"GREKKO_DATA", folder.path().c_str()};
    EXPECT_TRUE(data_exists("ohlcv/bars.csv"));
    EXPECT_FALSE(data_exists("ohlcv/other.csv"));
}

TEST(RecordedData, IsBesideTheSourceFolderByDefault) {
    const Variable data{"GREKKO_DATA", ""};
    const auto beside = std::filesystem::path{GREKKO_SOURCE_DIR}.parent_path();
    EXPECT_EQ(data_folder(), beside / "shared/data");
}

TEST(Golden, TellsTheLineOfTheFirstDifference) {
    const TemporaryFolder folder;
    const auto file = folder.write("a.txt", "one\ntwo\nthree\n");
    EXPECT_TRUE(matches_file(file, "one\ntwo\nthree\n", false));
    const auto result = matches_file(file, "one\ntoo\nthree\n", false);
    EXPECT_FALSE(result);
    EXPECT_NE(std::string{result.message()}.find("line 2: expected `two`, got `too`"),
              std::string::npos)
        << result.message();
}

TEST(Golden, FailsWithoutAFileAndWritesItWhenAsked) {
    const TemporaryFolder folder;
    EXPECT_FALSE(matches_file(folder / "new/b.txt", "text", false));
    EXPECT_TRUE(matches_file(folder / "new/b.txt", "text", true));
    EXPECT_EQ(read_file(folder / "new/b.txt"), "text");
}

TEST(Golden, SeesATextThatIsOnlyLonger) {
    const TemporaryFolder folder;
    const auto file = folder.write("a.txt", "one\n");
    EXPECT_FALSE(matches_file(file, "one\ntwo\n", false));
    EXPECT_FALSE(matches_file(file, "", false));
}

TEST(FreePort, GivesAPortThatCanBeBound) {
    EXPECT_GT(free_port(), 1023);
}

} // namespace
} // namespace grekko::tests
