// session.json: what a run or backtest was made of, written beside its journal, so that it can be
// made again: configuration, data, agents, seeds. It holds no secret and no result. `journal
// replay` and `explain` read it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/backtest.hpp"
#include "app/command_line.hpp"

namespace grekko::app {

// Writes session.json, and a copy of the configuration file where there is one, into `folder`.
Result<void> write_session(const std::filesystem::path& folder, const BacktestOptions& options,
                           const config::Config& config, const Globals& globals);

struct SessionFile {
    BacktestOptions options;
    config::Config config;
};
// Of the folder that holds the journal. not_found: it was written without one; check_failed: the
// configuration is no longer the one of the session.
Result<SessionFile> read_session(const std::filesystem::path& journal);

// The parts of the session, fresh, ready to run again.
Result<std::unique_ptr<BacktestParts>> rebuild(const std::filesystem::path& journal);

} // namespace grekko::app
