// Copies of a tape with another future: cut off at an instant, or with noise after it. What was
// received up to the instant is the same to the byte. They are no market to trade on.
// look_ahead.cpp makes them.
#pragma once

#include <cstdint>
#include <vector>

#include "base/instant.hpp"
#include "runtime/memory_tape.hpp"

namespace grekko::research {

// The instants at which records were received, each once, in order.
std::vector<Instant> instants_of(const runtime::MemoryTape& tape);

// The records received up to `last`, then one tick of the clock at `next`, so that a run has
// something to stop at.
runtime::MemoryTape cut_after(const runtime::MemoryTape& tape, Instant last, Instant next);

// All records; of those after `last` prices and quantities are drawn anew around another level.
runtime::MemoryTape noise_after(const runtime::MemoryTape& tape, Instant last, std::uint64_t seed);

} // namespace grekko::research
