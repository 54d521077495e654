// Price, Quantity, Notional and Rate: Decimals that cannot be mixed up. Within one type they add
// and compare; across types only what means something exists, as functions with a Rounding.
// They know no currency and no instrument: the struct that holds them does. Everyone uses them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/decimal.hpp"

namespace grekko {

template <class Tag>
class Amount {
public:
    constexpr Amount() = default; // zero
    constexpr explicit Amount(Decimal value) : value_{value} {}

    static constexpr Amount from_raw(Int128 raw) { return Amount{Decimal::from_raw(raw)}; }
    static constexpr Amount whole(std::int64_t value) { return Amount{Decimal::whole(value)}; }
    static constexpr Amount max() { return Amount{Decimal::max()}; }
    static constexpr Amount min() { return Amount{Decimal::min()}; }
    // As Decimal::parse.
    static Result<Amount> parse(std::string_view text) { return wrap(Decimal::parse(text)); }
    static Result<Amount> parse(std::string_view text, Rounding mode) {
        return wrap(Decimal::parse(text, mode));
    }

    constexpr Decimal decimal() const { return value_; }
    constexpr Int128 raw() const { return value_.raw(); }
    double to_double() const { return value_.to_double(); }
    std::string to_string() const { return value_.to_string(); }
    std::size_t write(char* text) const { return value_.write(text); }

    constexpr bool is_zero() const { return value_.is_zero(); }
    constexpr bool is_negative() const { return value_.is_negative(); }
    constexpr bool is_positive() const { return value_.is_positive(); }
    constexpr int sign() const { return value_.sign(); }
    constexpr Amount abs() const { return Amount{value_.abs()}; }

    // ASSERT on overflow.
    constexpr Amount operator-() const { return Amount{-value_}; }
    constexpr Amount& operator+=(Amount other) { return *this = *this + other; }
    constexpr Amount& operator-=(Amount other) { return *this = *this - other; }
    friend constexpr Amount operator+(Amount a, Amount b) { return Amount{a.value_ + b.value_}; }
    friend constexpr Amount operator-(Amount a, Amount b) { return Amount{a.value_ - b.value_}; }
    friend Amount operator*(Amount a, std::int64_t n) { return Amount{multiply(a.value_, n)}; }
    friend Amount operator*(std::int64_t n, Amount a) { return a * n; }

    friend constexpr std::optional<Amount> checked_add(Amount a, Amount b) {
        return wrap(checked_add(a.value_, b.value_));
    }
    friend constexpr std::optional<Amount> checked_subtract(Amount a, Amount b) {
        return wrap(checked_subtract(a.value_, b.value_));
    }

    friend constexpr bool operator==(Amount a, Amount b) = default;
    friend constexpr std::strong_ordering operator<=>(Amount a, Amount b) {
        return a.value_ <=> b.value_;
    }

    static Result<Amount> wrap(Result<Decimal> value) {
        if (!value) return std::move(value).error();
        return Amount{*value};
    }
    static constexpr std::optional<Amount> wrap(std::optional<Decimal> value) {
        return value ? std::optional{Amount{*value}} : std::nullopt;
    }

private:
    Decimal value_;
};

using Price = Amount<struct PriceTag>;       // quote currency for one unit of base
using Quantity = Amount<struct QuantityTag>; // units of base
using Notional = Amount<struct NotionalTag>; // quote currency
using Rate = Amount<struct RateTag>;         // a plain ratio: 0.0005 is 5 bp

static_assert(sizeof(Price) == 16 && alignof(Price) == 8);
static_assert(std::is_trivially_copyable_v<Price> && std::is_standard_layout_v<Price>);

// As the functions of Decimal: exact, rounded once, ASSERT on overflow and zero divisors.
inline Notional multiply(Price price, Quantity quantity, Rounding mode) {
    return Notional{multiply(price.decimal(), quantity.decimal(), mode)};
}
inline Quantity divide(Notional notional, Price price, Rounding mode) {
    return Quantity{divide(notional.decimal(), price.decimal(), mode)};
}
inline Price divide(Notional notional, Quantity quantity, Rounding mode) {
    return Price{divide(notional.decimal(), quantity.decimal(), mode)};
}
template <class Tag>
Amount<Tag> multiply(Amount<Tag> amount, Rate rate, Rounding mode) {
    return Amount<Tag>{multiply(amount.decimal(), rate.decimal(), mode)};
}
template <class Tag>
Amount<Tag> divide(Amount<Tag> amount, Rate rate, Rounding mode) {
    return Amount<Tag>{divide(amount.decimal(), rate.decimal(), mode)};
}
template <class Tag>
Rate ratio(Amount<Tag> part, Amount<Tag> whole, Rounding mode) {
    return Rate{divide(part.decimal(), whole.decimal(), mode)};
}
// amount * part / whole with one rounding: a share of something.
template <class Tag, class Other>
Amount<Tag> multiply_divide(Amount<Tag> amount, Amount<Other> part, Amount<Other> whole,
                            Rounding mode) {
    return Amount<Tag>{multiply_divide(amount.decimal(), part.decimal(), whole.decimal(), mode)};
}
template <class Tag>
Amount<Tag> round_to(Amount<Tag> value, Amount<Tag> step, Rounding mode) {
    return Amount<Tag>{round_to(value.decimal(), step.decimal(), mode)};
}

// The same for numbers from outside: none on overflow and zero divisors.
inline std::optional<Notional> checked_multiply(Price price, Quantity quantity, Rounding mode) {
    return Notional::wrap(checked_multiply(price.decimal(), quantity.decimal(), mode));
}
inline std::optional<Quantity> checked_divide(Notional notional, Price price, Rounding mode) {
    return Quantity::wrap(checked_divide(notional.decimal(), price.decimal(), mode));
}
inline std::optional<Price> checked_divide(Notional notional, Quantity quantity, Rounding mode) {
    return Price::wrap(checked_divide(notional.decimal(), quantity.decimal(), mode));
}
template <class Tag>
std::optional<Amount<Tag>> checked_multiply(Amount<Tag> amount, Rate rate, Rounding mode) {
    return Amount<Tag>::wrap(checked_multiply(amount.decimal(), rate.decimal(), mode));
}
template <class Tag>
std::optional<Rate> checked_ratio(Amount<Tag> part, Amount<Tag> whole, Rounding mode) {
    return Rate::wrap(checked_divide(part.decimal(), whole.decimal(), mode));
}

inline namespace literals {

consteval Price operator""_price(const char* text) {
    return Price{decimal_scan::literal(text)};
}
consteval Quantity operator""_quantity(const char* text) {
    return Quantity{decimal_scan::literal(text)};
}
consteval Notional operator""_notional(const char* text) {
    return Notional{decimal_scan::literal(text)};
}
consteval Rate operator""_rate(const char* text) {
    return Rate{decimal_scan::literal(text)};
}

} // namespace literals
} // namespace grekko
