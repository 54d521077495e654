// Consensus: whether an intent of an agent is voted, and what the vote comes to. Pure decisions
// that return events; the engine emits them and apply() is the only change. Not risk: what passes
// here is still checked there. Trading rules §2. The engine alone calls it.
//
// A step of the engine: propose → emit; route `vote`: open_round → emit all, ask the voters, set a
// timer to the deadline; each answer: vote → emit; then for each front() of the instrument
// try_close → emit, until it returns none. A superseded round is closed by withdraw first.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/consensus/settings.hpp"
#include "core/consensus/state.hpp"
#include "domain/event/coordination.hpp"
#include "domain/event/trading.hpp"
#include "domain/market_view.hpp"
#include "domain/record.hpp"

namespace grekko::consensus {

// ---- Proposing --------------------------------------------------------------------------------

// What the engine knows when an agent (or an operator) asks for a target.
struct ProposalContext {
    Instant now;
    Mark mark;
    Quantity position;     // the agent's virtual position, signed
    Quantity working;      // signed rest of its working orders here
    Quantity lot;          // the smallest of the listings; zero: off
    Price tick;            // zero: off
    Notional notional_min; // the smallest of the listings, quote currency
    Quantity contract_size{1_quantity};
    Rate default_stop{0.05_rate};
    Duration bar_interval{Duration::hours(1)};
    std::uint32_t agents_configured{0};
    std::span<const Elector> electorate; // eligible now, the proposer included if it is
    bool known{true};                    // the instrument exists
    bool inside_proposal{false};         // proposed while answering on_proposal
    bool agent_active{true};
    bool halted{false};
    bool closing{false}; // the book is being closed: no increase, not even to be voted
    bool by_operator{false};
};

// `proposed` where accepted, else `refused`. `supersedes`: an undecided intent of the same agent
// and instrument; after `proposed`, emit IntentSuperseded and withdraw(superseded) for it.
// `retarget` in `proposed`: cancel the agent's unfilled rest here before anything is placed.
struct ProposalOutcome {
    bool accepted{false};
    IntentId supersedes;
    events::IntentProposed proposed;
    events::IntentRefused refused;
};

// delta, reference and missing stop, horizon and ttl of `asked` are filled in (§2.1).
ProposalOutcome propose(const State&, const Settings&, const Intent& asked, const ProposalContext&);
// propose{side, quantity}: the target = position + working ± quantity.
Quantity shorthand_target(const ProposalContext&, Side, Quantity);
// The increase of a flip, to propose once the reduce `id` has filled; none if lapsed or replaced.
std::optional<Intent> follow_up(const State&, const Settings&, IntentId id, Instant now);
// `solo` intents have no round: this closes them at once.
events::RoundClosed close_solo(const State&, const Settings&, IntentId, const MarketView&);

// ---- Rounds -----------------------------------------------------------------------------------

struct OpenContext {
    Instant now;
    Notional nav;                        // N
    Notional value;                      // of the full size at the reference, base currency
    std::span<const Elector> electorate; // as given to propose
    std::uint16_t proposer_group{0};     // core/agents: also of a proposer that is not eligible
};
struct OpenedRound {
    events::RoundOpened opened;
    std::vector<events::RoundMember> members;
    std::optional<events::VoteCast> own; // the proposer's approval
};
// None where `id` is no undecided intent of route vote.
std::optional<OpenedRound> open_round(const State&, const Settings&, IntentId id,
                                      const OpenContext&);
// None where the round is unknown or long gone, or the vote invalid (a number out of range).
// Second, late, by someone not eligible: recorded, not counted. A veto without right, reason or
// after the day's last one becomes a rejection.
std::optional<events::VoteCast> vote(const State&, const Settings&, IntentId round, const Vote&,
                                     Instant now);

enum class CloseCause : std::uint8_t { vote = 1, deadline, finalize };
// None while the round must wait: for votes, or for an earlier round on its instrument. Costs
// O(n log n) in the voters: call it once after a batch of votes.
std::optional<events::RoundClosed> try_close(const State&, const Settings&, IntentId, CloseCause,
                                             const MarketView&);
// Closes without counting: superseded, or cancelled by its agent, an operator, a fault.
std::optional<events::RoundClosed> withdraw(const State&, const Settings&, IntentId, RoundOutcome,
                                            const MarketView&);
// passed, stale_price or expired; also asked again just before an order is sent (§2.3, Stale).
RoundOutcome freshness(const Settings&, const IntentRecord&, const MarketView&);

// ---- Mandates ---------------------------------------------------------------------------------

// As propose; the round that follows is about `terms` (completed: stop, expiry).
struct MandateOutcome {
    ProposalOutcome proposal;
    events::MandateProposed terms;
};
MandateOutcome propose_mandate(const State&, const Settings&, const MandateTerms& asked,
                               const ProposalContext&);
// After a mandate's RoundClosed was emitted: the grant, bounds scaled by φ*; none unless passed.
// Ends a mandate that the agent has there already: emit `ended` first.
struct MandateGrant {
    std::optional<events::MandateEnded> ended;
    events::MandateGranted granted;
};
std::optional<MandateGrant> grant_mandate(const State&, const events::RoundClosed&, Quantity lot);

} // namespace grekko::consensus

#include "core/consensus/access.hpp" // IWYU pragma: export
