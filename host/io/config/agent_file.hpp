// agent.toml: the optional file in an agent's folder: symbols, parameters, and profiles that put
// other parameters over them. It says nothing about risk or capital: the book's configuration does.
// app reads it for run, backtest and test.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "io/config/value.hpp"

namespace grekko::config {

struct AgentFile {
    std::vector<std::string> symbols;  // empty: those of the script
    ParameterValues parameters;        // of [params], and of the profile over them
    std::vector<std::string> profiles; // all that the file has
};

// A folder without agent.toml gives an empty AgentFile; so does a profile that the file has not.
// invalid_config: an unknown key or a value of a wrong type, with file and line.
Result<AgentFile> read_agent_file(const std::filesystem::path& folder, std::string_view profile);

} // namespace grekko::config
