// What the rows of the table share: how a breaker opens, what an event about one says, and how
// occurrences are counted. Not the table itself: breakers_open.cpp has it. Private to the breakers;
// nothing outside of core/risk includes it.
#pragma once

#include <algorithm>

#include "core/risk/breakers.hpp"

namespace grekko::risk::breaker_parts {

inline constexpr std::uint32_t data_causes = bit(BreakerCause::data_stale) |
                                             bit(BreakerCause::data_gap) |
                                             bit(BreakerCause::data_crossed);
inline constexpr std::uint32_t venue_causes =
    bit(BreakerCause::unknown_outcomes) | bit(BreakerCause::venue_lost) |
    bit(BreakerCause::private_lost) | bit(BreakerCause::clock);
inline constexpr std::uint32_t account_causes =
    bit(BreakerCause::account_mismatch) | bit(BreakerCause::foreign_fill);
inline constexpr std::uint32_t resource_causes =
    bit(BreakerCause::journal_slow) | bit(BreakerCause::disk_low);

enum class Reset : std::uint8_t { automatic = 1, manual };

struct Opening {
    BreakerKey key;
    BreakerCause cause{};
    Duration wait;                      // of a first opening
    Reset reset{Reset::automatic};
};

inline BreakerKey global_key() { return {}; }
inline BreakerKey venue_key(VenueId venue) {
    return {events::BreakerScope::venue, 0, venue, {}, {}};
}
inline BreakerKey account_key(VenueId venue) {
    return {events::BreakerScope::account, 0, venue, {}, {}};
}
inline BreakerKey instrument_key(InstrumentId instrument) {
    return {events::BreakerScope::instrument, 0, {}, instrument, {}};
}
inline BreakerKey agent_key(AgentId agent) {
    return {events::BreakerScope::agent, 0, {}, {}, agent};
}
inline BreakerKey pair_key(AgentId agent, InstrumentId instrument) {
    return {events::BreakerScope::agent_instrument, 0, {}, instrument, agent};
}
// All that an order meets.
inline std::array<BreakerKey, 6> keys_of(VenueId venue, InstrumentId instrument, AgentId agent) {
    return {global_key(),     venue_key(venue),   account_key(venue),
            instrument_key(instrument), agent_key(agent), pair_key(agent, instrument)};
}

// A change of `key` from its present state, nothing else said.
events::BreakerChanged change(const Breakers& breakers, const BreakerKey& key,
                              events::BreakerState to, BreakerCause cause);
// Closed or half open → open. Open already: a new cause joins, an old one moves the reset on, at
// most once in clean_recheck; else nothing.
BreakerEvents open(const Breakers& breakers, const BreakerSettings& settings,
                   const Opening& opening, Instant now);

inline bool is_half_open(const Breakers& breakers, const BreakerKey& key) {
    return breaker(breakers, key).state == events::BreakerState::half_open;
}

using Moments = std::array<Instant, occurrences_kept>;
inline void remember(Moments& moments, Instant now) {
    std::rotate(moments.begin(), moments.begin() + 1, moments.end());
    moments.back() = now;
}
inline std::uint32_t count_within(const Moments& moments, Instant now, Duration window) {
    return static_cast<std::uint32_t>(
        std::count_if(moments.begin(), moments.end(), [&](Instant at) {
            return !at.is_none() && now - at <= window;
        }));
}
// `count` of them are needed, one where it is half open, never more than are kept.
inline std::uint32_t needed(std::uint32_t count, bool half_open) {
    return half_open ? 1U
                     : std::min<std::uint32_t>(count, static_cast<std::uint32_t>(occurrences_kept));
}

}  // namespace grekko::risk::breaker_parts
