#include <gtest/gtest.h>

#include "unit/core/agents/desk.hpp"

namespace grekko::agents {
namespace {

events::AgentRegistered candidate(const char* name) {
    return {.name = name, .risk_tolerance = 0.5_rate, .participation = 1_rate};
}
Command command(CommandKind kind, Rate value = {}) {
    return {.kind = kind, .agent = AgentId{1}, .value = value};
}

TEST(Roster, GivesEachNameOneId) { // G106, G112
    Desk desk;
    EXPECT_EQ(desk.hire("first"), AgentId{1});
    EXPECT_EQ(desk.hire("second"), AgentId{2});
    EXPECT_EQ(register_agent(desk.state, candidate("first")).refusal, RegisterRefusal::name_taken);
    EXPECT_EQ(find(desk.state, "second")->id, AgentId{2});
    EXPECT_EQ(find(desk.state, "third"), nullptr);
    EXPECT_EQ(find(desk.state, AgentId{3}), nullptr);
    EXPECT_EQ(find(desk.state, operator_agent), nullptr);
    EXPECT_EQ(configured(desk.state), 2U);
}

TEST(Roster, RefusesWhatCannotBeAnAgent) {
    const auto refused = [](auto change) {
        events::AgentRegistered asked = candidate("name");
        change(asked);
        return register_agent(State{}, asked).refusal;
    };
    EXPECT_EQ(refused([](auto&) {}), RegisterRefusal::none);
    EXPECT_EQ(refused([](auto& a) { a.name = ""; }), RegisterRefusal::name_empty);
    EXPECT_EQ(refused([](auto& a) { a.participation = 1.01_rate; }), RegisterRefusal::invalid);
    EXPECT_EQ(refused([](auto& a) { a.risk_tolerance = -0.01_rate; }), RegisterRefusal::invalid);
    EXPECT_EQ(refused([](auto& a) { a.allocation = -1_notional; }), RegisterRefusal::invalid);
    EXPECT_EQ(refused([](auto& a) { a.mode = Mode{}; }), RegisterRefusal::invalid);
    State full;
    full.roster.resize(limits::agents_max + 1);
    EXPECT_EQ(register_agent(full, candidate("one more")).refusal, RegisterRefusal::full);
}

TEST(Roster, OperatorsSwitchAgentsOffAndOn) {
    Desk desk(1);
    EXPECT_FALSE(switch_agent(desk.state, command(CommandKind::agent_enable)));
    desk.emit(*switch_agent(desk.state, command(CommandKind::agent_disable)));
    EXPECT_EQ(desk.agent(AgentId{1}).status, AgentStatus::disabled);
    EXPECT_FALSE(runs(desk.state, AgentId{1}));
    EXPECT_FALSE(switch_agent(desk.state, command(CommandKind::agent_disable)));
    desk.emit(*switch_agent(desk.state, command(CommandKind::agent_enable)));
    EXPECT_EQ(desk.agent(AgentId{1}).status, AgentStatus::active);
    EXPECT_FALSE(
        switch_agent(desk.state, {.kind = CommandKind::agent_disable, .agent = AgentId{7}}));
}

TEST(Roster, OperatorsSetParticipationToleranceAndAllocation) { // S9
    Desk desk(1);
    const auto set = [&](CommandKind kind, Rate value) {
        const auto change = change_setting(desk.state, command(kind, value));
        if (change) desk.emit(*change);
        return change.has_value();
    };
    EXPECT_TRUE(set(CommandKind::agent_participation, 0.25_rate));
    EXPECT_FALSE(set(CommandKind::agent_participation, 0.25_rate)) << "no change";
    EXPECT_FALSE(set(CommandKind::agent_participation, 1.01_rate));
    EXPECT_TRUE(set(CommandKind::agent_risk_tolerance, 0.8_rate));
    EXPECT_TRUE(set(CommandKind::agent_allocation, 5000_rate));
    EXPECT_FALSE(set(CommandKind::agent_allocation, -1_rate));
    EXPECT_FALSE(set(CommandKind::halt, 1_rate));
    const Agent& agent = desk.agent(AgentId{1});
    EXPECT_EQ(agent.participation, 0.25_rate);
    EXPECT_EQ(agent.risk_tolerance, 0.8_rate);
    EXPECT_EQ(agent.allocation, 5000_notional);
}

TEST(Roster, ACutStartsReloadsAndStops) {
    Desk desk;
    const AgentId id = desk.hire("one");
    EXPECT_EQ(desk.agent(id).status, AgentStatus::idle);
    desk.start(id, "a");
    EXPECT_EQ(desk.agent(id).status, AgentStatus::active);
    EXPECT_EQ(desk.agent(id).live, Generation{1});
    desk.start(id, "b", CutKind::reload);
    EXPECT_EQ(desk.agent(id).live, Generation{2});
    EXPECT_EQ(desk.agent(id).previous, Generation{1});
    desk.start(id, "", CutKind::stop);
    EXPECT_EQ(desk.agent(id).status, AgentStatus::idle);
    EXPECT_FALSE(runs(desk.state, id));
    EXPECT_FALSE(cut(desk.state, {.agent = AgentId{9}}));
}

TEST(Roster, OnlyTheGenerationThatWasAskedMayAnswer) {
    Desk desk(1);
    const auto valid = [&](std::uint32_t answering, std::uint32_t asked) {
        return !fence(desk.state, {.agent = AgentId{1}, .generation = Generation{answering}},
                      Generation{asked})
                    .has_value();
    };
    EXPECT_TRUE(valid(1, 1));
    EXPECT_FALSE(valid(2, 1));
    EXPECT_FALSE(valid(0, 0));
    desk.start(AgentId{1}, "new", CutKind::reload);
    EXPECT_TRUE(valid(2, 2));
    EXPECT_TRUE(valid(1, 1)) << "it owned what came before the cut";
    EXPECT_FALSE(valid(1, 2)) << "the old code answers what the new one was asked";
    desk.start(AgentId{1}, "old", CutKind::rollback);
    EXPECT_FALSE(valid(2, 2)) << "what was rolled back is not believed";
    desk.set_status(AgentId{1}, AgentStatus::disabled);
    EXPECT_FALSE(valid(3, 3));
    EXPECT_TRUE(fence(desk.state, {.agent = AgentId{5}}, Generation{1}));
}

TEST(Roster, AnswersHaveQuotas) {
    Desk desk(1);
    Usage usage;
    const auto act = [&](ActionKind kind, std::uint64_t name = 0) {
        return admit(desk.state, desk.settings, AgentId{1}, usage, {.kind = kind, .name = name});
    };
    for (std::uint32_t i = 0; i < desk.settings.actions_per_answer; ++i) {
        ASSERT_EQ(act(ActionKind::target), Quota::within);
    }
    EXPECT_EQ(act(ActionKind::target), Quota::actions);
    EXPECT_EQ(act(ActionKind::done), Quota::within);
    usage = {};
    for (std::uint64_t i = 1; i <= desk.settings.timers; ++i) {
        ASSERT_EQ(act(ActionKind::timer, i), Quota::within);
        desk.emit(events::AgentTimerSet{.id = TimerId{i}, .agent = AgentId{1}, .name = i});
    }
    EXPECT_EQ(act(ActionKind::timer, 999), Quota::timers);
    EXPECT_EQ(act(ActionKind::timer, 1), Quota::within) << "the same name again replaces";
}

} // namespace
} // namespace grekko::agents
