#include "app/agents.hpp"

#include <algorithm>

#include "io/config/agent_file.hpp"
#include "io/config/suggest.hpp"

namespace grekko::app {
namespace {

namespace fs = std::filesystem;

bool is_agent(const fs::path& folder) {
    std::error_code ignored;
    return fs::exists(folder / "agent.lua", ignored);
}

std::vector<std::string> shipped_agents() {
    std::vector<std::string> out;
    std::error_code failed;
    for (const fs::directory_entry& entry :
         fs::directory_iterator{scripts_folder() / "agents", failed}) {
        if (is_agent(entry.path())) out.push_back(entry.path().filename().string());
    }
    std::ranges::sort(out);
    return out;
}

// The row of [[agents]] for an agent; empty where none is.
std::string row_of(const config::Config& config, const std::string& name) {
    const std::vector<std::string>& rows = config.rows("agents");
    return std::ranges::find(rows, name) == rows.end() ? std::string{} : "agents[" + name + "].";
}

// Those of agent.toml that this run has; none of them: all that it has.
std::vector<std::string> symbols_for(std::vector<std::string> wanted, const Universe& universe) {
    std::erase_if(wanted, [&](const std::string& s) { return universe.find(s) == nullptr; });
    if (!wanted.empty()) return wanted;
    for (const Instrument& instrument : universe.instruments) {
        if (!instrument.id.is_none()) wanted.push_back(instrument.symbol.string());
    }
    return wanted;
}

runtime::Enrolment terms(const config::Config& config, const std::string& row, Decimal capital) {
    runtime::Enrolment out;
    if (row.empty()) {
        out.allocation = Notional{capital};
        return out;
    }
    out.allocation =
        Notional{multiply(capital, config.decimal(row + "allocation"), Rounding::toward_zero)};
    out.participation = config.rate(row + "participation");
    out.risk_tolerance = config.rate(row + "risk_tolerance");
    out.group = static_cast<std::uint32_t>(config.whole(row + "group"));
    return out;
}

} // namespace

fs::path scripts_folder() {
    std::error_code failed;
    std::vector<fs::path> places{"scripts"};
    const fs::path binary = fs::read_symlink("/proc/self/exe", failed);
    for (fs::path above = binary.parent_path(); above.has_relative_path();
         above = above.parent_path()) {
        places.push_back(above / "scripts");
        places.push_back(above / "share/grekko/scripts");
    }
    for (const fs::path& place : places) {
        if (fs::is_directory(place / "agents", failed)) return place;
    }
    return "scripts";
}

Result<fs::path> agent_folder(const std::string& name_or_path) {
    if (is_agent(name_or_path)) return fs::path{name_or_path};
    const fs::path shipped = scripts_folder() / "agents" / name_or_path;
    if (is_agent(shipped)) return shipped;
    const std::vector<std::string> known = shipped_agents();
    std::string names;
    for (const std::string& name : known)
        names += (names.empty() ? "" : ", ") + name;
    return make_error(ErrorCode::not_found,
                      "no agent \"" + name_or_path + "\": there is no agent.lua in " +
                          name_or_path + " nor in " + shipped.string() + "; shipped: " + names +
                          config::did_you_mean(name_or_path, known));
}

namespace {

Result<fs::path> folder_of(const config::Config& config, const std::string& name_or_path) {
    const std::string row = row_of(config, name_or_path);
    const std::string named = row.empty() ? std::string{} : config.text(row + "folder");
    return agent_folder(named.empty() ? name_or_path : named);
}

} // namespace

Result<script::Setup> agent_setup(const config::Config& config, const std::string& name_or_path,
                                  const std::string& profile) {
    const std::string name = fs::path{name_or_path}.filename().string();
    const std::string row = row_of(config, name_or_path);
    TRY(folder, folder_of(config, name_or_path));
    TRY(file, config::read_agent_file(folder, profile));
    script::Setup setup;
    setup.folder = folder;
    setup.library = scripts_folder() / "lib";
    setup.name = AgentName{name.empty() ? folder.parent_path().filename().string() : name};
    setup.parameters = file.parameters;
    setup.symbols = file.symbols;
    if (row.empty()) return setup;
    for (const auto& [parameter, value] : config.parameters(row + "params."))
        setup.parameters[parameter] = value;
    if (const auto symbols = config.list(row + "symbols"); !symbols.empty()) {
        setup.symbols = symbols;
    }
    return setup;
}

Result<void> check_profile(const config::Config& config, const std::vector<std::string>& agents,
                           const std::string& profile) {
    std::vector<std::string> known;
    for (const std::string& name : agents.empty() ? config.rows("agents") : agents) {
        TRY(folder, folder_of(config, name));
        TRY(file, config::read_agent_file(folder, profile));
        known.insert(known.end(), file.profiles.begin(), file.profiles.end());
    }
    if (std::ranges::find(known, profile) != known.end()) return {};
    return make_error(ErrorCode::invalid_config,
                      "no agent has a profile \"" + profile +
                          "\"; profiles are [profile.NAME.params] in an agent.toml" +
                          config::did_you_mean(profile, known));
}

Result<Agents> Agents::load(const config::Config& config, const Universe& universe,
                            const AgentRequest& request) {
    const std::vector<std::string>& names =
        request.only.empty() ? config.rows("agents") : request.only;
    if (names.empty()) {
        return make_error(ErrorCode::invalid_config,
                          "no agents: add [[agents]] to the configuration or name some");
    }
    Agents out;
    for (const std::string& name : names) {
        TRY(setup, agent_setup(config, name, request.profile));
        setup.seed = request.seed;
        setup.symbols = symbols_for(setup.symbols, universe);
        setup.sink = request.sink;
        TRY(agent, script::Agent::load(std::move(setup), universe));
        agent->silent_until(request.silent_until);
        out.terms_.push_back(terms(config, row_of(config, name), request.capital));
        out.agents_.push_back(std::move(agent));
    }
    return out;
}

std::vector<runtime::Enrolment> Agents::enrolments() const {
    std::vector<runtime::Enrolment> out = terms_;
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i].agent = agents_[i].get();
    return out;
}

} // namespace grekko::app
