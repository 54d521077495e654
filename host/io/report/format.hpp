// Numbers as people read them in a report: percent, basis points, money, times. Fixed digits and
// no locale, so that equal reports have equal bytes. It rounds for the eye only.
// The document and the tables call it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "ports/report.hpp"

namespace grekko::report {

std::string percent(double fraction, int digits = 2); // 0.0123: "1.23 %"
std::string basis_points(double fraction);            // 0.00123: "12.3 bp"
std::string money(double amount);                     // -12345.678: "-12,345.68"
std::string ratio(double value, int digits = 2);
std::string count(std::uint64_t value); // 12345: "12,345"
std::string minute(Instant at);         // "2024-01-31 13:05", "–" for none
std::string lasting(Duration duration); // "3 d 4 h", "12 min", "0.5 s"

using Writer = std::string (*)(double);
// "1.23 %"; "–, sample too short" where it is absent.
std::string figure(const ports::Estimate& estimate, Writer write);
// "-1.20 % … 3.40 %"; empty without an interval.
std::string interval(const ports::Estimate& estimate, Writer write);
std::string figure(const std::optional<double>& value, Writer write);

std::string percent2(double fraction);
std::string ratio2(double value);

} // namespace grekko::report
