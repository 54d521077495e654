// What agents remember between two starts of a book: `BOOK/agents/NAME.state`, written when the
// book stops and every minute while it runs, read at its next start. A file is replaced whole or
// not at all. Backtests have none. PaperRun calls it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/agents.hpp"
#include "base/result.hpp"

namespace grekko::app {

// Saves each agent that can be saved; the first error is returned after all were tried.
// script_error: its save handler failed, or it holds what cannot be saved; io_error, out_of_space.
Result<void> save_agent_states(const std::filesystem::path& book, const Agents& agents);

// Gives each agent the state of its file, and the enrolment the hash of that state. Returns a
// sentence for each file that could not be used: that agent warms up again from history.
std::vector<std::string> load_agent_states(const std::filesystem::path& book, Agents& agents);

} // namespace grekko::app
