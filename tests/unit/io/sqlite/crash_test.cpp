// covers: journal.cpp, writer.cpp
#include <csignal>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "unit/io/sqlite/open_journal.hpp"

namespace grekko::sqlite {
namespace {

using tests::TemporaryFolder;

// Appends and syncs until it is killed, and tells through the pipe what was synced.
[[noreturn]] void write_until_killed(const TemporaryFolder& folder, int pipe) {
    auto journal = SqliteJournal::open(folder / "journal.db", tests::small_options());
    if (!journal) ::_exit(1);
    std::uint64_t last = (*journal)->head().last.value();
    for (;;) {
        for (int i = 0; i < 5; ++i, last += 3) {
            if (!(*journal)->append(tests::make_batch(last + 1, 3).view(), false)) ::_exit(2);
        }
        if (!(*journal)->sync(Sequence{last})) ::_exit(3);
        if (::write(pipe, &last, sizeof last) != sizeof last) ::_exit(4);
    }
}

// Starts a writer, kills it after `rounds` of its syncs; returns the last sequence that it synced.
std::uint64_t run_and_kill(const TemporaryFolder& folder, int rounds) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) write_until_killed(folder, ends[1]);
    ::close(ends[1]);
    std::uint64_t synced = 0;
    std::uint64_t seen = 0;
    for (int i = 0; i < rounds && ::read(ends[0], &seen, sizeof seen) == sizeof seen; ++i) {
        synced = seen;
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    while (::read(ends[0], &seen, sizeof seen) == sizeof seen)
        synced = seen;
    ::close(ends[0]);
    return synced;
}

TEST(JournalCrash, LosesNothingThatWasSyncedWhenItsProcessIsKilled) {
    const TemporaryFolder folder;
    std::uint64_t before = 0;
    for (int round = 0; round < 20; ++round) {
        const std::uint64_t synced = run_and_kill(folder, 1 + round % 7);
        ASSERT_GT(synced, before);
        const auto report = verify(folder / "journal.db");
        ASSERT_TRUE(report.has_value()) << report.error().message;
        ASSERT_TRUE(report->holds()) << report->fault->message;
        EXPECT_GE(report->head.last, Sequence{synced});
        before = report->head.last.value();
    }
    EXPECT_EQ(tests::sequences_in(folder), before);
}

TEST(JournalCrash, KeepsASecondProcessOut) {
    const TemporaryFolder folder;
    const auto journal = tests::open_journal(folder);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto second = SqliteJournal::open(folder / "journal.db", tests::small_options());
        const std::string owner = "process " + std::to_string(::getppid()) + " on ";
        const bool refused = !second && second.error().code == ErrorCode::in_use &&
                             second.error().message.find(owner) != std::string::npos;
        ::_exit(refused ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
}

// A small journal, closed: everything is in the database.
class JournalDamage : public testing::Test {
protected:
    void SetUp() override {
        tests::append(*tests::open_journal(folder_), 1, 12);
        whole_ = tests::read_file(path_);
    }
    // What a reader gets out of the file as it is: a prefix of the truth, and whether it was told
    // that something is wrong.
    bool complete_or_refused() {
        std::uint64_t next = 1;
        bool wrong = false;
        const auto read = read_journal(path_, Sequence{}, [&](const ports::Batch& batch) {
            const auto count = batch.last.value() - batch.first.value() + 1;
            const auto expected = tests::make_batch(next, count);
            wrong = wrong || batch.first.value() != next ||
                    !std::ranges::equal(expected.payload, batch.payload);
            next += count;
            return Result<void>{};
        });
        const auto report = verify(path_);
        const bool refused = !report || !report->holds();
        const bool complete = read.has_value() && next == 13;
        return !wrong && (complete || refused);
    }
    TemporaryFolder folder_;
    std::filesystem::path path_{folder_ / "journal.db"};
    std::string whole_;
};

TEST_F(JournalDamage, IsFoundWhereverAByteIsFlipped) {
    std::fstream file{path_, std::ios::binary | std::ios::in | std::ios::out};
    const auto put = [&](std::size_t at, char byte) {
        file.seekp(static_cast<std::streamoff>(at));
        file.put(byte).flush();
    };
    // Every byte that is not padding; the rest of the file cannot hold anything.
    for (std::size_t at = 0; at < whole_.size(); ++at) {
        if (whole_[at] == 0 && at % 61 != 0) continue;
        put(at, static_cast<char>(whole_[at] ^ (1 << (at % 8))));
        EXPECT_TRUE(complete_or_refused()) << "byte " << at;
        put(at, whole_[at]);
    }
    EXPECT_TRUE(verify(path_)->holds());
}

TEST_F(JournalDamage, IsFoundWhereverTheFileIsCutOff) {
    for (std::size_t size = 0; size < whole_.size(); size += size % 4'096 < 3 ? 1 : 509) {
        folder_.write("journal.db", whole_.substr(0, size));
        EXPECT_TRUE(complete_or_refused()) << "size " << size;
    }
}

TEST_F(JournalDamage, InTheLogOfADeadProcessIsFound) {
    const TemporaryFolder crashed;
    const Sequence synced{run_and_kill(crashed, 3)};
    const std::string log = tests::read_file(crashed / "journal.db-wal");
    ASSERT_GT(log.size(), 8'192U);
    // What was written after the last sync is promised to nobody: the kill may cut it off as well.
    ASSERT_GE(verify(crashed / "journal.db")->head.last, synced);
    // Verification does not change the log: it is there to be damaged again and again.
    for (std::size_t at = 32; at < log.size(); at += 997) {
        std::string damaged = log;
        damaged[at] = static_cast<char>(damaged[at] ^ 16);
        crashed.write("journal.db-wal", damaged);
        std::filesystem::remove(crashed / "journal.db-shm");
        const auto report = verify(crashed / "journal.db");
        EXPECT_TRUE(!report || !report->holds() || report->head.last >= synced) << "byte " << at;
    }
}

} // namespace
} // namespace grekko::sqlite
