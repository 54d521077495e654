#include <algorithm>

#include "core/agents/agents.hpp"

namespace grekko::agents {
namespace {

constexpr Duration day = Duration::days(1);

std::uint32_t recent(const Agent& agent, Duration window, Instant now) {
    const auto within = [&](Instant at) { return now - at < window; };
    return static_cast<std::uint32_t>(std::ranges::count_if(agent.faults, within));
}

// When an agent that is switched off now comes back by itself; none: an operator must.
Instant retry(const Agent& agent, const Settings& settings, Instant now) {
    const std::uint32_t before = agent.switched_off_day == now.floor(day) ? agent.switched_off : 0;
    if (before >= settings.automatic_returns_per_day) return Instant{};
    Duration wait = settings.backoff;
    for (std::uint32_t i = 0; i < before && wait < settings.backoff_max; ++i)
        wait = wait * 2;
    return now + std::min(wait, settings.backoff_max);
}

} // namespace

std::optional<Fault> fault(const State& state, const Settings& settings, const AgentFault& fault,
                           Instant now) {
    const Agent* agent = find(state, fault.agent);
    if (agent == nullptr) return std::nullopt;
    const std::uint32_t count = recent(*agent, settings.fault_window, now) + 1;
    Fault result{.faulted = {.agent = fault.agent,
                             .kind = fault.kind,
                             .faults_10min = count,
                             .generation = fault.generation,
                             .message = fault.message}};
    if (count < settings.faults_max || !runs(state, fault.agent)) return result;
    result.status = events::AgentStatusChanged{.agent = fault.agent,
                                               .from = agent->status,
                                               .to = AgentStatus::error,
                                               .reason = "too many faults",
                                               .retry_at = retry(*agent, settings, now)};
    return result;
}

std::vector<events::AgentStatusChanged> returns(const State& state, Instant now) {
    std::vector<events::AgentStatusChanged> back;
    for (const Agent& agent : state.roster) {
        if (agent.status != AgentStatus::error || agent.retry_at.is_none()) continue;
        if (now < agent.retry_at) continue;
        const bool live = !agent.live.is_none();
        back.push_back({.agent = agent.id,
                        .from = agent.status,
                        .to = live ? AgentStatus::active : AgentStatus::idle,
                        .reason = "back after faults"});
    }
    return back;
}

Instant next_return(const State& state) {
    Instant next;
    for (const Agent& agent : state.roster) {
        if (agent.status != AgentStatus::error || agent.retry_at.is_none()) continue;
        if (next.is_none() || agent.retry_at < next) next = agent.retry_at;
    }
    return next;
}

} // namespace grekko::agents
