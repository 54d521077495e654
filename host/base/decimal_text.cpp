#include <array>
#include <charconv>
#include <cstring>

#include "base/decimal.hpp"

namespace grekko {
namespace {

using decimal_scan::Scan;
using decimal_scan::Status;

Error refuse(std::string_view text, std::string_view why) {
    constexpr std::size_t shown_max = 48;
    std::string message = "\"" + std::string(text.substr(0, shown_max));
    if (text.size() > shown_max) message += "…";
    message += "\" is not an amount: ";
    message += why;
    message += "; write it like 1250.75";
    return make_error(ErrorCode::invalid_argument, std::move(message));
}

Error refuse(std::string_view text, const Scan& scan) {
    const std::string place = std::to_string(scan.place + 1);
    switch (scan.status) {
    case Status::no_digits: return refuse(text, "it has no digits");
    case Status::bad_exponent: return refuse(text, "no digit after the exponent at " + place);
    case Status::out_of_range: return refuse(text, "its magnitude is 10^20 or more");
    case Status::bad_character:
    case Status::good: break;
    }
    const auto byte = static_cast<unsigned char>(text[scan.place]);
    const bool printable = byte >= 0x20 && byte < 0x7F;
    const std::string what =
        printable ? "'" + std::string(1, text[scan.place]) + "'" : "byte " + std::to_string(byte);
    return refuse(text, "unexpected " + what + " at character " + place);
}

constexpr auto powers = [] { // 10^0 … 10^19
    std::array<std::uint64_t, 20> values{1};
    for (std::size_t i = 1; i < values.size(); ++i)
        values[i] = values[i - 1] * 10;
    return values;
}();

// What nearly every amount looks like: at most 18 digits, a point among them, no exponent. None
// for all else, which the full reader then accepts, rounds or refuses.
std::optional<Decimal> plain(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    const bool negative = at != end && *at == '-';
    if (negative) ++at;
    if (end - at > 19 || at == end) return std::nullopt;
    std::uint64_t mantissa = 0;
    const char* const first = at;
    const auto take = [&] {
        for (; at != end; ++at) {
            const auto digit = static_cast<unsigned>(static_cast<unsigned char>(*at)) - '0';
            if (digit > 9) break;
            mantissa = mantissa * 10 + digit;
        }
    };
    take();
    std::size_t places = 0;
    if (at != end) {
        if (*at != '.' || at == first) return std::nullopt;
        const char* const point = ++at;
        take();
        if (at != end) return std::nullopt;
        places = static_cast<std::size_t>(end - point);
    }
    const auto raw = static_cast<Int128>(limbs::multiply_words(mantissa, powers[18 - places]));
    return Decimal::from_raw(negative ? -raw : raw);
}

constexpr auto digit_pairs = [] { // "00" … "99"
    std::array<char, 200> text{};
    for (std::size_t i = 0; i < 100; ++i) {
        text[2 * i] = static_cast<char>('0' + i / 10);
        text[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return text;
}();

// Exactly `count` digits, an even number, with leading zeros.
[[gnu::always_inline]] inline char* write_digits(char* at, std::uint32_t value, int count) {
    for (int i = count - 2; i >= 0; i -= 2, value /= 100) {
        std::memcpy(at + i, &digit_pairs[2 * (value % 100)], 2);
    }
    return at + count;
}

// As many digits as there are, at least one.
char* write_whole(char* at, std::uint64_t value) {
    // 1233/4096 is a little less than log10(2): the estimate is right or one too small.
    const std::uint64_t counted = value | 1U; // zero has one digit
    const auto bits = static_cast<std::size_t>(limbs::bit_width(counted));
    const std::size_t estimate = bits * 1233 / 4096;
    const std::size_t count = estimate + (counted >= powers[estimate] ? 1U : 0U);
    char* const end = at + count;
    char* low = end;
    for (; low - at >= 2; value /= 100) {
        low -= 2;
        std::memcpy(low, &digit_pairs[2 * (value % 100)], 2);
    }
    if (low != at) *at = static_cast<char>('0' + value);
    return end;
}

std::optional<Decimal> rounded(const Scan& scan, Rounding mode) {
    UInt128 magnitude = scan.magnitude;
    if (rounding::grows(mode, scan.tail, scan.negative, (magnitude & 1U) != 0)) ++magnitude;
    const Int128 raw = static_cast<Int128>(magnitude);
    return Decimal::checked_from_raw(scan.negative ? -raw : raw);
}

} // namespace

Result<Decimal> Decimal::parse(std::string_view text) {
    if (const std::optional<Decimal> value = plain(text)) return *value;
    const Scan scan = decimal_scan::scan(text);
    if (scan.status != Status::good) return refuse(text, scan);
    if (scan.tail != rounding::Tail::zero) return refuse(text, "it has more than 18 decimals");
    const Int128 raw = static_cast<Int128>(scan.magnitude);
    return from_raw(scan.negative ? -raw : raw);
}

Result<Decimal> Decimal::parse(std::string_view text, Rounding mode) {
    if (const std::optional<Decimal> value = plain(text)) return *value;
    const Scan scan = decimal_scan::scan(text);
    if (scan.status != Status::good) return refuse(text, scan);
    const std::optional<Decimal> value = rounded(scan, mode);
    if (!value) return refuse(text, "its magnitude is 10^20 or more");
    return *value;
}

std::optional<Decimal> Decimal::from_double(double value, Rounding mode) {
    // In the range of ordinary amounts the plain form has few digits and reads faster.
    const double size = value < 0 ? -value : value;
    const bool ordinary = size >= 1e-5 && size < 1e15;
    std::array<char, 48> text{};
    const auto [end, error] =
        std::to_chars(text.data(), text.data() + text.size(), value,
                      ordinary ? std::chars_format::fixed : std::chars_format::scientific);
    ASSERT(error == std::errc{});
    const std::string_view digits{text.data(), static_cast<std::size_t>(end - text.data())};
    if (const std::optional<Decimal> exact = plain(digits)) return exact;
    const Scan scan = decimal_scan::scan(digits); // NaN and infinity have no digits
    if (scan.status != Status::good) return std::nullopt;
    return rounded(scan, mode);
}

std::size_t Decimal::write(char* text) const {
    const limbs::Quotient parts = limbs::divide_by_unit({magnitude(), 0});
    char* at = text;
    if (is_negative()) *at++ = '-';
    if (limbs::high_word(parts.quotient) != 0) { // 2^64 or more: the last six digits by themselves
        constexpr std::uint64_t million = 1'000'000;
        at = write_whole(at, limbs::low_word(parts.quotient / million));
        at = write_digits(at, static_cast<std::uint32_t>(parts.quotient % million), 6);
    } else {
        at = write_whole(at, limbs::low_word(parts.quotient));
    }
    std::uint64_t fraction = limbs::low_word(parts.remainder);
    if (fraction == 0) return static_cast<std::size_t>(at - text);
    *at++ = '.';
    constexpr std::uint64_t below_group = 1'000'000'000'000; // six digits a time, until all are out
    for (; fraction != 0; fraction = fraction % below_group * 1'000'000) {
        at = write_digits(at, static_cast<std::uint32_t>(fraction / below_group), 6);
    }
    while (at[-1] == '0')
        --at;
    return static_cast<std::size_t>(at - text);
}

std::string Decimal::to_string() const {
    std::array<char, text_size_max> text{};
    return std::string(text.data(), write(text.data()));
}

} // namespace grekko
