#include <algorithm>

#include "core/agents/agents.hpp"

namespace grekko::agents {
namespace {

bool fraction(Rate rate) {
    return !rate.is_negative() && rate <= 1_rate;
}

RegisterRefusal check(const State& state, const events::AgentRegistered& asked) {
    if (asked.name.empty()) return RegisterRefusal::name_empty;
    if (state.names.contains(asked.name)) return RegisterRefusal::name_taken;
    if (state.roster.size() > limits::agents_max) return RegisterRefusal::full; // slot 0 is nobody
    const bool valid = fraction(asked.participation) && fraction(asked.risk_tolerance) &&
                       !asked.allocation.is_negative() && asked.mode >= Mode::aggressive &&
                       asked.mode <= Mode::conservative;
    return valid ? RegisterRefusal::none : RegisterRefusal::invalid;
}

Decimal setting(const Agent& agent, CommandKind kind) {
    switch (kind) {
    case CommandKind::agent_participation: return agent.participation.decimal();
    case CommandKind::agent_risk_tolerance: return agent.risk_tolerance.decimal();
    default: return agent.allocation.decimal();
    }
}

bool dropped_by(CutKind kind) {
    return kind == CutKind::rollback || kind == CutKind::stop;
}

} // namespace

Registration register_agent(const State& state, const events::AgentRegistered& asked) {
    const RegisterRefusal refusal = check(state, asked);
    if (refusal != RegisterRefusal::none) return {.refusal = refusal, .registered = asked};
    Registration registration{.registered = asked};
    const std::size_t next = std::max<std::size_t>(state.roster.size(), 1);
    registration.registered.agent = AgentId{static_cast<std::uint16_t>(next)};
    return registration;
}

std::optional<events::AgentStatusChanged> switch_agent(const State& state, const Command& command) {
    const Agent* agent = find(state, command.agent);
    if (agent == nullptr) return std::nullopt;
    const AgentStatus on = agent->live.is_none() ? AgentStatus::idle : AgentStatus::active;
    const bool off = agent->status == AgentStatus::disabled || agent->status == AgentStatus::error;
    AgentStatus to = agent->status;
    if (command.kind == CommandKind::agent_enable && off) to = on;
    if (command.kind == CommandKind::agent_disable) to = AgentStatus::disabled;
    if (to == agent->status) return std::nullopt;
    return events::AgentStatusChanged{
        .agent = agent->id, .from = agent->status, .to = to, .reason = command.reason};
}

std::optional<events::AgentSettingChanged> change_setting(const State& state,
                                                          const Command& command) {
    const Agent* agent = find(state, command.agent);
    const bool share = command.kind == CommandKind::agent_participation ||
                       command.kind == CommandKind::agent_risk_tolerance;
    if (agent == nullptr || (!share && command.kind != CommandKind::agent_allocation)) {
        return std::nullopt;
    }
    if (share ? !fraction(command.value) : command.value.is_negative()) return std::nullopt;
    const Decimal from = setting(*agent, command.kind);
    if (from == command.value.decimal()) return std::nullopt;
    return events::AgentSettingChanged{.agent = agent->id,
                                       .setting = command.kind,
                                       .from = from,
                                       .to = command.value.decimal(),
                                       .principal = command.principal};
}

std::optional<Cut> cut(const State& state, const GenerationCut& asked) {
    const Agent* agent = find(state, asked.agent);
    if (agent == nullptr) return std::nullopt;
    const bool stops = asked.kind == CutKind::stop;
    Cut result{.generation = {.agent = agent->id,
                              .kind = asked.kind,
                              .mode = asked.mode,
                              .from = agent->live,
                              .to = stops ? Generation{} : asked.generation,
                              .code_hash = asked.code_hash,
                              .parameters_hash = asked.parameters_hash}};
    AgentStatus to = agent->status;
    const bool running = to == AgentStatus::active || to == AgentStatus::absent;
    if (stops && running) to = AgentStatus::idle;
    if (!stops && to == AgentStatus::idle) to = AgentStatus::active;
    if (to != agent->status) {
        result.status = events::AgentStatusChanged{.agent = agent->id,
                                                   .from = agent->status,
                                                   .to = to,
                                                   .reason = stops ? "stopped" : "started"};
    }
    return result;
}

std::optional<events::AnswerDropped> fence(const State& state, const AnswerHead& answer,
                                           Generation asked) {
    events::AnswerDropped dropped{
        .ask = answer.ask, .agent = answer.agent, .generation = answer.generation};
    const Agent* agent = find(state, answer.agent);
    if (agent == nullptr) {
        dropped.reason = "unknown agent";
    } else if (!runs(state, answer.agent)) {
        dropped.reason = "the agent does not run";
    } else if (answer.generation != asked || asked.is_none()) {
        dropped.reason = "another generation was asked";
    } else if (asked != agent->live && (asked != agent->previous || dropped_by(agent->last_cut))) {
        dropped.reason = "the generation is over";
    } else {
        return std::nullopt;
    }
    return dropped;
}

Quota admit(const State& state, const Settings& settings, AgentId id, Usage& usage,
            const Action& action) {
    if (action.kind == ActionKind::done) return Quota::within;
    if (usage.actions >= settings.actions_per_answer) return Quota::actions;
    ++usage.actions;
    const Agent* agent = find(state, id);
    if (action.kind != ActionKind::timer || agent == nullptr) return Quota::within;
    const bool replaces =
        std::ranges::find(agent->timers, action.name, &Timer::name) != agent->timers.end();
    return replaces || agent->timers.size() < settings.timers ? Quota::within : Quota::timers;
}

} // namespace grekko::agents
