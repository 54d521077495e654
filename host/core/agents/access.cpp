#include "core/agents/access.hpp"

#include <algorithm>

namespace grekko::agents {
namespace {

const Subscribers* subscribers_of(const State& state, InstrumentId instrument) {
    const std::size_t slot = instrument.value();
    return slot < state.subscribers.size() ? &state.subscribers[slot] : nullptr;
}

} // namespace

const Agent* find(const State& state, AgentId id) {
    const std::size_t slot = id.value();
    return slot > 0 && slot < state.roster.size() ? &state.roster[slot] : nullptr;
}

const Agent* find(const State& state, std::string_view name) {
    const auto found = state.names.find(AgentName{name});
    const Agent* agent = found == state.names.end() ? nullptr : find(state, found->second);
    return agent != nullptr && agent->name == name ? agent : nullptr; // longer names are cut
}

bool runs(const State& state, AgentId id) {
    const Agent* agent = find(state, id);
    if (agent == nullptr || agent->live.is_none()) return false;
    return agent->status == AgentStatus::active || agent->status == AgentStatus::absent;
}

std::uint32_t configured(const State& state) {
    const auto enabled = [](const Agent& agent) {
        const bool stopped = agent.live.is_none() && !agent.code.empty(); // it ran once
        return !agent.id.is_none() && !stopped && agent.status != AgentStatus::disabled;
    };
    return static_cast<std::uint32_t>(std::ranges::count_if(state.roster, enabled));
}

std::span<const AgentId> subscribers(const State& state, InstrumentId instrument, Kind kind) {
    const Subscribers* found = subscribers_of(state, instrument);
    if (found == nullptr) return {};
    switch (kind) {
    case Kind::trade: return found->trades;
    case Kind::quote: return found->quotes;
    case Kind::book: return found->books;
    }
    return {};
}

std::span<const BarSubscriber> bar_subscribers(const State& state, InstrumentId instrument,
                                               Duration interval) {
    const Subscribers* found = subscribers_of(state, instrument);
    if (found == nullptr) return {};
    const auto range =
        std::ranges::equal_range(found->bars, interval, {}, &BarSubscriber::interval);
    return {range.begin(), range.end()};
}

std::span<const AgentId> voters(const State& state, InstrumentId instrument) {
    const Subscribers* found = subscribers_of(state, instrument);
    return found == nullptr ? std::span<const AgentId>{} : std::span<const AgentId>{found->voters};
}

std::span<const AgentId> asked(const State& state, IntentId round) {
    const auto found = state.waiting.find(round);
    return found == state.waiting.end() ? std::span<const AgentId>{}
                                        : std::span<const AgentId>{found->second.asked};
}

bool timer_pending(const State& state, const TimerFired& fired) {
    const Agent* agent = find(state, fired.agent);
    if (agent == nullptr || !runs(state, fired.agent)) return false;
    return std::ranges::any_of(agent->timers,
                               [&](const Timer& timer) { return timer.id == fired.id; });
}

std::span<const Timer> timers(const State& state, AgentId id) {
    const Agent* agent = find(state, id);
    return agent == nullptr ? std::span<const Timer>{} : std::span<const Timer>{agent->timers};
}

} // namespace grekko::agents
