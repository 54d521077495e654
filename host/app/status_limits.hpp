// The risk limits of a running book as rows of JSON and lines for people: what is in force, what
// the configuration says, and who changed it. It reads the engine and changes nothing.
// status.cpp and the control socket call it, `grekko limit list` prints it.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "app/status.hpp"

namespace grekko::app {

// Those that differ from the configuration: name, value, configured, since, principal, reason.
nlohmann::ordered_json changed_limits(const StatusView& view);

// {"ok", "limits": of each name, value, configured, unit, doc, and where it differs since,
// principal and reason; "disabled": checks that are not evaluated}, on one line.
std::string limits_json(const StatusView& view);

// "heat_max 0.03, configured 0.04; by ann since 10:03:05: after the loss"
std::vector<std::string> limit_lines(const nlohmann::ordered_json& changed);

// "; heat_max was 0.04, is 0.03 until it is set again": what an accepted set_limit has done.
std::string limit_answer(const risk::Limit& limit, Decimal before, const engine::Engine& engine);

} // namespace grekko::app
