// StrongId: an integer that only compares with its own kind, so that an order id can never be
// passed for an intent id. Zero means none. It is not a container key with a random order:
// ids order by value. Domain structs hold them by value.
#pragma once

#include <compare>
#include <cstdint>

namespace grekko {

template <class Tag, class Integer>
class StrongId {
public:
    using value_type = Integer;

    constexpr StrongId() = default;
    constexpr explicit StrongId(Integer value) : value_{value} {}

    constexpr Integer value() const { return value_; }
    constexpr bool is_none() const { return value_ == 0; }
    constexpr explicit operator bool() const { return value_ != 0; }
    constexpr auto operator<=>(const StrongId&) const = default;

private:
    Integer value_{0};
};

}  // namespace grekko
