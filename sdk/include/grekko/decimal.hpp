// Decimal arithmetic for plugins and adapters: exact sums, comparisons, products and quotients of
// grekko_decimal, a signed 128-bit integer times 10^-18 with |x| < 10^20. It is not floating point
// and not the host's own number class: it is written for any C++20 plugin, header only, without
// allocation. What leaves the range or divides by zero is none in the checked forms; the plain
// forms saturate at the range's end, so that no plugin can take its host down by arithmetic.
#pragma once

#include <grekko/types.h>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace grekko::sdk {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

enum class Round : std::uint8_t { down, up, toward_zero, away_from_zero, half_even };

class Decimal {
public:
    static constexpr std::uint64_t unit = 1'000'000'000'000'000'000U; // raw value of 1
    static constexpr UInt128 limit = static_cast<UInt128>(unit) * 100 * unit;

    constexpr Decimal() = default;
    constexpr Decimal(grekko_decimal value) // NOLINT: the two are one number in two layouts
        : raw_{saturated((static_cast<Int128>(value.high) << 64) | value.low)} {}
    constexpr explicit Decimal(std::int64_t whole) : raw_{static_cast<Int128>(whole) * unit} {}
    static constexpr Decimal from_raw(Int128 raw) {
        Decimal result;
        result.raw_ = saturated(raw);
        return result;
    }
    // numerator / 10^decimals, decimals in 0 … 18; finer digits do not exist.
    static constexpr Decimal ratio(std::int64_t numerator, int decimals) {
        Int128 scale = unit;
        for (int i = 0; i < decimals; ++i)
            scale /= 10;
        return from_raw(static_cast<Int128>(numerator) * scale);
    }
    constexpr operator grekko_decimal() const { // NOLINT: as above
        return {static_cast<std::uint64_t>(raw_), static_cast<std::int64_t>(raw_ >> 64)};
    }
    // "12", "-0.5", ".25"; none for anything else, for more than 18 decimals and out of range.
    static constexpr std::optional<Decimal> parse(std::string_view text);
    // The same for text inside a larger one, quickly: reads the number at `text` and returns where
    // it ends, null where there is none. Behind the number 8 bytes must be readable.
    static const char* scan(const char* text, Decimal& value);
    std::string to_string() const; // plain and shortest: "-0.5", "12"
    // For statistics and charts alone; a few units in the last place off.
    double to_double() const { return static_cast<double>(raw_) / static_cast<double>(unit); }

    constexpr Int128 raw() const { return raw_; }
    constexpr UInt128 magnitude() const {
        return raw_ < 0 ? 0 - static_cast<UInt128>(raw_) : static_cast<UInt128>(raw_);
    }
    constexpr bool is_zero() const { return raw_ == 0; }
    constexpr bool is_positive() const { return raw_ > 0; }
    constexpr bool is_negative() const { return raw_ < 0; }
    constexpr Decimal abs() const { return raw_ < 0 ? -*this : *this; }

    constexpr Decimal operator-() const { return from_raw(-raw_); }
    friend constexpr Decimal operator+(Decimal a, Decimal b) {
        Int128 sum = 0;
        if (!__builtin_add_overflow(a.raw_, b.raw_, &sum)) return from_raw(sum);
        return a.raw_ < 0 ? -largest() : largest(); // only equal signs can wrap
    }
    friend constexpr Decimal operator-(Decimal a, Decimal b) { return a + -b; }
    static constexpr Decimal largest() { return from_raw(static_cast<Int128>(limit - 1)); }
    constexpr Decimal& operator+=(Decimal other) { return *this = *this + other; }
    constexpr Decimal& operator-=(Decimal other) { return *this = *this - other; }
    friend constexpr bool operator==(Decimal a, Decimal b) = default;
    friend constexpr std::strong_ordering operator<=>(Decimal a, Decimal b) {
        return a.raw_ <=> b.raw_;
    }

private:
    static constexpr Int128 saturated(Int128 raw) {
        constexpr auto top = static_cast<Int128>(limit - 1);
        return raw > top ? top : raw < -top ? -top : raw;
    }
    Int128 raw_{0};
};

