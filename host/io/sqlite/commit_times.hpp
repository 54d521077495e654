// CommitTimes: how long the commits of the last seconds took, as their 99th percentile. One thread
// adds, any may read. It judges nothing: the engine knows what is slow.
// SqliteJournal keeps one.
#pragma once

#include <array>
#include <atomic>
#include <chrono>

#include "base/instant.hpp"

namespace grekko::sqlite {

class CommitTimes {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr Clock::duration window = std::chrono::seconds{5};

    // [writer] A commit ended at `at`.
    void add(Clock::time_point at, Clock::duration took);
    // [any] Zero where none ended within the window before `now`.
    Duration p99(Clock::time_point now) const;

private:
    struct Commit {
        Clock::time_point at;
        Clock::duration took{};
    };
    static constexpr std::size_t kept = 128;

    std::array<Commit, kept> ring_{}; // of the writer
    std::size_t next_{0};
    std::atomic<Clock::rep> p99_{0};
    std::atomic<Clock::rep> last_at_{0};
};

} // namespace grekko::sqlite
