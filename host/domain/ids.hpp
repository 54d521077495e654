// The names of things: small integers given once, in the order of the journal, zero meaning none.
// They are not the symbols people type: instrument.hpp maps those. Every message uses them.
// Each is a type of its own, so that one cannot be passed for another.
#pragma once

#include <cstdint>

#include "base/strong_id.hpp"
#include "base/text.hpp"

namespace grekko {

using InstrumentId = StrongId<struct InstrumentTag, std::uint16_t>;  // dense from 1
using VenueId = StrongId<struct VenueTag, std::uint16_t>;            // dense from 1
using AgentId = StrongId<struct AgentTag, std::uint16_t>;            // dense from 1, see below
using Generation = StrongId<struct GenerationTag, std::uint32_t>;    // of an agent's code, from 1
using Sequence = StrongId<struct SequenceTag, std::uint64_t>;        // of a journal record, from 1
using TapePosition = StrongId<struct TapeTag, std::uint64_t>;        // of a tape record, from 1
using IntentId = StrongId<struct IntentTag, std::uint64_t>;          // = sequence of its event
using ParentId = StrongId<struct ParentTag, std::uint64_t>;          // = sequence of its event
using OrderId = StrongId<struct OrderTag, std::uint64_t>;            // = sequence of its event
using StopId = StrongId<struct StopTag, std::uint64_t>;              // = sequence of its event
using MandateId = StrongId<struct MandateTag, std::uint64_t>;        // = sequence of its event
using AskId = StrongId<struct AskTag, std::uint64_t>;                // counts questions to agents
using TimerId = StrongId<struct TimerTag, std::uint64_t>;            // counts timers

using ClientOrderId = Text<40>;  // incarnation + sequence + leg, at most 36 characters
using VenueOrderId = Text<48>;   // as the venue writes it
using TradeId = Text<48>;        // as the venue writes it
using Reason = Text<96>;         // what a person or agent gave as the reason
using AgentName = Text<32>;

// Two pseudo-agents own what no agent does: orders of people, and dust and foreign fills.
inline constexpr AgentId operator_agent{0xFFFE};
inline constexpr AgentId house_agent{0xFFFF};

}  // namespace grekko
