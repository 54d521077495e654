#include "io/sqlite/commit_times.hpp"

#include <algorithm>

namespace grekko::sqlite {

void CommitTimes::add(Clock::time_point at, Clock::duration took) {
    ring_[next_] = {at, took};
    next_ = (next_ + 1) % kept;
    std::array<Clock::duration, kept> recent{};
    std::size_t count = 0;
    for (const Commit& commit : ring_) {
        const bool set = commit.at != Clock::time_point{};
        if (set && at - commit.at < window) recent[count++] = commit.took;
    }
    // Of fewer than a hundred the longest.
    const std::size_t rank = (count * 99 + 99) / 100 - 1;
    const auto place = recent.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(recent.begin(), place, recent.begin() + static_cast<std::ptrdiff_t>(count));
    p99_.store(place->count(), std::memory_order_relaxed);
    last_at_.store(at.time_since_epoch().count(), std::memory_order_release);
}

Duration CommitTimes::p99(Clock::time_point now) const {
    const Clock::time_point last{Clock::duration{last_at_.load(std::memory_order_acquire)}};
    if (now - last >= window) return {};
    const Clock::duration p99{p99_.load(std::memory_order_relaxed)};
    return Duration::nanoseconds(std::chrono::nanoseconds{p99}.count());
}

} // namespace grekko::sqlite
