#include "app/agent_states.hpp"

#include <fstream>
#include <iterator>
#include <optional>

#include "app/output_file.hpp"

namespace grekko::app {
namespace {

namespace fs = std::filesystem;

fs::path file_of(const fs::path& book, const ports::AgentDescription& agent) {
    return book / "agents" / (agent.name.string() + ".state");
}

Result<void> save_one(const fs::path& file, script::Agent& agent) {
    TRY(state, agent.save());
    const fs::path half = fs::path{file} += ".new";
    std::ofstream out{half, std::ios::binary | std::ios::trunc};
    out.write(state.data(), static_cast<std::streamsize>(state.size()));
    TRY(close_file(out, half));
    std::error_code failed;
    fs::rename(half, file, failed);
    if (failed) return not_written(file);
    return {};
}

} // namespace

Result<void> save_agent_states(const fs::path& book, const Agents& agents) {
    std::error_code failed;
    fs::create_directories(book / "agents", failed);
    if (failed) return not_written(book / "agents");
    std::optional<Error> first;
    for (const auto& agent : agents.all()) {
        const auto saved = save_one(file_of(book, agent->description()), *agent);
        if (saved || first) continue;
        first = make_error(saved.error().code,
                           agent->description().name.string() + ": " + saved.error().message);
    }
    if (first) return *first;
    return {};
}

std::vector<std::string> load_agent_states(const fs::path& book, Agents& agents) {
    std::vector<std::string> problems;
    for (std::size_t i = 0; i < agents.all().size(); ++i) {
        script::Agent& agent = *agents.all()[i];
        const fs::path file = file_of(book, agent.description());
        std::error_code ignored;
        if (!fs::exists(file, ignored)) continue;
        std::ifstream in{file, std::ios::binary};
        const std::string state{std::istreambuf_iterator<char>{in}, {}};
        if (const auto loaded = agent.load(state); !loaded) {
            problems.push_back(file.string() + ": " + loaded.error().message);
        } else {
            agents.remember(i, config::sha256(state));
        }
    }
    return problems;
}

} // namespace grekko::app
