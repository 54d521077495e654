#include <algorithm>

#include "core/agents/agents.hpp"

namespace grekko::agents {
namespace {

bool votes_on(const Agent& agent, InstrumentId instrument) {
    const auto listed =
        std::ranges::find(agent.subscriptions, instrument, &events::AgentSubscribed::instrument);
    return listed != agent.subscriptions.end() && listed->votes;
}

// λ·a + (1 − λ)·answered.
Rate moved(Rate attendance, Rate decay, bool answered) {
    const Rate kept = multiply(attendance, decay, Rounding::half_even);
    return std::clamp(answered ? kept + (1_rate - decay) : kept, Rate{}, 1_rate);
}

Attendance change(const Settings& settings, const Agent& agent, IntentId round, bool answered) {
    const auto next = [](std::uint8_t n) { return static_cast<std::uint8_t>(n < 255 ? n + 1 : n); };
    const std::uint8_t misses = answered ? std::uint8_t{0} : next(agent.misses);
    const std::uint8_t answers = answered ? next(agent.answers) : std::uint8_t{0};
    AgentStatus to = agent.status;
    if (to == AgentStatus::active && misses >= settings.absent_after) to = AgentStatus::absent;
    if (to == AgentStatus::absent && answers >= settings.back_after) to = AgentStatus::active;
    Attendance result{
        .change = {.agent = agent.id,
                   .answered = answered,
                   .absent = to == AgentStatus::absent,
                   .misses = misses,
                   .answers = answers,
                   .attendance = moved(agent.attendance, settings.attendance_decay, answered),
                   .round = round}};
    if (to != agent.status) {
        const bool gone = to == AgentStatus::absent;
        result.status = events::AgentStatusChanged{.agent = agent.id,
                                                   .from = agent.status,
                                                   .to = to,
                                                   .reason = gone ? "did not answer proposals"
                                                                  : "answers proposals again"};
    }
    return result;
}

} // namespace

Rate weight(const Settings& settings, const Agent& agent) {
    const Rate present = multiply(agent.participation, agent.attendance, Rounding::half_even);
    return multiply(present, skill(settings, agent.skill), Rounding::half_even);
}

void electorate(const State& state, const Settings& settings, InstrumentId instrument,
                std::vector<Elector>& out) {
    out.clear();
    for (const AgentId id : voters(state, instrument)) {
        const Agent& agent = state.roster[id.value()];
        if (agent.status != AgentStatus::active || !votes_on(agent, instrument)) continue;
        const Rate share = weight(settings, agent);
        if (!share.is_positive()) continue;
        out.push_back({.agent = id, .group = agent.group, .weight = share});
    }
}

std::uint16_t group(const State& state, AgentId id) {
    const Agent* agent = find(state, id);
    return agent == nullptr ? std::uint16_t{0} : agent->group;
}

std::optional<Attendance> answered(const State& state, const Settings& settings,
                                   const events::VoteCast& cast) {
    const auto waiting = state.waiting.find(cast.round);
    if (waiting == state.waiting.end() || cast.late) return std::nullopt;
    if (!std::ranges::binary_search(waiting->second.asked, cast.vote.agent)) return std::nullopt;
    return change(settings, state.roster[cast.vote.agent.value()], cast.round, true);
}

std::vector<Attendance> missed(const State& state, const Settings& settings, IntentId round) {
    std::vector<Attendance> changes;
    const auto waiting = state.waiting.find(round);
    if (waiting == state.waiting.end()) return changes;
    for (const AgentId id : waiting->second.asked) {
        changes.push_back(change(settings, state.roster[id.value()], round, false));
    }
    return changes;
}

} // namespace grekko::agents
