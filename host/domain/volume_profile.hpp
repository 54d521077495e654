// What an instrument usually trades in each quarter of an hour of the week. core/market makes it
// from what it has seen; core/execution works VWAP by it. A copy: it does not change while a
// decision is made.
#pragma once

#include <array>
#include <cstdint>

#include "base/decimal.hpp"

namespace grekko {

// Expected volume by weekday and quarter of an hour (UTC), from Monday 00:00.
struct VolumeProfile {
    static constexpr std::size_t quarters = 7 * 96;
    std::array<Quantity, quarters> volume;
    std::uint32_t days{0}; // of data behind it; below 7 some quarters have none
};

}  // namespace grekko
