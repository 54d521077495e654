// The second half of agents.hpp: lookups for the hot path and for people, and apply.
// Nothing here decides. Include agents.hpp, not this.
// The engine calls these, views read the figures.
#pragma once

#include "core/agents/agents.hpp"

namespace grekko::agents {

enum class Kind : std::uint8_t { trade = 1, quote, book };

const Agent* find(const State&, AgentId); // null: unknown
const Agent* find(const State&, std::string_view name);
// Active or absent: is asked, may act. An absent agent votes as a shadow.
bool runs(const State&, AgentId);
std::uint32_t configured(const State&); // registered, neither stopped nor disabled

// Agents to ask about a market record, a closed bar, a proposal; by id. Empty: nobody.
std::span<const AgentId> subscribers(const State&, InstrumentId, Kind);
std::span<const BarSubscriber> bar_subscribers(const State&, InstrumentId, Duration interval);
std::span<const AgentId> voters(const State&, InstrumentId);
// Who is asked about a round and has not answered: its members, and absent agents as shadows.
std::span<const AgentId> asked(const State&, IntentId round);

// Slope and skill as they stand; what is shown beside them (§3).
struct Figures {
    Decimal slope; // β
    Rate skill;
    Decimal effective; // number of votes after overlap and forgetting
    Rate hit_rate;     // share of votes whose sign was right
    Decimal t_value;   // of β; 0 while fewer than 2 effective votes
    Decimal quadratic; // mean quadratic score
    std::uint64_t votes{0};
};
Decimal slope(const Settings&, const Skill&);
Rate skill(const Settings&, const Skill&);
Figures figures(const Settings&, const Skill&);

void apply(State&, const events::AgentRegistered&, const RecordHead&);
void apply(State&, const events::AgentStatusChanged&, const RecordHead&);
void apply(State&, const events::AgentFaulted&, const RecordHead&);
void apply(State&, const events::GenerationChanged&, const RecordHead&);
void apply(State&, const events::AgentSettingChanged&, const RecordHead&);
void apply(State&, const events::AgentSubscribed&, const RecordHead&);
void apply(State&, const events::AgentTimerSet&, const RecordHead&);
void apply(State&, const TimerFired&, const RecordHead&);
void apply(State&, const events::RoundOpened&, const RecordHead&);
void apply(State&, const events::RoundMember&, const RecordHead&);
void apply(State&, const events::VoteCast&, const RecordHead&);
void apply(State&, const events::RoundObserved&, const RecordHead&);
void apply(State&, const events::RoundClosed&, const RecordHead&);
void apply(State&, const events::AttendanceChanged&, const RecordHead&);
void apply(State&, const events::VoteScored&, const RecordHead&);

} // namespace grekko::agents
