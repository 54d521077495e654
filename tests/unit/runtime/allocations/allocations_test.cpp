// No memory is asked for, and the kernel for nothing, on the way of a market record that nobody
// answers: after a warm-up, calls of operator new are counted, and system calls forbidden, while
// records go from the tape through the driver and the engine.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstddef>
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

// Buys once and then only listens: every mark revalues its position and looks at its stop.
struct Holds {
    std::uint64_t seen{0};
    void operator()(const Ask& ask, const ports::AgentView& view, std::vector<Action>& out) {
        if (ask.head.kind != AskKind::trade || ++seen != 12'000) return;
        out.push_back(test::target(0.05_d, view.market(test::btc, VenueId{}).mark.price));
    }
};
using Holder = NativeAgent<Holds>;

MadeTape::Shape with_quotes() {
    MadeTape::Shape shape;
    shape.quotes = true;
    shape.jump = 4_price;
    return shape;
}

// Two hours of market at a second a step, so that volatility is known and the order passes.
void hold_a_position(EngineLoad& load) {
    load.run(13'000);
    ASSERT_EQ(load.venue.orders, 1U);
    ASSERT_TRUE(load.engine.book(load.driver.now()).nav.is_positive());
}

TEST(Allocations, AreNoneWhileAPositionIsHeldAndMarked) {
    Holder agent{"holder", Holder::Wants::trades, {}};
    MadeTape::Shape shape = with_quotes();
    shape.step = Duration::seconds(1);
    EngineLoad load{shape};
    load.open({&agent});
    hold_a_position(load);
    // Ten seconds within a minute: the last one ended when (13 000 - 1) % 60 was 0.
    EXPECT_EQ(counted_over(load, 10), 0U);
}

// Ends in a process of its own that may do nothing but end: any other call of the kernel kills it.
template <class Work>
int alone_without_system_calls(Work&& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        sock_filter rules[]{
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
            BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 1),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
            BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        };
        sock_fprog program{std::size(rules), rules};
        const bool armed = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                           ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
        if (!armed) ::_exit(2);
        work();
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

TEST(SystemCalls, AreSeenAtAll) {
    const int status = alone_without_system_calls([] { ::syscall(SYS_getppid); });
    if (WIFEXITED(status) && WEXITSTATUS(status) == 2) GTEST_SKIP() << "no seccomp here";
    EXPECT_TRUE(WIFSIGNALED(status));
}

TEST(SystemCalls, AreNoneOnATickThatAnAgentIsAskedAbout) {
    Cross agent{"ema", Cross::Wants::trades, EmaCross{false}};
    EngineLoad load{with_quotes()};
    load.open({&agent});
    load.run(warm_up);
    const int status = alone_without_system_calls([&] { load.run(measured); });
    if (WIFEXITED(status) && WEXITSTATUS(status) == 2) GTEST_SKIP() << "no seccomp here";
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

} // namespace
} // namespace grekko::bench
