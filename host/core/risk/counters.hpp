// What the checks on activity remember: recent messages (33, 34), recent assessments (20), and an
// agent's dial, capital and size factor. Only times and counts are kept, never levels that depend
// on settings, so that a journal replays to the same state under other limits. Not orders:
// exposure.hpp. assess() reads it; events alone move it.
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

// The last N moments something happened.
template <std::size_t N>
struct Moments {
    std::array<Instant, N> at{};
    std::uint64_t count{0};
    void add(Instant now) { at[count++ % N] = now; }
    // The k-th last, 0 the newest; k < held().
    Instant last(std::uint64_t k) const { return at[(count - 1 - k) % N]; }
    std::uint64_t held() const { return count < N ? count : N; }
};

// True where one more now keeps to `rate` a second with bursts of `burst`: no stretch of time may
// hold more than burst + rate × its length. That is a token bucket, told from the moments alone.
template <std::size_t N>
bool conforms(const Moments<N>& moments, Instant now, std::uint64_t rate_per_1000s,
              std::uint64_t burst) {
    for (std::uint64_t k = 0; k < moments.held(); ++k) {
        const std::int64_t passed = (now - moments.last(k)).count();
        const std::uint64_t refilled =
            passed <= 0 ? 0
                        : static_cast<std::uint64_t>(static_cast<UInt128>(passed) *
                                                     rate_per_1000s / 1'000'000'000'000ULL);
        if (k + 2 > burst + refilled) return false;
        if (refilled > N) break;
    }
    return burst > 0;
}

// Something that was assessed: looked at again by check 20.
struct Repeat {
    Instant at;
    InstrumentId instrument;
    Side side{Side::buy};
    std::uint8_t reserved[5]{};
    Price price;
    Quantity quantity;
};

inline constexpr std::size_t repeats_kept = 32;
inline constexpr std::size_t ratio_minutes = 60;

struct AgentRow {
    Rate tolerance{0.5_rate};
    Notional allocation;
    Rate size_factor{1_rate};                 // check 40
    Moments<16> increases;                    // submissions and replaces of increases
    std::array<Repeat, repeats_kept> repeats{};
    std::uint64_t repeat_count{0};
    std::array<std::uint32_t, ratio_minutes> messages{}, fills{};  // by minute, a ring of 1 h
    std::int64_t minute{0};                   // the ring's newest minute since 1970
};

struct Counters {
    std::vector<AgentRow> agents;             // by agent_slot
    Moments<64> increases;                    // of the book
    std::vector<Moments<128>> venues;         // every message to a venue, by id
    Rate book_factor{1_rate};                 // check 39
    void fields(auto& archive) { archive(agents, increases, venues, book_factor); }
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
