// What consensus remembers: intents, open rounds with their sealed votes, mandates, guards and
// counts. Rebuilt from events alone. Not the agents' scores (core/agents), not working orders.
// core/consensus changes it in apply; the engine reads it through consensus.hpp.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <utility>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/event/coordination.hpp"
#include "domain/ids.hpp"
#include "domain/intent.hpp"

namespace grekko::consensus {

using events::IntentRoute;
using events::RoundOutcome;

// One eligible agent of a round with its sealed vote, and what it wants itself if it stays silent.
struct Member {
    AgentId agent;
    std::uint16_t group{0};
    Ballot ballot{Ballot::abstain};
    bool answered{false};
    bool veto{false};         // may veto this round
    bool outside{false};      // only because of its veto: no weight
    bool holds_intent{false}; // has an undecided intent of its own here
    bool intent_same_side{false};
    std::uint8_t reserved[6]{};
    Rate weight;          // share of the eligible weight, after grouping and caps
    Rate confidence, max; // of the vote
    Rate intent_confidence;
};

struct Round {
    IntentId id;
    AgentId proposer;
    InstrumentId instrument;
    std::uint16_t proposer_group{0};
    Side side{Side::buy};
    bool mandate{false}, veto_missing_refuses{true};
    Instant opened_at, deadline;
    Notional nav, value; // N and the size's worth when it opened, base currency
    Rate churn;
    std::vector<Member> members; // by agent id
    void fields(auto& archive) {
        archive(id, proposer, instrument, proposer_group, side, mandate, veto_missing_refuses,
                opened_at, deadline, nav, value, churn, members);
    }
};

// A closed round, kept a while so that a late vote finds it.
struct PastRound {
    IntentId id;
    Instant opened_at, deadline;
};

struct IntentRecord {
    IntentId id;
    Intent intent;
    Instant proposed_at, decided_at;
    Quantity beyond;    // of a flip, see IntentProposed
    Quantity decided;   // allowed size, zero unless passed or never voted
    Rate fraction;      // φ*
    Price mark_decided; // M1
    IntentRoute route{IntentRoute::vote};
    RoundOutcome outcome{}; // none: undecided
    bool increase{false}, mandate{false}, retarget{false};
    std::uint8_t reserved[3]{};
    bool undecided() const { return outcome == RoundOutcome{}; }
};

// What an agent did last on an instrument.
struct Latest {
    IntentId intent;
    Instant increase_at;
};

struct VetoCount {
    Instant day; // 00:00 UTC
    std::uint64_t count{0};
};

struct Figures {
    std::uint64_t rounds{0};    // closed
    std::uint64_t succeeded{0}; // of these with quorum, inside the deadline
    std::uint64_t passed{0};
};

struct State {
    using Place = std::pair<AgentId, InstrumentId>;
    std::map<IntentId, IntentRecord> intents;
    std::map<IntentId, Round> open; // the order of ids is the order of opening
    std::deque<PastRound> past;
    std::map<Place, Latest> latest;
    std::map<std::pair<InstrumentId, Side>, Instant> guards; // churn guard against this side until
    std::map<AgentId, VetoCount> vetoes;
    std::map<IntentId, MandateTerms> terms; // of mandates that are being voted
    std::map<Place, events::MandateGranted> mandates;
    std::deque<IntentId> decided; // oldest first, for the bound on `intents`
    Figures figures;
    void fields(auto& archive) {
        archive(intents, open, past, latest, guards, vetoes, terms, mandates, decided, figures);
    }
};

} // namespace grekko::consensus
