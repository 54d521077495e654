#include <gtest/gtest.h>

#include "unit/core/agents/desk.hpp"

namespace grekko::agents {
namespace {

std::vector<int> ids(std::span<const AgentId> agents) {
    std::vector<int> out;
    for (const AgentId id : agents)
        out.push_back(id.value());
    return out;
}

TEST(Index, ListsWhoIsAskedAboutWhatByInstrumentAndKind) {
    Desk desk(2);
    const AgentId id = desk.hire("bars only");
    desk.start(id);
    desk.emit(events::AgentSubscribed{
        .agent = id, .instrument = btc, .bars = {Duration::hours(1), Duration::minutes(5)}});
    EXPECT_EQ(ids(subscribers(desk.state, btc, Kind::trade)), (std::vector{1, 2}));
    EXPECT_EQ(ids(subscribers(desk.state, btc, Kind::quote)), (std::vector{1, 2}));
    EXPECT_EQ(ids(subscribers(desk.state, btc, Kind::book)), (std::vector{1, 2}));
    EXPECT_EQ(ids(voters(desk.state, btc)), (std::vector{1, 2}));
    EXPECT_EQ(bar_subscribers(desk.state, btc, Duration::hours(1)).size(), 3U);
    const auto minutes = bar_subscribers(desk.state, btc, Duration::minutes(5));
    ASSERT_EQ(minutes.size(), 1U);
    EXPECT_EQ(minutes[0].agent, id);
    EXPECT_TRUE(bar_subscribers(desk.state, btc, Duration::minutes(1)).empty());
    EXPECT_TRUE(subscribers(desk.state, eth, Kind::trade).empty());
    EXPECT_TRUE(voters(desk.state, InstrumentId{19'999}).empty());
}

TEST(Index, HoldsOnlyAgentsThatRun) {
    Desk desk(3);
    desk.set_status(AgentId{2}, AgentStatus::disabled);
    EXPECT_EQ(ids(subscribers(desk.state, btc, Kind::trade)), (std::vector{1, 3}));
    EXPECT_EQ(bar_subscribers(desk.state, btc, Duration::hours(1)).size(), 2U);
    desk.set_status(AgentId{2}, AgentStatus::active);
    desk.set_status(AgentId{3}, AgentStatus::absent);
    EXPECT_EQ(ids(voters(desk.state, btc)), (std::vector{1, 2, 3})) << "absent: as a shadow";
    desk.start(AgentId{1}, "", CutKind::stop);
    EXPECT_EQ(ids(voters(desk.state, btc)), (std::vector{2, 3}));
}

TEST(Index, ANewGenerationStartsWithItsOwnWishes) {
    Desk desk(1);
    const auto change = cut(desk.state, {.agent = AgentId{1},
                                         .kind = CutKind::reload,
                                         .generation = Generation{9},
                                         .code_hash = "new"});
    desk.emit(change->generation, change->status);
    EXPECT_TRUE(voters(desk.state, btc).empty());
    desk.emit(events::AgentSubscribed{.agent = AgentId{1}, .instrument = eth, .votes = true});
    EXPECT_TRUE(voters(desk.state, btc).empty());
    EXPECT_EQ(ids(voters(desk.state, eth)), std::vector{1});
}

} // namespace
} // namespace grekko::agents