namespace detail {

struct Wide { // a 256-bit unsigned integer in words, least first
    std::uint64_t word[4]{};
};

constexpr Wide product(UInt128 a, UInt128 b) {
    const std::uint64_t x[2] = {static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(a >> 64)};
    const std::uint64_t y[2] = {static_cast<std::uint64_t>(b), static_cast<std::uint64_t>(b >> 64)};
    Wide out;
    for (int i = 0; i < 2; ++i) {
        std::uint64_t carry = 0;
        for (int j = 0; j < 2; ++j) {
            const UInt128 sum = static_cast<UInt128>(x[i]) * y[j] + out.word[i + j] + carry;
            out.word[i + j] = static_cast<std::uint64_t>(sum);
            carry = static_cast<std::uint64_t>(sum >> 64);
        }
        out.word[i + 2] = carry;
    }
    return out;
}

// value / divisor with divisor > 0; value becomes the quotient, the remainder is returned.
constexpr UInt128 divide(Wide& value, UInt128 divisor) {
    UInt128 rest = 0;
    if ((divisor >> 64) == 0) {
        for (int i = 3; i >= 0; --i) {
            const UInt128 part = (rest << 64) | value.word[i];
            value.word[i] = static_cast<std::uint64_t>(part / divisor);
            rest = part % divisor;
        }
        return rest;
    }
    for (int bit = 255; bit >= 0; --bit) { // a divisor above 2^64 is rare: one bit a turn will do
        std::uint64_t& word = value.word[bit / 64];
        const std::uint64_t mask = std::uint64_t{1} << (bit % 64);
        const bool overflow = (rest >> 127) != 0;
        rest = (rest << 1) | ((word & mask) != 0 ? 1U : 0U);
        word &= ~mask;
        if (overflow || rest >= divisor) {
            rest -= divisor;
            word |= mask;
        }
    }
    return rest;
}

constexpr bool grows(Round mode, bool negative, bool odd, UInt128 rest, UInt128 divisor) {
    if (rest == 0) return false;
    switch (mode) {
    case Round::down: return negative;
    case Round::up: return !negative;
    case Round::toward_zero: return false;
    case Round::away_from_zero: return true;
    case Round::half_even: break;
    }
    const UInt128 complement = divisor - rest;
    return rest > complement || (rest == complement && odd);
}

constexpr std::optional<Decimal> quotient(Wide value, UInt128 divisor, bool negative, Round mode) {
    if (divisor == 0) return std::nullopt;
    const UInt128 rest = divide(value, divisor);
    if (value.word[2] != 0 || value.word[3] != 0) return std::nullopt;
    UInt128 magnitude = (static_cast<UInt128>(value.word[1]) << 64) | value.word[0];
    if (magnitude >= Decimal::limit) return std::nullopt;
    if (grows(mode, negative, (magnitude & 1U) != 0, rest, divisor)) ++magnitude;
    if (magnitude >= Decimal::limit) return std::nullopt;
    const auto raw = static_cast<Int128>(magnitude);
    return Decimal::from_raw(negative ? -raw : raw);
}

constexpr Decimal range_end(bool negative) {
    return negative ? -Decimal::largest() : Decimal::largest();
}

} // namespace detail

// a * b, a / b and a * b / c: exact, then rounded once to 18 decimals.
constexpr std::optional<Decimal> checked_multiply(Decimal a, Decimal b, Round mode) {
    return detail::quotient(detail::product(a.magnitude(), b.magnitude()), Decimal::unit,
                            a.is_negative() != b.is_negative(), mode);
}
constexpr std::optional<Decimal> checked_divide(Decimal a, Decimal b, Round mode) {
    return detail::quotient(detail::product(a.magnitude(), Decimal::unit), b.magnitude(),
                            a.is_negative() != b.is_negative(), mode);
}
constexpr std::optional<Decimal> checked_multiply_divide(Decimal a, Decimal b, Decimal c,
                                                         Round mode) {
    const bool negative = (a.is_negative() != b.is_negative()) != c.is_negative();
    return detail::quotient(detail::product(a.magnitude(), b.magnitude()), c.magnitude(), negative,
                            mode);
}
// The same, saturating; a division by zero is zero.
constexpr Decimal multiply(Decimal a, Decimal b, Round mode) {
    const bool negative = a.is_negative() != b.is_negative();
    return checked_multiply(a, b, mode).value_or(detail::range_end(negative));
}
constexpr Decimal divide(Decimal a, Decimal b, Round mode) {
    if (b.is_zero()) return {};
    const bool negative = a.is_negative() != b.is_negative();
    return checked_divide(a, b, mode).value_or(detail::range_end(negative));
}
constexpr Decimal multiply_divide(Decimal a, Decimal b, Decimal c, Round mode) {
    if (c.is_zero()) return {};
    const bool negative = (a.is_negative() != b.is_negative()) != c.is_negative();
    return checked_multiply_divide(a, b, c, mode).value_or(detail::range_end(negative));
}

// The multiple of step next to value as mode says; value itself where step is not positive.
constexpr Decimal round_to(Decimal value, Decimal step, Round mode) {
    if (!step.is_positive()) return value;
    const UInt128 divisor = step.magnitude();
    UInt128 count = value.magnitude() / divisor;
    const UInt128 rest = value.magnitude() % divisor;
    if (detail::grows(mode, value.is_negative(), (count & 1U) != 0, rest, divisor)) ++count;
    const UInt128 magnitude = count * divisor; // below 2 · 10^38, which 128 bits hold
    if (magnitude >= Decimal::limit) return detail::range_end(value.is_negative());
    const auto raw = static_cast<Int128>(magnitude);
    return Decimal::from_raw(value.is_negative() ? -raw : raw);
}
constexpr bool is_multiple(Decimal value, Decimal step) {
    return !step.is_positive() || value.raw() % step.raw() == 0;
}

