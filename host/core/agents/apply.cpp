#include <algorithm>

#include "base/assert.hpp"
#include "core/agents/agents.hpp"
#include "core/agents/roster.hpp"

namespace grekko::agents {
namespace {

Agent& at(State& state, AgentId id) {
    ASSERT(!id.is_none() && id.value() < state.roster.size());
    return state.roster[id.value()];
}

// An agent that stops is waited for no longer.
void stop_waiting(State& state, AgentId id) {
    for (auto& [round, waiting] : state.waiting)
        std::erase(waiting.asked, id);
    std::erase_if(state.waiting, [](const auto& entry) { return entry.second.asked.empty(); });
}

bool same_code(const Agent& agent, const events::GenerationChanged& event) {
    return agent.code == event.code_hash && agent.parameters == event.parameters_hash;
}

} // namespace

void apply(State& state, const events::AgentRegistered& event, const RecordHead&) {
    if (state.roster.empty()) state.roster.emplace_back();
    ASSERT(event.agent.value() == state.roster.size());
    ASSERT(!state.names.contains(event.name));
    Agent& agent = state.roster.emplace_back();
    agent.id = event.agent;
    agent.mode = event.mode;
    agent.native = event.native;
    agent.group = event.agent.value();
    agent.operator_group = event.group;
    agent.name = event.name;
    agent.risk_tolerance = event.risk_tolerance;
    agent.participation = event.participation;
    agent.allocation = event.allocation;
    state.names[event.name] = event.agent;
    join(state, event.agent);
}

void apply(State& state, const events::AgentStatusChanged& event, const RecordHead& head) {
    Agent& agent = at(state, event.agent);
    ASSERT(agent.status == event.from);
    agent.status = event.to;
    agent.retry_at = event.retry_at;
    if (event.to == AgentStatus::error) {
        const Instant today = head.at.floor(Duration::days(1));
        if (agent.switched_off_day != today) agent.switched_off = 0;
        agent.switched_off_day = today;
        ++agent.switched_off;
    }
    if (event.from == AgentStatus::error) agent.faults.clear();
    if (event.from == AgentStatus::disabled || event.from == AgentStatus::error) {
        agent.misses = 0;
        agent.answers = 0;
    }
    if (runs(state, event.agent)) {
        list(state, event.agent);
    } else {
        unlist(state, event.agent);
        stop_waiting(state, event.agent);
    }
}

void apply(State& state, const events::AgentFaulted& event, const RecordHead& head) {
    Agent& agent = at(state, event.agent);
    agent.faults.push_back(head.at);
    if (agent.faults.size() > limits::faults_kept_max) agent.faults.pop_front();
}

void apply(State& state, const events::GenerationChanged& event, const RecordHead&) {
    Agent& agent = at(state, event.agent);
    unlist(state, event.agent);
    agent.subscriptions.clear();
    agent.timers.clear();
    agent.last_cut = event.kind;
    agent.previous = event.from;
    agent.live = event.to;
    if (event.mode != Mode{}) agent.mode = event.mode;
    if (event.kind == CutKind::stop) {
        stop_waiting(state, event.agent);
        return;
    }
    const bool first = agent.code.empty();
    if (!first && !same_code(agent, event)) { // what the old code earned counts half
        agent.skill.numerator = divide(agent.skill.numerator, 2_d, Rounding::half_even);
        agent.skill.denominator = divide(agent.skill.denominator, 2_d, Rounding::half_even);
    }
    const bool moved = !first && agent.code != event.code_hash;
    agent.code = event.code_hash;
    agent.parameters = event.parameters_hash;
    if (moved) regroup(state);
    if (first) join(state, event.agent);
}

void apply(State& state, const events::AgentSettingChanged& event, const RecordHead&) {
    Agent& agent = at(state, event.agent);
    switch (event.setting) {
    case CommandKind::agent_participation: agent.participation = Rate{event.to}; break;
    case CommandKind::agent_risk_tolerance: agent.risk_tolerance = Rate{event.to}; break;
    default: agent.allocation = Notional{event.to}; break;
    }
}

void apply(State& state, const events::AgentSubscribed& event, const RecordHead&) {
    Agent& agent = at(state, event.agent);
    unlist(state, event.agent);
    const auto same = [&](const auto& old) { return old.instrument == event.instrument; };
    std::erase_if(agent.subscriptions, same); // a second wish for an instrument replaces the first
    agent.subscriptions.push_back(event);
    list(state, event.agent);
}

void apply(State& state, const events::AgentTimerSet& event, const RecordHead&) {
    std::vector<Timer>& timers = at(state, event.agent).timers;
    std::erase_if(timers, [&](const Timer& timer) { return timer.name == event.name; });
    timers.push_back({event.id, event.name, event.at});
}

void apply(State& state, const TimerFired& input, const RecordHead&) {
    if (find(state, input.agent) == nullptr) return;
    std::erase_if(at(state, input.agent).timers,
                  [&](const Timer& timer) { return timer.id == input.id; });
}

} // namespace grekko::agents
