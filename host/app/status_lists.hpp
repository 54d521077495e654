// The lists of a status: agents, open orders and breakers that are not closed, as rows of JSON; the
// breakers also as lines for people. It reads the engine and changes nothing.
// status.cpp calls it.
#pragma once

#include <deque>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "app/status.hpp"

namespace grekko::app {

// name, mode, status, participation, risk_tolerance, allocation.
nlohmann::ordered_json agent_rows(const StatusView& view);
// id, agent, symbol, venue, side, type, purpose, quantity, filled, limit, status; by id.
nlohmann::ordered_json order_rows(const StatusView& view);
// scope with agent, symbol, venue where it has them, state, causes, since, retry_at ("manual"),
// closed_by: the command.
nlohmann::ordered_json breaker_rows(const StatusView& view);

// "agent balanced: open since 14:03:05 (faults); closed by grekko agent …". Newest first.
std::deque<std::string> breaker_lines(const nlohmann::ordered_json& rows);

// What there is, for a sentence: "open are: venue paper, agent balanced"; "balanced, buyer".
std::string open_breakers(const StatusView& view);
std::string agent_names(const StatusView& view);

} // namespace grekko::app
