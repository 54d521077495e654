// What the page's charts draw, as JSON that may stand inside a script element. The whole model as
// JSON is json() of report.hpp; both are made in json.cpp. Private to this folder.
// html.cpp calls it.
#pragma once

#include <string>

#include "ports/report.hpp"

namespace grekko::report {

std::string chart_data(const ports::Report& report);

} // namespace grekko::report