// The largest value whose square is not above the argument; zero for negative arguments.
constexpr Decimal square_root(Decimal value) {
    if (!value.is_positive()) return {};
    const detail::Wide square = detail::product(value.magnitude(), Decimal::unit);
    // Newton's method from above: raw < 2^127 and unit < 2^60, so the root is below 2^94.
    UInt128 root = static_cast<UInt128>(1) << 94;
    for (;;) {
        detail::Wide quotient = square;
        detail::divide(quotient, root);
        const UInt128 part = (static_cast<UInt128>(quotient.word[1]) << 64) | quotient.word[0];
        const UInt128 next = (root + part) >> 1;
        if (next >= root) return Decimal::from_raw(static_cast<Int128>(root));
        root = next;
    }
}

constexpr std::optional<Decimal> Decimal::parse(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    UInt128 magnitude = 0;
    int decimals = -1; // digits after the point; -1: no point yet
    bool digits = false;
    for (const char c : text) {
        if (c == '.' && decimals < 0) {
            decimals = 0;
            continue;
        }
        if (c < '0' || c > '9') return std::nullopt;
        if (decimals == 18 && c != '0') return std::nullopt;
        digits = true;
        if (decimals == 18) continue;
        if (decimals >= 0) ++decimals;
        if (magnitude >= limit / 10) return std::nullopt;
        magnitude = magnitude * 10 + static_cast<unsigned>(c - '0');
    }
    if (!digits) return std::nullopt;
    for (int i = decimals < 0 ? 0 : decimals; i < 18; ++i) {
        if (magnitude >= limit / 10) return std::nullopt;
        magnitude *= 10;
    }
    const auto raw = static_cast<Int128>(magnitude);
    return from_raw(negative ? -raw : raw);
}

namespace detail {

inline constexpr auto powers_of_ten = [] {
    struct {
        std::uint64_t of[19]{};
    } powers;
    std::uint64_t power = 1;
    for (std::uint64_t& entry : powers.of) {
        entry = power;
        power *= 10;
    }
    return powers;
}();

// Appends the digits at `text` to `number` and returns where they end. Eight at a time where there
// are eight: pairs, then fours, then all are joined by one multiplication each.
inline const char* take_digits(const char* text, std::uint64_t& number) {
    while (true) {
        std::uint64_t eight = 0;
        __builtin_memcpy(&eight, text, sizeof eight);
        const std::uint64_t high = eight & 0xF0F0F0F0F0F0F0F0U;
        const std::uint64_t above_nine = (eight + 0x0606060606060606U) & 0xF0F0F0F0F0F0F0F0U;
        if ((high | (above_nine >> 4U)) != 0x3333333333333333U) break;
        eight = (eight & 0x0F0F0F0F0F0F0F0FU) * 2561 >> 8U;
        eight = (eight & 0x00FF00FF00FF00FFU) * 6553601 >> 16U;
        eight = (eight & 0x0000FFFF0000FFFFU) * 42949672960001U >> 32U;
        number = number * 100'000'000 + eight;
        text += 8;
    }
    for (; *text >= '0' && *text <= '9'; ++text)
        number = number * 10 + static_cast<unsigned>(*text - '0');
    return text;
}

} // namespace detail

inline const char* Decimal::scan(const char* text, Decimal& value) {
    const bool negative = *text == '-';
    const char* const first = text + (negative ? 1 : 0);
    std::uint64_t mantissa = 0;
    const char* end = detail::take_digits(first, mantissa);
    std::ptrdiff_t digits = end - first;
    std::ptrdiff_t decimals = 0;
    if (*end == '.') {
        const char* const point = end + 1;
        end = detail::take_digits(point, mantissa);
        decimals = end - point;
        digits += decimals;
    }
    if (digits == 0) return nullptr;
    if (digits > 19 || decimals > 18) { // does not fit the quick way
        const auto slow = parse({text, static_cast<std::size_t>(end - text)});
        if (!slow) return nullptr;
        value = *slow;
        return end;
    }
    const auto raw = static_cast<Int128>(static_cast<UInt128>(mantissa) *
                                         detail::powers_of_ten.of[18 - decimals]);
    value.raw_ = negative ? -raw : raw;
    return end;
}

inline std::string Decimal::to_string() const {
    const UInt128 value = magnitude();
    auto whole = value / unit;
    auto part = static_cast<std::uint64_t>(value % unit);
    std::string text;
    do {
        text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(whole % 10)));
        whole /= 10;
    } while (whole != 0);
    if (raw_ < 0) text.insert(text.begin(), '-');
    if (part == 0) return text;
    std::string digits(18, '0');
    for (std::size_t i = 18; i-- > 0; part /= 10)
        digits[i] = static_cast<char>('0' + static_cast<int>(part % 10));
    digits.erase(digits.find_last_not_of('0') + 1);
    return text + '.' + digits;
}

inline namespace literals {

// 0.01_dec; what is no exact decimal in range does not compile.
consteval Decimal operator""_dec(const char* text) {
    char plain[48] = {};
    std::size_t size = 0;
    for (; *text != '\0'; ++text) {
        if (*text == '\'') continue;
        if (size == sizeof plain) throw "the literal is too long";
        plain[size++] = *text;
    }
    return Decimal::parse({plain, size}).value(); // NOLINT: throwing means not compiling
}

} // namespace literals
} // namespace grekko::sdk
