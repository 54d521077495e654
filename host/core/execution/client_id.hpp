// Client order ids: incarnation, client sequence and leg in base 32, 8 + 13 + 2 = 23 characters of
// [0-9a-z] without i, l, o, u, which every venue takes. Not the order's own id. Orders get one
// when they are submitted, reports are matched by it.
#pragma once

#include <cstdint>
#include <optional>

#include "domain/ids.hpp"

namespace grekko::execution {

struct ClientId {
    std::uint64_t incarnation{0}; // 40 bits
    std::uint64_t sequence{0};
    std::uint32_t leg{0}; // 10 bits: 0 of the first send, then one more a replace
    bool operator==(const ClientId&) const = default;
};

inline constexpr std::uint32_t legs_max = 1'023;

// Bits above the widths are dropped.
ClientOrderId encode(const ClientId& id);
// None for a text that encode() cannot have made: a foreign id.
std::optional<ClientId> decode(const ClientOrderId& text);

} // namespace grekko::execution
