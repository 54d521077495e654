// The roster: which agents there are, whether they run, what they are asked about, how much their
// vote weighs and how good it was. Not their code (ports::Agent) and not the rounds
// (core/consensus). Decisions are pure and return events, apply() is the only change.
// The engine alone calls it. Trading rules §2.2, §2.4, §3, §5.3 (faults); agents guide §4.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/agents/settings.hpp"
#include "core/agents/state.hpp"
#include "domain/command.hpp"
#include "domain/input.hpp"
#include "domain/market_view.hpp"
#include "domain/record.hpp"

namespace grekko::agents {

// ---- Roster -----------------------------------------------------------------------------------

enum class RegisterRefusal : std::uint8_t { none = 0, name_taken, name_empty, full, invalid };
struct Registration {
    RegisterRefusal refusal{};
    events::AgentRegistered registered; // where not refused; the id is the next free one
};
// `asked.agent` is ignored; participation and risk tolerance 0..1, allocation ≥ 0.
Registration register_agent(const State&, const events::AgentRegistered& asked);
// agent_enable, _disable, _participation, _allocation, _risk_tolerance; none: refused or no change.
std::optional<events::AgentStatusChanged> switch_agent(const State&, const Command&);
std::optional<events::AgentSettingChanged> change_setting(const State&, const Command&);

// A cut: the new live generation, then (start, stop) the status. Emit subscriptions after it.
struct Cut {
    events::GenerationChanged generation;
    std::optional<events::AgentStatusChanged> status;
};
std::optional<Cut> cut(const State&, const GenerationCut&); // none: unknown agent
// The fence (agents guide §4.4): `asked` owned the ask. None where the answer is valid.
std::optional<events::AnswerDropped> fence(const State&, const AnswerHead&, Generation asked);

// A fault, and the status `error` with its back-off where it was one too many.
struct Fault {
    events::AgentFaulted faulted;
    std::optional<events::AgentStatusChanged> status;
};
std::optional<Fault> fault(const State&, const Settings&, const AgentFault&, Instant now);
// Agents whose back-off is over, and the next moment one will be (none: no agent waits).
std::vector<events::AgentStatusChanged> returns(const State&, Instant now);
Instant next_return(const State&);

// ---- Quotas -----------------------------------------------------------------------------------

// What one answer has used up; kept by the engine while it goes through the actions.
struct Usage {
    std::uint32_t actions{0};
};
enum class Quota : std::uint8_t { within = 1, actions, timers };
Quota admit(const State&, const Settings&, AgentId, Usage&, const Action&);
// Of a timer that fired: false where it was replaced or its agent stopped; then ask nobody.
bool timer_pending(const State&, const TimerFired&);
std::span<const Timer> timers(const State&, AgentId); // to be set again after a restart

// ---- Votes ------------------------------------------------------------------------------------

// participation × attendance × skill.
Rate weight(const Settings&, const Agent&);
// Replaces `out` by who may vote: active, listed, weight > 0; by id.
void electorate(const State&, const Settings&, InstrumentId, std::vector<Elector>& out);
std::uint16_t group(const State&, AgentId); // 0: unknown agent

struct Attendance {
    events::AttendanceChanged change;
    std::optional<events::AgentStatusChanged> status; // absent, or back; emit after `change`
};
// Of a vote just cast: none where nobody waited for it or it was late.
std::optional<Attendance> answered(const State&, const Settings&, const events::VoteCast&);
// At the deadline, also of a round that closed early: who has still not answered.
std::vector<Attendance> missed(const State&, const Settings&, IntentId round);

// ---- Scores -----------------------------------------------------------------------------------

struct ObserveContext {
    Instant now;
    MarketView market;
    Rate cost; // round trip at now, fraction of price
};
// Emit right before RoundClosed. None where there is no mark or no volatility to judge by.
std::optional<events::RoundObserved> observe(const State&, IntentId round, const Intent&,
                                             const ObserveContext&);
// Whether a mark ends an observation: two comparisons, on the way of every mark.
bool touched(const State&, InstrumentId, Price mark);
// Rounds that this mark or this moment ends, by (exit, id); score each.
std::vector<IntentId> due(const State&, InstrumentId, Price mark);
std::vector<IntentId> due(const State&, Instant now);
Instant next_exit(const State&); // none: nothing observed
// One event a vote. An unknown mark (a gap) scores nothing: share 0, the vote is forgotten.
std::vector<events::VoteScored> score(const State&, const Settings&, IntentId round,
                                      const Mark& exit);

} // namespace grekko::agents

#include "core/agents/access.hpp" // IWYU pragma: export
