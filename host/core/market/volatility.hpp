// Volatility: the exponentially weighted standard deviation of returns about zero, newest heaviest:
// σ² = Σ λ^i r² / Σ λ^i. The weights are normalised, so the first returns are not drowned in an
// assumed start. Which prices make a return is the caller's choice: Market gives it one a minute,
// or one a bar. Decimal throughout, the root is an integer root.
#pragma once

#include <cstdint>

#include "base/decimal.hpp"

namespace grekko::market {

class Volatility {
public:
    // Counts price / before - 1; both > 0. `decay` is λ in (0, 1).
    void add(Price before, Price price, Rate decay);
    // Of one step; zero while fewer than `returns_min` have come.
    Rate sigma(std::uint32_t returns_min) const { return count_ < returns_min ? Rate{} : sigma_; }

    void fields(auto& archive) { archive(squares_, weights_, sigma_, count_); }

private:
    Decimal squares_, weights_;
    Rate sigma_;
    std::uint64_t count_{0};
};

}  // namespace grekko::market
