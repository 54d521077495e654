// The second half of consensus.hpp: quotes inside a mandate, what may be decided next, lookups,
// and apply. Nothing here opens or closes a round. Include consensus.hpp, not this.
// The engine calls these.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/consensus/consensus.hpp"

namespace grekko::consensus {

enum class MandateCheck : std::uint8_t { inside = 1, none, expired, side, order_size, inventory };
// A quote of an agent with all its open quotes counted as filled.
struct QuoteRequest {
    AgentId agent;
    InstrumentId instrument;
    Side side{Side::buy};
    Quantity quantity;
    Quantity position;              // signed
    Quantity open_buys, open_sells; // rest of its other open orders there
    Instant now;
};
MandateCheck check_quote(const State&, const QuoteRequest&);
// Mandates that are over at `now`, and all of one agent (rollback, disable, crash).
std::vector<events::MandateEnded> expired_mandates(const State&, Instant now);
std::vector<events::MandateEnded> end_mandates(const State&, AgentId, const Reason& why);

// The round that is decided next on an instrument: the first opened.
std::optional<IntentId> front(const State&, InstrumentId);
// A round and those before it on its instrument, in the order they must be closed (finalize).
std::vector<IntentId> up_to(const State&, IntentId);
// Rounds at or past their deadline, in the order of opening.
std::vector<IntentId> overdue(const State&, Instant now);

const IntentRecord* find_intent(const State&, IntentId);
const Round* find_round(const State&, IntentId); // open ones only
const events::MandateGranted* find_mandate(const State&, AgentId, InstrumentId);
// The undecided intent of an agent on an instrument; a mandate is not one.
std::optional<IntentId> undecided(const State&, AgentId, InstrumentId);
// All undecided rounds of an agent, mandates too: to be cancelled when it goes.
std::vector<IntentId> undecided(const State&, AgentId);
// Rounds with quorum inside the deadline ÷ rounds closed; 1 before the first (§2.3).
Rate success_rate(const State&);
// "PASSED", "STALE_PRICE", "NOTHING_TO_DO": as agents and people see it.
std::string_view name(RoundOutcome);
std::string_view name(events::IntentRefusal);

void apply(State&, const events::IntentProposed&, const RecordHead&);
void apply(State&, const events::IntentSuperseded&, const RecordHead&);
void apply(State&, const events::MandateProposed&, const RecordHead&);
void apply(State&, const events::RoundOpened&, const RecordHead&);
void apply(State&, const events::RoundMember&, const RecordHead&);
void apply(State&, const events::VoteCast&, const RecordHead&);
void apply(State&, const events::RoundClosed&, const RecordHead&);
void apply(State&, const events::MandateGranted&, const RecordHead&);
void apply(State&, const events::MandateEnded&, const RecordHead&);
void apply(State&, const events::IntentClosed&, const RecordHead&); // the record is forgotten

} // namespace grekko::consensus
