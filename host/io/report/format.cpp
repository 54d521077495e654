#include "io/report/format.hpp"

#include <cmath>

#include <fmt/format.h>

namespace grekko::report {
namespace {

// 1234567 → 1,234,567 in front of what follows the point.
std::string grouped(std::string text) {
    const auto point = text.find('.');
    auto end = static_cast<std::ptrdiff_t>(point == text.npos ? text.size() : point);
    const std::ptrdiff_t first = text.starts_with('-') ? 1 : 0;
    for (std::ptrdiff_t place = end - 3; place > first; place -= 3) {
        text.insert(static_cast<std::size_t>(place), ",");
    }
    return text;
}

// -0.00 is zero.
std::string fixed(double value, int digits) {
    std::string text = fmt::format("{:.{}f}", value, digits);
    const bool zero = text.find_first_not_of("-0.") == text.npos;
    return zero && text.starts_with('-') ? text.substr(1) : text;
}

} // namespace

std::string percent(double fraction, int digits) {
    return fixed(fraction * 100.0, digits) + " %";
}
std::string percent2(double fraction) {
    return percent(fraction);
}
std::string basis_points(double fraction) {
    return fixed(fraction * 10'000.0, 1) + " bp";
}
std::string money(double amount) {
    return grouped(fixed(amount, 2));
}
std::string ratio(double value, int digits) {
    return fixed(value, digits);
}
std::string ratio2(double value) {
    return ratio(value);
}
std::string count(std::uint64_t value) {
    return grouped(std::to_string(value));
}

std::string minute(Instant at) {
    if (at.is_none()) return "–";
    std::string text = to_string(at);
    text[10] = ' ';
    return text.substr(0, 16);
}

std::string lasting(Duration duration) {
    const double seconds = static_cast<double>(duration.count()) / 1e9;
    if (seconds < 120.0) return fixed(seconds, 1) + " s";
    const auto minutes = static_cast<std::int64_t>(seconds / 60.0);
    if (minutes < 120) return fmt::format("{} min", minutes);
    if (minutes < 2 * 1'440) return fmt::format("{} h {} min", minutes / 60, minutes % 60);
    return fmt::format("{} d {} h", minutes / 1'440, minutes % 1'440 / 60);
}

std::string figure(const ports::Estimate& estimate, Writer write) {
    if (estimate.value) return write(*estimate.value);
    return estimate.why.empty() ? "–" : "–, " + estimate.why;
}

std::string interval(const ports::Estimate& estimate, Writer write) {
    if (!estimate.low || !estimate.high) return {};
    return write(*estimate.low) + " … " + write(*estimate.high);
}

std::string figure(const std::optional<double>& value, Writer write) {
    return value ? write(*value) : "–";
}

} // namespace grekko::report
