#include "base/queue.hpp"

#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace grekko {
namespace {

using namespace std::chrono_literals;

constexpr auto long_time = 60s; // ends a hung test, is never waited for

struct Message {
    std::uint64_t producer;
    std::uint64_t number;
    std::uint64_t check; // torn values do not match
};

Message message(std::uint64_t producer, std::uint64_t number) {
    return {producer, number, producer * 1'000'003 + number};
}

TEST(SpscRing, KeepsOrderAndRefusesWhenFull) {
    SpscRing<int> ring{4};
    for (int i = 0; i < 4; ++i)
        EXPECT_TRUE(ring.try_push(i));
    EXPECT_FALSE(ring.try_push(4));
    EXPECT_EQ(ring.refused(), 1U);
    EXPECT_EQ(ring.size(), 4U);
    int value = -1;
    EXPECT_TRUE(ring.try_pop(value));
    EXPECT_EQ(value, 0);
    EXPECT_TRUE(ring.try_push(5));
    std::vector<int> taken;
    EXPECT_EQ(ring.drain(2, [&](int v) { taken.push_back(v); }), 2U);
    EXPECT_EQ(ring.drain(100, [&](int v) { taken.push_back(v); }), 2U);
    EXPECT_EQ(taken, (std::vector<int>{1, 2, 3, 5}));
    EXPECT_FALSE(ring.try_pop(value));
    EXPECT_DEATH(SpscRing<int>{3}, "has_single_bit");
}

TEST(SpscRing, PassesEveryValueOnceBetweenTwoThreads) {
    constexpr std::uint64_t count = 200'000;
    SpscRing<Message> ring{64};
    std::thread producer{[&] {
        for (std::uint64_t i = 0; i < count; ++i) {
            while (!ring.try_push(message(0, i)))
                std::this_thread::yield();
        }
    }};
    std::uint64_t next = 0;
    while (next < count) {
        const std::size_t taken = ring.drain(16, [&](const Message& m) {
            EXPECT_EQ(m.number, next++);
            EXPECT_EQ(m.check, message(0, m.number).check);
        });
        if (taken == 0) std::this_thread::yield();
    }
    producer.join();
    EXPECT_EQ(ring.size(), 0U);
}

TEST(Mailbox, KeepsOrderAndRefusesWhenFull) {
    Mailbox<std::string> mailbox{2};
    EXPECT_TRUE(mailbox.try_push("a"));
    EXPECT_TRUE(mailbox.try_push(std::string("b")));
    std::string refused = "a text that is too long for the string's own buffer";
    const std::string copy = refused;
    EXPECT_FALSE(mailbox.try_push(std::move(refused)));
    EXPECT_EQ(refused, copy); // NOLINT: a refused value is still the caller's
    EXPECT_EQ(mailbox.refused(), 1U);
    EXPECT_EQ(mailbox.size(), 2U);
    std::vector<std::string> taken;
    const auto take = [&](std::string&& text) { taken.push_back(std::move(text)); };
    EXPECT_EQ(mailbox.drain(1, take), 1U);
    EXPECT_TRUE(mailbox.try_push("c"));
    EXPECT_EQ(mailbox.drain(10, take), 2U);
    EXPECT_EQ(mailbox.drain(10, take), 0U);
    EXPECT_EQ(taken, (std::vector<std::string>{"a", "b", "c"}));
}

TEST(Mailbox, HoldsOneValueAtCapacityOne) {
    Mailbox<int> mailbox{1};
    for (int i = 0; i < 10; ++i) {
        EXPECT_TRUE(mailbox.try_push(i));
        EXPECT_FALSE(mailbox.try_push(i));
        EXPECT_EQ(mailbox.drain(5, [&](int value) { EXPECT_EQ(value, i); }), 1U);
    }
}

TEST(Mailbox, PassesEveryValueOnceFromManyProducersInTheirOrder) {
    constexpr std::uint64_t producers = 3;
    constexpr std::uint64_t count = 40'000;
    Mailbox<Message> mailbox{128};
    std::vector<std::thread> threads;
    for (std::uint64_t p = 0; p < producers; ++p) {
        threads.emplace_back([&mailbox, p] {
            for (std::uint64_t i = 0; i < count; ++i) {
                while (!mailbox.try_push(message(p, i)))
                    std::this_thread::yield();
            }
        });
    }
    std::vector<std::uint64_t> next(producers);
    std::uint64_t total = 0;
    while (total < producers * count) {
        if (!mailbox.wait(long_time)) break;
        total += mailbox.drain(32, [&](Message&& m) {
            EXPECT_EQ(m.number, next[m.producer]++);
            EXPECT_EQ(m.check, message(m.producer, m.number).check);
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(total, producers * count);
}

// Each value is sent only when the one before has been answered, so that both sides go to sleep
// again and again: a lost wake-up would wait for the long time and fail.
TEST(Mailbox, LosesNoWakeUp) {
    constexpr int rounds = 5'000;
    Mailbox<int> there{4};
    Mailbox<int> back{4};
    std::thread echo{[&] {
        for (int i = 0; i < rounds; ++i) {
            if (!there.wait(long_time)) return;
            there.drain(1, [&](int value) { back.try_push(value); });
        }
    }};
    for (int i = 0; i < rounds; ++i) {
        ASSERT_TRUE(there.try_push(i));
        ASSERT_TRUE(back.wait(long_time));
        back.drain(1, [&](int value) { EXPECT_EQ(value, i); });
    }
    echo.join();
}

TEST(Mailbox, WaitEndsAtTheTimeoutAndAtWake) {
    Mailbox<int> mailbox{4};
    EXPECT_FALSE(mailbox.wait(0ns));
    EXPECT_FALSE(mailbox.wait(1ms));
    mailbox.wake(); // before the wait: it is not lost
    EXPECT_FALSE(mailbox.wait(long_time));
    std::thread waker{[&] { mailbox.wake(); }};
    EXPECT_FALSE(mailbox.wait(long_time));
    waker.join();
    EXPECT_TRUE(mailbox.try_push(1));
    EXPECT_TRUE(mailbox.wait(0ns));
}

} // namespace
} // namespace grekko
