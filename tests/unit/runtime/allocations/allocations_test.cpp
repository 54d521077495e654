// No memory is asked for on the way of a market record that nobody answers: after a warm-up, calls
// of operator new are counted while records go from the tape through the driver and the engine.
#include <atomic>
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "bench/engine_load.hpp"

namespace {
std::atomic<std::uint64_t> allocations{0};

void* counted(std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc{};
}
} // namespace

void* operator new(std::size_t size) {
    return counted(size);
}
void* operator new[](std::size_t size) {
    return counted(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace grekko::bench {
namespace {

using Cross = NativeAgent<EmaCross>;

// A few seconds of records a second apart in time: no minute turns while it counts.
std::uint64_t counted_over(EngineLoad& load, std::uint64_t steps) {
    const std::uint64_t before = allocations;
    load.run(steps);
    return allocations - before;
}

// 65 s of warm-up, then 4 s within the same minute.
constexpr std::uint64_t warm_up = 6'500, measured = 400;

TEST(Allocations, AreCountedAtAll) {
    const std::uint64_t before = allocations;
    const auto some = std::make_unique<int>(1);
    EXPECT_EQ(allocations - before, *some);
}

TEST(Allocations, AreNoneOnATradeThatNobodyAskedFor) {
    EngineLoad load{{}};
    load.open({});
    load.run(warm_up);
    EXPECT_EQ(counted_over(load, measured), 0U);
}

TEST(Allocations, AreNoneOnQuotesAndTradesThatNobodyAskedFor) {
    MadeTape::Shape shape;
    shape.quotes = true;
    EngineLoad load{shape};
    load.open({});
    load.run(warm_up);
    EXPECT_EQ(counted_over(load, measured), 0U);
}

TEST(Allocations, AreNoneWhereAnAgentIsAskedAndAnswersNothing) {
    Cross agent{"ema", Cross::Wants::trades, EmaCross{false}};
    EngineLoad load{{}};
    load.open({&agent});
    load.run(warm_up);
    const std::uint64_t asked = agent.asked;
    EXPECT_EQ(counted_over(load, measured), 0U);
    EXPECT_EQ(agent.asked - asked, measured);
}

} // namespace
} // namespace grekko::bench
