#include "io/config/agent_file.hpp"

#include <algorithm>

#include "io/config/document.hpp"
#include "io/config/suggest.hpp"

namespace grekko::config {
namespace {

Result<void> put(AgentFile& file, const Item& item, const std::string& profile) {
    const Key list{"symbols", Type::list, "", "", "", {}, "", ""};
    const Key parameter{"params.*", Type::parameter, "", "", "", {}, "", ""};
    if (item.path == "symbols") {
        TRY(value, check(list, item.path, item.raw));
        file.symbols = value.items;
        return {};
    }
    std::string_view path = item.path;
    const bool of_profile = path.starts_with("profile.");
    if (of_profile) {
        path.remove_prefix(std::string_view{"profile."}.size());
        const std::string name{path.substr(0, path.find('.'))};
        if (std::ranges::find(file.profiles, name) == file.profiles.end()) {
            file.profiles.push_back(name);
        }
        path.remove_prefix(std::min(path.size(), name.size() + 1));
        if (path.starts_with("params.") && name != profile) return {};
    }
    const bool empty_table = item.raw.kind == Raw::Kind::other;
    if (empty_table && (path == "params" || path.empty() || item.path == "profile")) return {};
    if (!path.starts_with("params.")) {
        const std::vector<std::string> known =
            of_profile ? std::vector<std::string>{"params"}
                       : std::vector<std::string>{"symbols", "params", "profile"};
        const std::string first{path.substr(0, path.find('.'))};
        return make_error(ErrorCode::invalid_config,
                          "unknown key \"" + item.path +
                              "\"; agent.toml has symbols, [params] and [profile.NAME.params]" +
                              did_you_mean(first, known));
    }
    TRY(value, check(parameter, item.path, item.raw));
    file.parameters[std::string{path.substr(std::string_view{"params."}.size())}] = value.parameter;
    return {};
}

} // namespace

Result<AgentFile> read_agent_file(const std::filesystem::path& folder, std::string_view profile) {
    const std::filesystem::path path = folder / "agent.toml";
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) return AgentFile{};
    TRY(document, read_document(path));
    AgentFile file;
    // Profiles come after the plain parameters, wherever they stand in the file.
    std::ranges::stable_partition(
        document.items, [](const Item& item) { return !item.path.starts_with("profile."); });
    for (const Item& item : document.items) {
        const Result<void> done = put(file, item, std::string{profile});
        if (!done) return at_line(document.name, item.line, done.error());
    }
    return file;
}

} // namespace grekko::config
