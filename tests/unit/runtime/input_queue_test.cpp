#include "runtime/input_queue.hpp"

#include <gtest/gtest.h>

namespace grekko::runtime {
namespace {

Input timer(std::int64_t seconds, std::uint64_t id) {
    TimerFired fired;
    fired.id = TimerId{id};
    return Input{Instant::from_seconds(seconds), fired};
}

std::uint64_t id_of(const Input& input) {
    return std::get<TimerFired>(input.body).id.value();
}

TEST(InputQueue, GivesTheEarliestFirst) {
    InputQueue queue;
    queue.push(timer(3, 1));
    queue.push(timer(1, 2));
    queue.push(timer(2, 3));
    EXPECT_EQ(queue.next_at(), Instant::from_seconds(1));
    EXPECT_EQ(id_of(queue.pop()), 2U);
    EXPECT_EQ(id_of(queue.pop()), 3U);
    EXPECT_EQ(id_of(queue.pop()), 1U);
    EXPECT_FALSE(queue.next_at().has_value());
}

TEST(InputQueue, KeepsTheOrderOfEqualInstants) {
    InputQueue queue;
    for (std::uint64_t i = 1; i <= 100; ++i)
        queue.push(timer(5, i));
    for (std::uint64_t i = 1; i <= 100; ++i)
        EXPECT_EQ(id_of(queue.pop()), i);
}

TEST(InputQueue, ForgetsEverythingWhenCleared) {
    InputQueue queue;
    queue.push(timer(1, 1));
    queue.clear();
    EXPECT_EQ(queue.size(), 0U);
}

} // namespace
} // namespace grekko::runtime
