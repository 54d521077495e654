#include "io/sqlite/lock.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "support/temporary_folder.hpp"

namespace grekko::sqlite {
namespace {

using tests::TemporaryFolder;

TEST(Lock, NamesTheProcessThatHoldsIt) {
    const TemporaryFolder folder;
    const auto first = Lock::take(folder / "journal.db");
    ASSERT_TRUE(first.has_value());
    const auto second = Lock::take(folder / "journal.db");
    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, ErrorCode::in_use);
    const std::string owner = "process " + std::to_string(::getpid()) + " on ";
    EXPECT_NE(second.error().message.find(owner), std::string::npos) << second.error().message;
}

TEST(Lock, IsFreeWhenItsOwnerIsGone) {
    const TemporaryFolder folder;
    {
        ASSERT_TRUE(Lock::take(folder / "journal.db").has_value());
    }
    EXPECT_TRUE(Lock::take(folder / "journal.db").has_value());
}

TEST(Lock, HoldsAgainstAnotherProcess) {
    const TemporaryFolder folder;
    const auto lock = Lock::take(folder / "journal.db");
    ASSERT_TRUE(lock.has_value());
    const pid_t child = ::fork();
    if (child == 0) {
        const auto second = Lock::take(folder / "journal.db");
        ::_exit(!second && second.error().code == ErrorCode::in_use ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
}

TEST(Lock, KeepsTheMark) {
    const TemporaryFolder folder;
    Hash chain{};
    chain[3] = std::byte{9};
    {
        auto lock = Lock::take(folder / "journal.db");
        EXPECT_FALSE(lock->mark().has_value());
        lock->set_mark({41, {}});
        lock->set_mark({42, chain});
        EXPECT_EQ(lock->mark()->last, 42U);
    }
    const auto kept = Lock::read_mark(folder / "journal.db");
    ASSERT_TRUE(kept.has_value());
    EXPECT_EQ(kept->last, 42U);
    EXPECT_EQ(kept->chain, chain);
    EXPECT_FALSE(Lock::read_mark(folder / "other.db").has_value());
}

TEST(Lock, FallsBackToTheMarkBeforeATornOne) {
    const TemporaryFolder folder;
    const auto path = folder / "journal.db.lock";
    {
        auto lock = Lock::take(folder / "journal.db");
        lock->set_mark({41, {}});
        lock->set_mark({42, {}});
    }
    std::string bytes = tests::read_file(path);
    bytes[bytes.find(std::string{"\x2A\0\0\0\0\0\0\0", 8})] = 43;
    folder.write("journal.db.lock", bytes);
    EXPECT_EQ(Lock::read_mark(folder / "journal.db")->last, 41U);
}

} // namespace
} // namespace grekko::sqlite
