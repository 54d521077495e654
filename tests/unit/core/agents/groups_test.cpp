#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/agents/roster.hpp"
#include "unit/core/agents/desk.hpp"

namespace grekko::agents {
namespace {

TEST(Groups, EqualCodeOrAnOperatorPutsAgentsTogether) {
    Desk desk;
    for (int i = 1; i <= 5; ++i)
        desk.hire("agent " + std::to_string(i), i >= 4 ? 7 : 0);
    desk.start(AgentId{1}, "x");
    desk.start(AgentId{2}, "y");
    desk.start(AgentId{3}, "x");
    desk.start(AgentId{4}, "z");
    EXPECT_EQ(group(desk.state, AgentId{1}), group(desk.state, AgentId{3}));
    EXPECT_NE(group(desk.state, AgentId{1}), group(desk.state, AgentId{2}));
    EXPECT_EQ(group(desk.state, AgentId{4}), group(desk.state, AgentId{5}));
    desk.start(AgentId{5}, "y"); // links the operator's group with those of equal code
    EXPECT_EQ(group(desk.state, AgentId{2}), group(desk.state, AgentId{4}));
    desk.start(AgentId{5}, "w", CutKind::reload);
    EXPECT_NE(group(desk.state, AgentId{2}), group(desk.state, AgentId{4}));
    EXPECT_EQ(group(desk.state, AgentId{99}), 0);
}

TEST(Groups, JoiningOneByOneEqualsGroupingAllAtOnce) {
    EXPECT_TRUE(rc::check([] {
        Desk desk;
        const int count = *rc::gen::inRange(1, 12);
        for (int i = 1; i <= count; ++i) {
            const auto together = *rc::gen::element<std::uint32_t>(0, 0, 1, 2);
            const AgentId id = desk.hire("agent " + std::to_string(i), together);
            if (*rc::gen::inRange(0, 2) == 0)
                desk.start(id, *rc::gen::element<std::string>("a", "b", "c"));
        }
        const auto change = static_cast<std::uint16_t>(*rc::gen::inRange(1, count + 1));
        desk.start(AgentId{change}, *rc::gen::element<std::string>("a", "b", "d"), CutKind::reload);
        State at_once = desk.state;
        regroup(at_once);
        for (std::size_t i = 0; i < at_once.roster.size(); ++i) {
            RC_ASSERT(at_once.roster[i].group == desk.state.roster[i].group);
        }
    }));
}

} // namespace
} // namespace grekko::agents
