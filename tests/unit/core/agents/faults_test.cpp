#include <gtest/gtest.h>

#include "unit/core/agents/desk.hpp"

namespace grekko::agents {
namespace {

// True if this fault switched the agent off.
bool fail(Desk& desk) {
    const auto result = fault(desk.state, desk.settings,
                              {.agent = AgentId{1}, .kind = FaultKind::error}, desk.now());
    desk.emit(result->faulted, result->status);
    return result->status.has_value();
}
Instant switch_off(Desk& desk) {
    for (int i = 0; i < 4; ++i)
        EXPECT_FALSE(fail(desk));
    EXPECT_TRUE(fail(desk));
    return desk.agent(AgentId{1}).retry_at;
}
void come_back(Desk& desk) {
    for (const auto& change : returns(desk.state, desk.now()))
        desk.emit(change);
}

TEST(Faults, FiveInTenMinutesSwitchAnAgentOff) {
    Desk desk(1);
    switch_off(desk);
    EXPECT_EQ(desk.agent(AgentId{1}).status, AgentStatus::error);
    EXPECT_FALSE(runs(desk.state, AgentId{1}));
    EXPECT_FALSE(fail(desk)) << "it is off already";
}

TEST(Faults, FiveInMoreThanTenMinutesDoNot) {
    Desk desk(1);
    for (int i = 0; i < 20; ++i) {
        EXPECT_FALSE(fail(desk));
        desk.pass(Duration::minutes(2) + Duration::seconds(30)); // 4 within any 10 minutes
    }
}

TEST(Faults, ItReturnsLaterEachTimeAndTheThirdTimeNotByItself) {
    Desk desk(1);
    const Instant first = switch_off(desk);
    EXPECT_EQ(first, desk.now() + Duration::minutes(5));
    EXPECT_EQ(next_return(desk.state), first);
    EXPECT_TRUE(returns(desk.state, desk.now()).empty());
    desk.pass(Duration::minutes(5));
    come_back(desk);
    EXPECT_EQ(desk.agent(AgentId{1}).status, AgentStatus::active);
    EXPECT_TRUE(next_return(desk.state).is_none());
    EXPECT_EQ(switch_off(desk), desk.now() + Duration::minutes(10));
    desk.pass(Duration::minutes(10));
    come_back(desk);
    EXPECT_TRUE(switch_off(desk).is_none());
    desk.pass(Duration::hours(1));
    EXPECT_TRUE(returns(desk.state, desk.now()).empty());
    desk.emit(*switch_agent(desk.state, {.kind = CommandKind::agent_enable, .agent = AgentId{1}}));
    desk.pass(Duration::days(1));
    EXPECT_EQ(switch_off(desk), desk.now() + Duration::minutes(5)) << "a new day";
}

TEST(Faults, OfNobodyAreNothing) {
    EXPECT_FALSE(fault(State{}, Settings{}, {.agent = AgentId{1}}, Instant{}));
}

} // namespace
} // namespace grekko::agents
