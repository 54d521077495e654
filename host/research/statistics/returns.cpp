#include "research/statistics/returns.hpp"

#include <algorithm>
#include <cmath>

#include "base/portable_math.hpp"
#include "research/statistics/sample.hpp"

namespace grekko::statistics {
namespace {

// Months since 1970-01 of a day: the proleptic Gregorian calendar, counted from March.
std::int64_t month_of(std::int64_t day) {
    const std::int64_t shifted = day + 719'468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const std::int64_t of_era = shifted - era * 146'097;
    const std::int64_t year = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
    const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    const std::int64_t from_march = (5 * of_year + 2) / 153;
    return (era * 400 + year - 1970) * 12 + from_march + 2;
}

} // namespace

std::int64_t utc_day(Instant at) {
    return at.floor(Duration::days(1)).nanoseconds() / Duration::days(1).count();
}

double value_at(std::span<const CurvePoint> curve, Instant at) {
    if (curve.empty()) return 0.0;
    const auto after =
        std::upper_bound(curve.begin(), curve.end(), at,
                         [](Instant time, const CurvePoint& point) { return time < point.at; });
    return after == curve.begin() ? curve.front().value : std::prev(after)->value;
}

std::vector<DayReturn> daily_returns(std::span<const CurvePoint> curve) {
    std::vector<DayReturn> days;
    if (curve.size() < 2) return days;
    const bool sound = std::all_of(curve.begin(), curve.end(),
                                   [](const CurvePoint& point) { return point.value > 0.0; });
    if (!sound) return days;
    double close = curve.front().value;
    std::size_t next = 1;
    const std::int64_t last = utc_day(curve.back().at);
    for (std::int64_t day = utc_day(curve.front().at); day <= last; ++day) {
        const double before = close;
        for (; next < curve.size() && utc_day(curve[next].at) <= day; ++next) {
            close = curve[next].value;
        }
        days.push_back({day, close / before - 1.0});
    }
    return days;
}

std::vector<MonthReturn> monthly_returns(std::span<const DayReturn> days) {
    std::vector<MonthReturn> months;
    for (const DayReturn& day : days) {
        const std::int64_t month = month_of(day.day);
        if (months.empty() || months.back().month != month) months.push_back({month, 0.0});
        months.back().value = (1.0 + months.back().value) * (1.0 + day.value) - 1.0;
    }
    return months;
}

std::vector<double> values(std::span<const DayReturn> days) {
    std::vector<double> result;
    result.reserve(days.size());
    for (const DayReturn& day : days)
        result.push_back(day.value);
    return result;
}

double compounded(std::span<const double> returns) {
    double wealth = 1.0;
    for (const double value : returns)
        wealth *= 1.0 + value;
    return wealth - 1.0;
}

std::optional<double> compound_annual(double total, double days) {
    if (days <= 0.0) return std::nullopt;
    if (total <= -1.0) return -1.0;
    const double exponent = portable_log(1.0 + total) * static_cast<double>(days_a_year) / days;
    if (std::abs(exponent) > 700.0) return std::nullopt;
    return portable_exp(exponent) - 1.0;
}

std::optional<double> sharpe_of_period(std::span<const double> returns) {
    const double spread = deviation(returns);
    if (spread <= 0.0) return std::nullopt;
    return mean(returns) / spread;
}

std::optional<double> sortino_of_period(std::span<const double> returns) {
    double squares = 0.0;
    for (const double value : returns)
        squares += std::min(value, 0.0) * std::min(value, 0.0);
    if (squares <= 0.0) return std::nullopt;
    return mean(returns) / std::sqrt(squares / static_cast<double>(returns.size()));
}

double annualised(double ratio_of_day) {
    return ratio_of_day * std::sqrt(static_cast<double>(days_a_year));
}

} // namespace grekko::statistics
