// What the checks on activity remember: tokens and messages (33, 34), recent assessments (20), and
// an agent's dial, capital and size factor. The rates of tokens come with each assessment, so that
// a journal replays to the same state under other settings. Not orders: exposure.hpp.
// assess() reads it; events alone move it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/event/risk.hpp"
#include "domain/event/system.hpp"
#include "domain/event/trading.hpp"
#include "domain/record.hpp"

namespace grekko::risk {

// A token bucket, kept as the moment when it is full again. Rates are tokens in 1000 s, 0: none
// is known and nothing is limited.
struct Bucket {
    Instant full_at;
    void take(Instant now, std::uint32_t rate);
    // True where one more token is there if the bucket holds what flows in during `depth`.
    bool has(Instant now, std::uint32_t rate, Duration depth) const;
};
// Between two tokens; zero for no limit.
Duration token_interval(std::uint32_t rate);

// Something that was assessed: looked at again by check 20.
struct Repeat {
    Instant at;
    InstrumentId instrument;
    Side side{Side::buy};
    std::uint8_t replaced{0}; // 1: a new version of an order
    std::uint8_t reserved[4]{};
    Price price;
    Quantity quantity;
};

inline constexpr std::size_t repeats_kept = 32;
inline constexpr std::size_t ratio_minutes = 60;

struct AgentRow {
    Rate tolerance{0.5_rate};
    Notional allocation;
    Rate size_factor{1_rate};                 // check 40
    Bucket increases;                         // submissions and replaces of increases
    std::array<Repeat, repeats_kept> repeats{};
    std::uint64_t repeat_count{0};
    std::array<std::uint32_t, ratio_minutes> messages{}, fills{};  // by minute, a ring of 1 h
    std::int64_t minute{0};                   // the ring's newest minute since 1970
};

struct VenueRow {
    Bucket messages;                          // every message
    std::uint32_t rate{0};                    // of the newest assessment
    std::uint32_t reserved{0};
};

struct Counters {
    std::vector<AgentRow> agents;             // by agent_slot
    Bucket increases;                         // of the book
    std::vector<VenueRow> venues;             // by id
    Rate book_factor{1_rate};                 // check 39
    std::uint32_t agent_rate{0}, book_rate{0};  // of the newest assessment
    void fields(auto& archive) {
        archive(agents, increases, venues, book_factor, agent_rate, book_rate);
    }
};

// Operator 0, house 1, agents after them.
constexpr std::size_t agent_slot(AgentId agent) {
    return agent == operator_agent ? 0U : agent == house_agent ? 1U : agent.value() + 1U;
}
const AgentRow& agent_row(const Counters& counters, AgentId agent);  // a default where unknown

struct MessageRatio {
    std::uint64_t messages, fills;
};
// Of the last hour.
MessageRatio message_ratio(const AgentRow& row, Instant now);

void apply(Counters&, const events::RiskAssessed&, const RecordHead&);
void apply(Counters&, const events::SizeFactorChanged&, const RecordHead&);
void apply(Counters&, const events::AgentRegistered&, const RecordHead&);
void apply(Counters&, const events::AgentSettingChanged&, const RecordHead&);
// `agent` and whether the order increases come from the exposure: these events name an order only.
struct Message {
    AgentId agent;
    VenueId venue;
    bool increases{false};
};
void count_message(Counters&, const Message&, Instant now);
void count_fill(Counters&, AgentId agent, Instant now);

}  // namespace grekko::risk
