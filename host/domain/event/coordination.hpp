// Events of the coordination category: intents, rounds, votes, mandates, scores. Together they are
// the full record of how a decision came about. Decided by core/consensus and core/agents.
// They carry no positions and no orders; explain and the scores read them.
#pragma once

#include "domain/input.hpp"

namespace grekko::events {

enum class IntentRefusal : std::uint8_t {
    none = 0, nothing_to_do, reentrant, busy, too_frequent, unknown_instrument, invalid,
    no_electorate, no_mark, mandate_outside, agent_inactive, halted, solo_refused
};

// What happens to an intent that was not refused.
enum class IntentRoute : std::uint8_t {
    vote = 1,        // an increase: a round decides
    reduce,          // leaves risk: never voted
    lower,           // only what is approved and unfilled gets less: never voted
    operator_order,  // a person answers for it
    solo             // one agent alone, consensus.solo = pass
};

struct IntentProposed {
    static constexpr std::uint16_t tag = 200;
    IntentId id;               // = sequence of this record
    Intent intent;
    bool increase{false};
    bool solo{false};          // consensus.solo = pass: journaled, not voted
    bool mandate{false};       // the intent of a mandate's full inventory
    IntentRoute route{IntentRoute::vote};
    bool retarget{false};      // the agent's unfilled rest here is cancelled first
    std::uint8_t reserved[3]{};
    Quantity beyond;           // a flip: the target to propose again once this reduce has filled
};

struct IntentRefused {
    static constexpr std::uint16_t tag = 201;
    Intent intent;
    IntentRefusal reason{};
    std::uint8_t reserved[7]{};
};

struct IntentSuperseded {
    static constexpr std::uint16_t tag = 202;
    IntentId id, by;
};

// The electorate and the law of a round, frozen when it opens.
struct RoundOpened {
    static constexpr std::uint16_t tag = 203;
    IntentId round;
    AgentId proposer;
    InstrumentId instrument;
    std::uint16_t members{0};
    std::uint16_t groups{0};
    Instant deadline;
    Notional nav;              // N when it opened
    Rate churn;                // 0 or 0.10 added to every threshold
    bool veto_missing_refuses{true};
    std::uint8_t reserved{0};
    std::uint16_t proposer_group{0};  // 0: shares none with the electorate
    std::uint32_t reserved2{0};
    Notional value;            // of the full size at the reference price, base currency
};

struct RoundMember {           // one per eligible agent, after RoundOpened
    static constexpr std::uint16_t tag = 204;
    IntentId round;
    AgentId agent;
    std::uint16_t group{0};
    bool veto{false};
    bool undecided_same{false};      // has an own undecided intent on the same side
    bool undecided_opposite{false};  // ... on the opposite side
    bool outside{false};             // holds a veto but is not eligible: no weight
    Rate weight;               // after grouping and caps
    Rate undecided_confidence;
};

struct VoteCast {
    static constexpr std::uint16_t tag = 205;
    IntentId round;
    Vote vote;
    Duration after;            // since the round opened
    bool late{false};          // recorded, not counted; a miss
    bool counted{true};        // false: late, second vote, not eligible
    bool abstains{false};      // counts as an abstention whatever the ballot: c is too small
    std::uint8_t reserved[5]{};
};

enum class RoundOutcome : std::uint8_t {
    passed = 1, rejected, no_quorum, vetoed, veto_missing, expired, stale_price, superseded,
    cancelled, solo
};

struct RoundClosed {
    static constexpr std::uint16_t tag = 206;
    IntentId round;
    RoundOutcome outcome{};
    bool mandate{false};
    std::uint16_t approvals{0}, rejections{0}, abstentions{0};
    std::uint16_t misses{0}, eligible{0};
    AgentId vetoed_by;
    bool quorate{false};       // the votes that came in time made a quorum
    std::uint8_t reserved{0};
    Duration took;
    Rate fraction;             // φ*
    Rate approval;             // A(φ*), or A(1) where it failed
    Rate threshold;            // θ(φ*)
    Rate quorum;               // Q
    Quantity quantity;         // φ* × requested size, lot not applied
    Price mark;                // M1
    Instant guard_until;       // of a passed increase: opposite increases need more votes till then
};

struct MandateGranted {
    static constexpr std::uint16_t tag = 207;
    MandateId id;              // = sequence of this record
    IntentId round;
    MandateTerms terms;
};

struct MandateEnded {
    static constexpr std::uint16_t tag = 208;
    MandateId id;
    Reason reason;
};

struct AttendanceChanged {
    static constexpr std::uint16_t tag = 209;
    AgentId agent;
    bool answered{false}, absent{false};
    std::uint8_t misses{0};    // in a row
    std::uint8_t answers{0};   // in a row
    std::uint16_t reserved{0};
    Rate attendance;
    IntentId round;            // the round it answered or missed
};

// One vote judged at the end of its horizon (§3). x and r̃ as defined there.
struct VoteScored {
    static constexpr std::uint16_t tag = 210;
    IntentId round;
    AgentId agent;
    InstrumentId instrument;
    std::uint32_t reserved{0};
    Rate stated;               // x: +c approve, −c reject
    Rate outcome;              // r̃ in −1..1
    Rate share;                // u
    Rate numerator, denominator, slope, skill;  // n, d, β, skill afterwards
    Rate quadratic;            // 2·x̂·r̃ − x̂², x̂ from before
    Rate decay;                // λ, for the sums shown beside the skill
};

// The terms a mandate's round is about; follows its IntentProposed.
struct MandateProposed {
    static constexpr std::uint16_t tag = 211;
    IntentId round;
    MandateTerms terms;
};

// What the votes of a round will be judged against (§3), emitted just before it closes.
struct RoundObserved {
    static constexpr std::uint16_t tag = 212;
    IntentId round;
    InstrumentId instrument;
    Side side{Side::buy};
    std::uint8_t reserved[5]{};
    Price mark;                // M(t)
    Price stop;                // the first M beyond it ends the observation, zero: none
    Instant exit_at;           // t + horizon
    Rate cost;                 // round trip at t, fraction of price
    Rate sigma;                // σ(horizon) at t
};

}  // namespace grekko::events
