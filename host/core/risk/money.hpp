// Arithmetic of the checks that cannot fail: what would overflow or divide by zero is bounded by
// 10^18 in magnitude, so that an assessment is total on whatever it is given and sums of a hundred
// bounded values stay in range. Not for accounting, where nothing may be bounded silently.
#pragma once

#include <algorithm>
#include <optional>

#include "base/decimal.hpp"

namespace grekko::risk {

inline constexpr Decimal ceiling_value = Decimal::whole(1'000'000'000'000'000'000);

constexpr Decimal bounded(Decimal value) {
    return std::clamp(value, -ceiling_value, ceiling_value);
}
inline Decimal bounded(std::optional<Decimal> value, bool negative) {
    if (value) return bounded(*value);
    return negative ? -ceiling_value : ceiling_value;
}
inline Decimal product(Decimal a, Decimal b, Rounding mode) {
    if (a.is_zero() || b.is_zero()) return {};
    if (b == 1_d) return bounded(a);  // scales and contract sizes mostly are
    return bounded(checked_multiply(a, b, mode), a.is_negative() != b.is_negative());
}
// The bound where the divisor is zero.
inline Decimal quotient(Decimal a, Decimal b, Rounding mode) {
    if (b.is_zero()) return a.is_negative() ? -ceiling_value : ceiling_value;
    return bounded(checked_divide(a, b, mode), a.is_negative() != b.is_negative());
}

template <class Tag>
Amount<Tag> scaled(Amount<Tag> amount, Rate rate, Rounding mode) {
    return Amount<Tag>{product(amount.decimal(), rate.decimal(), mode)};
}
inline Notional value(Price price, Quantity quantity, Rounding mode) {
    return Notional{product(price.decimal(), quantity.decimal(), mode)};
}
// How much `room` buys at `unit` a piece, rounded down; none without room.
inline Quantity affordable(Notional room, Price unit) {
    if (!room.is_positive()) return Quantity{};
    return Quantity{quotient(room.decimal(), unit.decimal(), Rounding::toward_zero)};
}
// part / whole inside 0..1; a part of nothing is all of it.
template <class Tag>
Rate share_of(Amount<Tag> part, Amount<Tag> whole) {
    if (!part.is_positive()) return Rate{};
    if (part >= whole) return Rate::whole(1);
    return Rate{quotient(part.decimal(), whole.decimal(), Rounding::half_even)};
}

}  // namespace grekko::risk
