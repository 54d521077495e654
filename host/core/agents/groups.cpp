#include <algorithm>

#include "core/agents/roster.hpp"

namespace grekko::agents {
namespace {

// The agent whose id names the group of `id`, in a forest of parents.
std::uint16_t root(const std::vector<Agent>& roster, std::uint16_t id) {
    while (roster[id].group != id)
        id = roster[id].group;
    return id;
}

void unite(std::vector<Agent>& roster, AgentId a, AgentId b) {
    const std::uint16_t first = root(roster, a.value()), second = root(roster, b.value());
    roster[std::max(first, second)].group = std::min(first, second);
}

} // namespace

void regroup(State& state) {
    state.code_owner.clear();
    state.group_owner.clear();
    for (Agent& agent : state.roster)
        agent.group = agent.id.value();
    for (const Agent& agent : state.roster) {
        if (agent.id.is_none()) continue;
        if (!agent.code.empty()) {
            unite(state.roster, state.code_owner.try_emplace(agent.code, agent.id).first->second,
                  agent.id);
        }
        if (agent.operator_group != 0) {
            unite(state.roster,
                  state.group_owner.try_emplace(agent.operator_group, agent.id).first->second,
                  agent.id);
        }
    }
    for (Agent& agent : state.roster)
        agent.group = root(state.roster, agent.id.value());
}

void join(State& state, AgentId id) {
    Agent& agent = state.roster[id.value()];
    AgentId by_code = id, by_group = id;
    if (!agent.code.empty()) {
        by_code = state.code_owner.try_emplace(agent.code, id).first->second;
    }
    if (agent.operator_group != 0) {
        by_group = state.group_owner.try_emplace(agent.operator_group, id).first->second;
    }
    const std::uint16_t first = state.roster[by_code.value()].group;
    const std::uint16_t second = state.roster[by_group.value()].group;
    if (first == agent.group && second == agent.group) return;
    const std::uint16_t other = first == agent.group ? second : first;
    const bool two = second != agent.group && second != other;
    // Alone until now, of a larger id, and joining one group: nobody else is touched.
    const bool alone = agent.group == id.value() && other < id.value() &&
                       std::ranges::count(state.roster, id.value(), &Agent::group) == 1;
    if (two || !alone) return regroup(state);
    agent.group = other;
}

} // namespace grekko::agents
