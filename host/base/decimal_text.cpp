#include <array>
#include <charconv>

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

std::optional<Decimal> rounded(const Scan& scan, Rounding mode) {
    UInt128 magnitude = scan.magnitude;
    if (rounding::grows(mode, scan.tail, scan.negative, (magnitude & 1U) != 0)) ++magnitude;
    const Int128 raw = static_cast<Int128>(magnitude);
    return Decimal::checked_from_raw(scan.negative ? -raw : raw);
}

} // namespace

Result<Decimal> Decimal::parse(std::string_view text) {
    const Scan scan = decimal_scan::scan(text);
    if (scan.status != Status::good) return refuse(text, scan);
    if (scan.tail != rounding::Tail::zero) return refuse(text, "it has more than 18 decimals");
    const Int128 raw = static_cast<Int128>(scan.magnitude);
    return from_raw(scan.negative ? -raw : raw);
}

Result<Decimal> Decimal::parse(std::string_view text, Rounding mode) {
    const Scan scan = decimal_scan::scan(text);
    if (scan.status != Status::good) return refuse(text, scan);
    const std::optional<Decimal> value = rounded(scan, mode);
    if (!value) return refuse(text, "its magnitude is 10^20 or more");
    return *value;
}

std::optional<Decimal> Decimal::from_double(double value, Rounding mode) {
    std::array<char, 32> text{};
    const auto [end, error] =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific);
    ASSERT(error == std::errc{});
    const Scan scan = decimal_scan::scan(
        {text.data(), static_cast<std::size_t>(end - text.data())}); // NaN and inf have no digits
    if (scan.status != Status::good) return std::nullopt;
    return rounded(scan, mode);
}

std::size_t Decimal::write(char* text) const {
    const limbs::Quotient parts = limbs::divide_by_unit({magnitude(), 0});
    char* at = text;
    if (is_negative()) *at++ = '-';
    std::array<char, 24> digits{};
    std::size_t count = 0;
    UInt128 whole = parts.quotient;
    do {
        digits[count++] = static_cast<char>('0' + static_cast<int>(whole % 10));
        whole /= 10;
    } while (whole != 0);
    while (count > 0)
        *at++ = digits[--count];
    std::uint64_t fraction = limbs::low_word(parts.remainder);
    if (fraction == 0) return static_cast<std::size_t>(at - text);
    *at++ = '.';
    std::size_t places = decimals;
    for (; fraction % 10 == 0; fraction /= 10)
        --places;
    for (std::size_t i = places; i > 0; --i, fraction /= 10) {
        at[i - 1] = static_cast<char>('0' + static_cast<int>(fraction % 10));
    }
    return static_cast<std::size_t>(at + places - text);
}

std::string Decimal::to_string() const {
    std::array<char, text_size_max> text{};
    return std::string(text.data(), write(text.data()));
}

} // namespace grekko
