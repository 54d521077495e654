// Daily returns in UTC from a curve of NAV per unit, and what is said about a year from them
// (trading rules §9.1). Never from minutes: within a day returns are not independent.
// The report calls it; it decides nothing and knows no money.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/instant.hpp"

namespace grekko::statistics {

struct CurvePoint {
    Instant at;
    double value{0}; // > 0: NAV per unit or a price
};

struct DayReturn {
    std::int64_t day{0}; // days since 1970-01-01 UTC
    double value{0};     // fraction
};

inline constexpr std::int64_t days_a_year = 365;
// Below either of them a year is not spoken of.
inline constexpr std::int64_t days_min = 90;
inline constexpr std::uint64_t round_trips_min = 30;

constexpr bool long_enough(std::int64_t days, std::uint64_t round_trips) {
    return days >= days_min && round_trips >= round_trips_min;
}

std::int64_t utc_day(Instant at);

// The last value at or before `at`, the first where there is none; 0 of an empty curve.
double value_at(std::span<const CurvePoint> curve, Instant at);

// One return a UTC day from the first point's to the last's, a day's close being its last point; a
// day without points returns 0. (1 + r) multiplied over all days = last / first, exactly what the
// curve did. Points in order of time; fewer than two points or a value <= 0 give none.
std::vector<DayReturn> daily_returns(std::span<const CurvePoint> curve);

// The same a calendar month. `month` counts from 1970-01.
struct MonthReturn {
    std::int64_t month{0};
    double value{0};
};
std::vector<MonthReturn> monthly_returns(std::span<const DayReturn> days);

std::vector<double> values(std::span<const DayReturn> days);
double compounded(std::span<const double> returns); // Π(1 + r) - 1

// (1 + total)^(365/days) - 1; -1 where all is lost; none for days <= 0.
std::optional<double> compound_annual(double total, double days);

// mean / deviation of one period, no riskless rate; none where the returns do not vary.
std::optional<double> sharpe_of_period(std::span<const double> returns);
// mean / √(Σ min(r, 0)² / n) of one period; none without a loss.
std::optional<double> sortino_of_period(std::span<const double> returns);
// × √365
double annualised(double ratio_of_day);

} // namespace grekko::statistics
