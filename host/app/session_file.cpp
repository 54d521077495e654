#include "app/session_file.hpp"

#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "app/output_file.hpp"
#include "app/settings/settings.hpp"

namespace grekko::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Result<Json> read_json(const fs::path& path) {
    std::ifstream in{path, std::ios::binary};
    if (!in) {
        return make_error(ErrorCode::not_found,
                          path.string() + " is missing: it says what the journal was made of, and "
                                          "without it nothing can be run again");
    }
    const std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
    Json object = Json::parse(text, nullptr, false);
    if (object.is_discarded() || !object.is_object()) {
        return make_error(ErrorCode::invalid_input, path.string() + " is no session file");
    }
    return Result<Json>{boost::system::in_place_value, std::move(object)};
}

std::vector<std::string> absolute(const std::vector<std::string>& paths, const fs::path& folder) {
    std::vector<std::string> out;
    for (const std::string& path : paths) {
        std::error_code failed;
        const fs::path full = fs::absolute(path, failed);
        const bool beside = full.parent_path() == fs::absolute(folder, failed);
        out.push_back(beside ? full.filename().string() : full.string());
    }
    return out;
}

std::vector<std::string> beside(std::vector<std::string> paths, const fs::path& folder) {
    for (std::string& path : paths)
        path = fs::path{path}.is_absolute() ? path : (folder / path).string();
    return paths;
}

} // namespace

Result<void> write_session(const fs::path& folder, const BacktestOptions& options,
                           const config::Config& config, const Globals& globals) {
    Json object;
    object["config_hash"] = config.hash();
    TRY(sources, config_sources(globals));
    if (sources.file) {
        std::error_code failed;
        fs::copy_file(*sources.file, folder / "grekko.toml", fs::copy_options::overwrite_existing,
                      failed);
        if (failed) {
            return make_error(ErrorCode::io_error, (folder / "grekko.toml").string() +
                                                       " cannot be written: " + failed.message());
        }
        object["config_file"] = "grekko.toml";
    }
    object["environment"] = sources.environment;
    object["set"] = sources.flags;
    object["data"] = absolute(options.source.paths, folder);
    object["symbols"] = options.source.symbols;
    object["venue"] = options.source.venue;
    object["agents"] = options.agents;
    if (options.profile) object["profile"] = *options.profile;
    if (options.fees) object["fees"] = *options.fees;
    if (options.seed) object["seed"] = *options.seed;
    object["from"] = options.from;
    object["to"] = options.to;
    object["consensus_off"] = options.consensus_off;
    object["fill"] = options.fill;
    object["start"] = options.start;
    object["live"] = options.live;
    std::ofstream out{folder / "session.json", std::ios::binary | std::ios::trunc};
    out << object.dump(2) << "\n";
    return close_file(out, folder / "session.json");
}

Result<SessionFile> read_session(const fs::path& journal) {
    const fs::path folder = journal.parent_path();
    TRY(object, read_json(folder / "session.json"));
    config::Sources sources;
    sources.built_in = config::built_in();
    SessionFile out;
    try {
        if (object.contains("config_file")) {
            sources.file = folder / object["config_file"].get<std::string>();
        }
        object.at("environment").get_to(sources.environment);
        object.at("set").get_to(sources.flags);
        BacktestOptions& options = out.options;
        options.source.paths = beside(object.at("data").get<std::vector<std::string>>(), folder);
        object.at("symbols").get_to(options.source.symbols);
        object.at("venue").get_to(options.source.venue);
        object.at("agents").get_to(options.agents);
        if (object.contains("profile")) options.profile = object["profile"].get<std::string>();
        if (object.contains("fees")) options.fees = object["fees"].get<std::string>();
        if (object.contains("seed")) options.seed = object["seed"].get<std::uint64_t>();
        object.at("from").get_to(options.from);
        object.at("to").get_to(options.to);
        object.at("consensus_off").get_to(options.consensus_off);
        object.at("fill").get_to(options.fill);
        object.at("start").get_to(options.start);
        options.live = object.value("live", std::string{});
    } catch (const Json::exception& error) {
        return make_error(ErrorCode::invalid_input,
                          (folder / "session.json").string() + ": " + error.what());
    }
    TRY(config, config::Config::load(schema(), sources));
    out.config = std::move(config);
    if (out.config.hash() != object.value("config_hash", std::string{})) {
        return make_error(ErrorCode::check_failed,
                          "the configuration beside " + journal.string() +
                              " gives another hash than the session had: it was changed, or this "
                              "version has other defaults");
    }
    return out;
}

Result<std::unique_ptr<BacktestParts>> rebuild(const fs::path& journal) {
    TRY(session, read_session(journal));
    return make_backtest(session.config, session.options, {});
}

} // namespace grekko::app
