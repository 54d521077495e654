// covers: apply.cpp, apply_votes.cpp, access.cpp, state.hpp
#include <gtest/gtest.h>

#include "unit/core/agents/desk.hpp"

namespace grekko::agents {
namespace {

void a_busy_day(Desk& desk) {
    std::vector<IntentId> rounds;
    for (int i = 0; i < 30; ++i) {
        desk.pass(Duration::seconds(7));
        rounds.push_back(desk.observed(2, i % 3 == 0 ? Ballot::reject : Ballot::approve, 0.4_rate,
                                       i % 2 == 0 ? 95_price : Price{}));
        if (i % 2 == 0) desk.miss(rounds.back());
        if (i % 4 == 3) desk.judge(rounds[static_cast<std::size_t>(i) / 2], 100.7_price);
    }
    desk.emit(events::AgentTimerSet{.id = TimerId{1}, .agent = AgentId{2}, .name = 5});
    desk.start(AgentId{3}, "code of 2", CutKind::reload);
    desk.set_status(AgentId{4}, AgentStatus::disabled);
    for (int i = 0; i < 20; ++i) {
        const auto failed = fault(desk.state, desk.settings, {.agent = AgentId{5}}, desk.now());
        desk.emit(failed->faulted, failed->status);
    }
    desk.open_round();
}

TEST(Apply, EventsAloneRebuildTheState) {
    Desk desk(5);
    a_busy_day(desk);
    EXPECT_FALSE(desk.state.observed.empty());
    EXPECT_EQ(archive_save(desk.folded()), archive_save(desk.state));
}

TEST(Apply, ASnapshotHoldsEverything) {
    Desk desk(5);
    a_busy_day(desk);
    State restored;
    ASSERT_TRUE(archive_load(restored, archive_save(desk.state)));
    EXPECT_EQ(archive_save(restored), archive_save(desk.state));
}

TEST(Apply, FaultsKeptAreBounded) {
    Desk desk(1);
    for (std::size_t i = 0; i < limits::faults_kept_max + 4; ++i) {
        desk.emit(events::AgentFaulted{.agent = AgentId{1}});
    }
    EXPECT_EQ(desk.agent(AgentId{1}).faults.size(), limits::faults_kept_max);
}

TEST(Apply, ATimerFiresOnceAndIsReplacedByItsName) {
    Desk desk(1);
    const auto set = [&](std::uint64_t id, std::uint64_t name) {
        desk.emit(events::AgentTimerSet{.id = TimerId{id}, .agent = AgentId{1}, .name = name});
    };
    const auto fired = [](std::uint64_t id) {
        return TimerFired{.id = TimerId{id}, .kind = TimerKind::agent, .agent = AgentId{1}};
    };
    set(1, 7);
    set(2, 8);
    set(3, 7);
    EXPECT_EQ(timers(desk.state, AgentId{1}).size(), 2U);
    EXPECT_FALSE(timer_pending(desk.state, fired(1)));
    EXPECT_TRUE(timer_pending(desk.state, fired(3)));
    desk.emit(fired(3));
    EXPECT_FALSE(timer_pending(desk.state, fired(3)));
    desk.set_status(AgentId{1}, AgentStatus::disabled);
    EXPECT_FALSE(timer_pending(desk.state, fired(2))) << "it does not run";
    EXPECT_TRUE(timers(desk.state, AgentId{9}).empty());
}

} // namespace
} // namespace grekko::agents
