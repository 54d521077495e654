#include "io/sqlite/commit_times.hpp"

#include <gtest/gtest.h>

namespace grekko::sqlite {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr CommitTimes::Clock::time_point begin{std::chrono::hours{1}};

TEST(CommitTimes, KnowNothingBeforeTheFirstCommit) {
    EXPECT_EQ(CommitTimes{}.p99(begin), Duration{});
}

TEST(CommitTimes, SayTheLongestOfAFew) {
    CommitTimes times;
    times.add(begin, milliseconds{2});
    times.add(begin + milliseconds{10}, milliseconds{150});
    times.add(begin + milliseconds{20}, milliseconds{3});
    EXPECT_EQ(times.p99(begin + milliseconds{30}), Duration::milliseconds(150));
}

TEST(CommitTimes, PassOverTheOneSlowestOfAHundred) {
    CommitTimes times;
    times.add(begin, milliseconds{900});
    for (int i = 1; i < 100; ++i)
        times.add(begin + milliseconds{i}, milliseconds{2});
    EXPECT_EQ(times.p99(begin + milliseconds{100}), Duration::milliseconds(2));
}

TEST(CommitTimes, ForgetWhatIsOlderThanTheirWindow) {
    CommitTimes times;
    times.add(begin, milliseconds{900});
    EXPECT_EQ(times.p99(begin + seconds{4}), Duration::milliseconds(900));
    EXPECT_EQ(times.p99(begin + seconds{6}), Duration{});
    times.add(begin + seconds{7}, milliseconds{1});
    EXPECT_EQ(times.p99(begin + seconds{7}), Duration::milliseconds(1));
}

} // namespace
} // namespace grekko::sqlite
