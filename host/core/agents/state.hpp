// What core/agents remembers: the roster with attendance, skill, faults and timers; who is asked
// about what; rounds that wait for answers and votes that wait for their outcome. Rebuilt from
// events alone. Not open rounds (core/consensus), not positions (core/portfolio).
// core/agents changes it in apply; the engine reads it through agents.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/event/coordination.hpp"
#include "domain/event/system.hpp"

namespace grekko::agents {

using events::AgentStatus;
using CodeHash = Text<72>;

// The score of one agent over all its votes (§3). Sums are weighted by u and forget with λ.
struct Skill {
    Decimal numerator, denominator; // n = Σ u·x·r̃, d = Σ u·x²
    Decimal outcome_square;         // Σ u·r̃²
    Decimal effective;              // Σ u: the effective number of votes
    Decimal quadratic;              // Σ of quadratic scores, not weighted
    std::uint64_t votes{0}, hits{0};
};

struct Timer {
    TimerId id;
    std::uint64_t name{0};
    Instant at;
};

struct Agent {
    AgentId id;
    Mode mode{Mode::balanced};
    AgentStatus status{AgentStatus::idle};
    bool native{false};
    std::uint8_t misses{0}, answers{0}; // in a row
    CutKind last_cut{CutKind::stop};
    std::uint16_t group{0}; // the smallest id among those that share one
    std::uint32_t operator_group{0};
    Generation live, previous;
    AgentName name;
    Rate risk_tolerance, participation;
    Rate attendance{1_rate};
    Notional allocation;
    Skill skill;
    CodeHash code, parameters;
    std::deque<Instant> faults;    // the newest limits::faults_kept_max
    Instant retry_at;              // of the automatic return
    Instant switched_off_day;      // 00:00 UTC of the count below
    std::uint32_t switched_off{0}; // by faults, that day
    std::vector<events::AgentSubscribed> subscriptions;
    std::vector<Timer> timers;
    void fields(auto& archive) {
        archive(id, mode, status, native, misses, answers, last_cut, group, operator_group, live,
                previous, name, risk_tolerance, participation, attendance, allocation, skill, code,
                parameters, faults, retry_at, switched_off_day, switched_off, subscriptions,
                timers);
    }
};

struct BarSubscriber {
    Duration interval;
    AgentId agent;
    std::uint16_t reserved[3]{};
    auto operator<=>(const BarSubscriber&) const = default;
};

// Who is asked about one instrument: active and absent agents, by id; bars by interval, then id.
// Dense by instrument; nothing else is read on the way of a market record.
struct Subscribers {
    std::vector<AgentId> trades, quotes, books, voters;
    std::vector<BarSubscriber> bars;
    void fields(auto& archive) { archive(trades, quotes, books, voters, bars); }
};

// A round that still waits for answers; attendance is decided at its deadline, not at its close.
struct Waiting {
    Instant deadline;
    std::vector<AgentId> asked; // by id
    void fields(auto& archive) { archive(deadline, asked); }
};

struct StatedVote {
    AgentId agent;
    std::uint16_t reserved[3]{};
    Rate stated; // x: +c approve, −c reject
};

struct OpenedRound {
    AgentId proposer;
    std::uint16_t reserved[3]{};
    Instant deadline;
};

// A closed round whose votes are judged at exit_at or at the first mark at or beyond the stop.
struct Observed {
    events::RoundObserved round;
    std::vector<StatedVote> votes;
    void fields(auto& archive) { archive(round, votes); }
};

struct Exit {
    Instant at;
    IntentId round;
    auto operator<=>(const Exit&) const = default;
};
struct Trigger {
    Price stop;
    IntentId round;
    auto operator<=>(const Trigger&) const = default;
};

// The stops of observed rounds on one instrument; the nearest are kept for the mark's comparison.
struct Triggers {
    Price below;               // a mark at or below it ends an observation; zero: none
    Price above{Price::max()}; // at or above it
    std::set<Trigger> buys, sells;
    void fields(auto& archive) { archive(below, above, buys, sells); }
};

struct State {
    std::vector<Agent> roster;            // slot 0 is nobody
    std::vector<Subscribers> subscribers; // by instrument
    std::map<AgentName, AgentId> names;
    std::map<CodeHash, AgentId> code_owner;       // one agent of each code
    std::map<std::uint32_t, AgentId> group_owner; // one agent of each operator's group
    std::map<IntentId, OpenedRound> opened;
    std::map<IntentId, Waiting> waiting;
    std::map<IntentId, std::vector<StatedVote>> stated; // of rounds not yet observed
    std::map<IntentId, Observed> observed;
    std::set<Exit> exits;
    std::vector<Triggers> triggers; // by instrument
    std::map<std::pair<AgentId, InstrumentId>, std::uint32_t> unresolved;
    void fields(auto& archive) {
        archive(roster, subscribers, names, code_owner, group_owner, opened, waiting, stated,
                observed, exits, triggers, unresolved);
    }
};

} // namespace grekko::agents
