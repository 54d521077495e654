// Events of the system category: agents come and go, venues connect, the book is reconciled.
// Flat records of the journal; decided by core/agents, core/execution and core/engine.
// Nothing here is about money.
#pragma once

#include "domain/input.hpp"

namespace grekko::events {

enum class AgentStatus : std::uint8_t { active = 1, idle, error, disabled, absent };

struct AgentRegistered {
    static constexpr std::uint16_t tag = 100;
    AgentId agent;
    Mode mode{Mode::balanced};
    bool native{false};
    std::uint32_t group{0};       // operator-set group, 0: by code hash
    AgentName name;
    Rate risk_tolerance;
    Rate participation;
    Notional allocation;
    std::uint64_t reserved{0};
};

struct AgentStatusChanged {
    static constexpr std::uint16_t tag = 101;
    AgentId agent;
    AgentStatus from{AgentStatus::idle}, to{AgentStatus::idle};
    std::uint32_t reserved{0};
    Reason reason;
    Instant retry_at;          // of an automatic return after faults, none: by an operator
};

struct AgentFaulted {
    static constexpr std::uint16_t tag = 102;
    AgentId agent;
    FaultKind kind{};
    std::uint8_t reserved{0};
    std::uint32_t faults_10min{0};
    Generation generation;
    std::uint32_t reserved2{0};
    Text<200> message;
};

struct GenerationChanged {
    static constexpr std::uint16_t tag = 103;
    AgentId agent;
    CutKind kind{};
    Mode mode{}; // none: as before
    Generation from, to;
    std::uint32_t reserved2{0};
    Text<72> code_hash, parameters_hash;
};

struct AgentSettingChanged {  // participation, allocation or risk tolerance, by an operator
    static constexpr std::uint16_t tag = 104;
    AgentId agent;
    CommandKind setting{};
    std::uint8_t reserved[5]{};
    Decimal from, to;
    Text<32> principal;
};

struct VenueChanged {
    static constexpr std::uint16_t tag = 105;
    VenueId venue;
    bool connected{false}, private_alive{false}, reconciled{false};
    std::uint8_t reserved[3]{};
    Duration clock_offset;
    Text<96> detail;
};

// One reconciliation against a venue ended. Trading starts only when all three agree.
struct Reconciled {
    static constexpr std::uint16_t tag = 106;
    VenueId venue;
    bool orders_agree{false}, fills_agree{false}, balances_agree{false};
    std::uint8_t reserved[3]{};
    std::uint32_t open_orders{0}, resolved_unknown{0}, lapsed{0}, foreign{0};
    Text<96> detail;
};

struct CommandHandled {
    static constexpr std::uint16_t tag = 107;
    std::uint64_t id{0};
    CommandKind kind{};
    bool accepted{false};
    std::uint8_t reserved[6]{};
    Reason outcome;
};

// An answer that came from a generation that no longer owns the event it answers: dropped.
struct AnswerDropped {
    static constexpr std::uint16_t tag = 108;
    AskId ask;
    AgentId agent;
    std::uint16_t reserved{0};
    Generation generation;
    Reason reason;
};

// What one generation wants to be asked about one instrument; follows GenerationChanged, which
// ended the subscriptions of the generation before.
struct AgentSubscribed {
    static constexpr std::uint16_t tag = 109;
    AgentId agent;
    InstrumentId instrument;
    bool trades{false}, quotes{false}, books{false};
    bool votes{false};         // is asked about proposals
    Duration bars[8];          // intervals, zero: none
};

// An agent asked for on_timer. A second timer of the same name replaces the first.
struct AgentTimerSet {
    static constexpr std::uint16_t tag = 110;
    TimerId id;
    AgentId agent;
    std::uint16_t reserved[3]{};
    std::uint64_t name{0};
    Instant at;
};

}  // namespace grekko::events
