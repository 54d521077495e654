#include <string>

#include "base/decimal.hpp"
#include "io/import/csv_mapping.hpp"

namespace grekko::importing {
namespace {

// 10^-18 of the unit in a nanosecond.
Int128 raw_units(TimeUnit unit) {
    constexpr Int128 thousand = 1'000;
    constexpr Int128 seconds = thousand * thousand * thousand;
    switch (unit) {
    case TimeUnit::seconds: return seconds;
    case TimeUnit::milliseconds: return seconds * thousand;
    case TimeUnit::microseconds: return seconds * thousand * thousand;
    default: return seconds * seconds;
    }
}

TimeUnit unit_by_size(Decimal value) {
    if (value < Decimal::whole(100'000'000'000)) return TimeUnit::seconds;
    if (value < Decimal::whole(100'000'000'000'000)) return TimeUnit::milliseconds;
    if (value < Decimal::whole(100'000'000'000'000'000)) return TimeUnit::microseconds;
    return TimeUnit::nanoseconds;
}

} // namespace

Result<Instant> parse_time(std::string_view text, TimeUnit unit) {
    if (unit == TimeUnit::text) {
        std::string plain{text};
        if (plain.size() > 10 && plain[10] == ' ') plain[10] = 'T';
        if (plain.size() > 10 && plain.find_first_of("Zz+-", 11) == plain.npos) plain += 'Z';
        return parse_instant(plain);
    }
    TRY(value, Decimal::parse(text));
    const Int128 nanoseconds =
        value.raw() / raw_units(unit == TimeUnit::automatic ? unit_by_size(value) : unit);
    if (nanoseconds <= 0 || nanoseconds > INT64_MAX) {
        return make_error(ErrorCode::invalid_input,
                          "\"" + std::string{text} +
                              "\" is no time between 1970 and 2262 in this unit");
    }
    return Instant::from_nanoseconds(static_cast<std::int64_t>(nanoseconds));
}

} // namespace grekko::importing
