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

VenueRow& venue_row(Counters& counters, VenueId venue) {
    if (venue.value() >= counters.venues.size()) counters.venues.resize(venue.value() + 1U);
    return counters.venues[venue.value()];
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

Duration token_interval(std::uint32_t rate) {
    return rate == 0 ? Duration{} : Duration::seconds(1'000) / rate;
}

void Bucket::take(Instant now, std::uint32_t rate) {
    if (rate != 0) full_at = std::max(full_at, now) + token_interval(rate);
}

bool Bucket::has(Instant now, std::uint32_t rate, Duration depth) const {
    if (rate == 0) return true;
    return std::max(full_at, now) - now + token_interval(rate) <= depth;
}

const AgentRow& agent_row(const Counters& counters, AgentId agent) {
    static const AgentRow nothing{};
    const std::size_t slot = agent_slot(agent);
    return slot < counters.agents.size() ? counters.agents[slot] : nothing;
}

MessageRatio message_ratio(const AgentRow& row, Instant now) {
    MessageRatio sum{0, 0};
    const std::int64_t minute = std::max(minute_of(now), row.minute);
    if (minute == row.minute) {  // the whole ring: what is older was emptied
        for (std::size_t i = 0; i < ratio_minutes; ++i) {
            sum.messages += row.messages[i];
            sum.fills += row.fills[i];
        }
        return sum;
    }
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
    counters.agent_rate = event.agent_rate;
    counters.book_rate = event.book_rate;
    if (!event.venue.is_none()) venue_row(counters, event.venue).rate = event.venue_rate;
    if (event.kind != AssessmentKind::increase && event.kind != AssessmentKind::replace) return;
    AgentRow& row = grown(counters, event.agent);
    Repeat& repeat = row.repeats[row.repeat_count++ % repeats_kept];
    repeat.at = head.at;
    repeat.instrument = event.instrument;
    repeat.side = event.side;
    repeat.replaced = event.kind == AssessmentKind::replace ? 1 : 0;
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
    VenueRow& venue = venue_row(counters, message.venue);
    venue.messages.take(now, venue.rate);
    AgentRow& row = grown(counters, message.agent);
    ++row.messages[present_minute(row, now)];
    if (!message.increases) return;
    row.increases.take(now, counters.agent_rate);
    counters.increases.take(now, counters.book_rate);
}

void count_fill(Counters& counters, AgentId agent, Instant now) {
    AgentRow& row = grown(counters, agent);
    ++row.fills[present_minute(row, now)];
}

}  // namespace grekko::risk
