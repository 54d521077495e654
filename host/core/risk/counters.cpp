#include "core/risk/counters.hpp"

#include <algorithm>

namespace grekko::risk {

namespace {

constexpr std::int64_t minutes_kept = static_cast<std::int64_t>(ratio_minutes);

std::int64_t minute_of(Instant now) {
    return now.nanoseconds() / Duration::minutes(1).count();
}

AgentRow& grown(Counters& counters, AgentId agent) {
    const std::size_t slot = agent_slot(agent);
    if (slot >= counters.agents.size()) counters.agents.resize(slot + 1);
    return counters.agents[slot];
}

// Brings the ring to the present minute: minutes that passed in silence are empty.
std::size_t present_minute(AgentRow& row, Instant now) {
    const std::int64_t minute = minute_of(now);
    for (std::int64_t next = std::max(row.minute + 1, minute - minutes_kept + 1); next <= minute;
         ++next) {
        const auto index = static_cast<std::size_t>(next % minutes_kept);
        row.messages[index] = 0;
        row.fills[index] = 0;
    }
    row.minute = std::max(row.minute, minute);
    return static_cast<std::size_t>(row.minute % minutes_kept);
}

}  // namespace

const AgentRow& agent_row(const Counters& counters, AgentId agent) {
    static const AgentRow nothing{};
    const std::size_t slot = agent_slot(agent);
    return slot < counters.agents.size() ? counters.agents[slot] : nothing;
}

MessageRatio message_ratio(const AgentRow& row, Instant now) {
    MessageRatio sum{0, 0};
    const std::int64_t minute = std::max(minute_of(now), row.minute);
    for (std::int64_t m = std::max<std::int64_t>(minute - minutes_kept + 1, 0); m <= row.minute;
         ++m) {
        const auto index = static_cast<std::size_t>(m % minutes_kept);
        sum.messages += row.messages[index];
        sum.fills += row.fills[index];
    }
    return sum;
}

void apply(Counters& counters, const events::RiskAssessed& event, const RecordHead& head) {
    using events::AssessmentKind;
    if (event.kind != AssessmentKind::increase && event.kind != AssessmentKind::replace) return;
    AgentRow& row = grown(counters, event.agent);
    Repeat& repeat = row.repeats[row.repeat_count++ % repeats_kept];
    repeat.at = head.at;
    repeat.instrument = event.instrument;
    repeat.side = event.side;
    repeat.price = event.limit.is_zero() ? event.mark : event.limit;
    repeat.quantity = event.requested;
}

void apply(Counters& counters, const events::SizeFactorChanged& event, const RecordHead&) {
    if (event.agent.is_none()) {
        counters.book_factor = event.factor;
    } else {
        grown(counters, event.agent).size_factor = event.factor;
    }
}

void apply(Counters& counters, const events::AgentRegistered& event, const RecordHead&) {
    AgentRow& row = grown(counters, event.agent);
    row.tolerance = event.risk_tolerance;
    row.allocation = event.allocation;
}

void apply(Counters& counters, const events::AgentSettingChanged& event, const RecordHead&) {
    AgentRow& row = grown(counters, event.agent);
    if (event.setting == CommandKind::agent_risk_tolerance) row.tolerance = Rate{event.to};
    if (event.setting == CommandKind::agent_allocation) row.allocation = Notional{event.to};
}

void count_message(Counters& counters, const Message& message, Instant now) {
    if (message.venue.value() >= counters.venues.size()) {
        counters.venues.resize(message.venue.value() + 1U);
    }
    counters.venues[message.venue.value()].add(now);
    AgentRow& row = grown(counters, message.agent);
    ++row.messages[present_minute(row, now)];
    if (!message.increases) return;
    row.increases.add(now);
    counters.increases.add(now);
}

void count_fill(Counters& counters, AgentId agent, Instant now) {
    AgentRow& row = grown(counters, agent);
    ++row.fills[present_minute(row, now)];
}

}  // namespace grekko::risk
