// Agents of a run: finds their folders, reads agent.toml, loads the scripts and says with what
// capital each is enrolled. They are inline: this process, this thread. wire.cpp and the commands
// call it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "domain/instrument.hpp"
#include "io/config/config.hpp"
#include "io/script/agent.hpp"
#include "runtime/boot.hpp"

namespace grekko::app {

struct AgentRequest {
    std::string profile; // of agent.toml; empty: none
    std::uint64_t seed{1};
    Decimal capital;               // of the book, base currency
    std::vector<std::string> only; // names or folders; empty: [[agents]]
    Instant silent_until;          // bars before it warm up and nothing more
    script::Sink sink;
};

class Agents {
public:
    static Result<Agents> load(const config::Config& config, const Universe& universe,
                               const AgentRequest& request);
    std::vector<runtime::Enrolment> enrolments() const;
    const std::vector<std::unique_ptr<script::Agent>>& all() const { return agents_; }
    // The agent at `index` starts from a saved state with this hash.
    void remember(std::size_t index, std::string hash) {
        terms_[index].state_hash = std::move(hash);
    }

private:
    std::vector<std::unique_ptr<script::Agent>> agents_;
    std::vector<runtime::Enrolment> terms_;
};

// Where the shipped scripts lie: ./scripts, beside the binary's source folder, or installed.
std::filesystem::path scripts_folder();

// The folder of an agent given by name or path. not_found, with the names that are there.
Result<std::filesystem::path> agent_folder(const std::string& name_or_path);

// invalid_config: none of these agents (empty: [[agents]]) has the profile in its agent.toml.
Result<void> check_profile(const config::Config& config, const std::vector<std::string>& agents,
                           const std::string& profile);

// What loading needs besides universe and seed: folder, name, parameters, symbols, library.
Result<script::Setup> agent_setup(const config::Config& config, const std::string& name_or_path,
                                  const std::string& profile);

} // namespace grekko::app
