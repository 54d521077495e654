// grekko config: shows every setting with its value and where it came from, and the schema.
#include <algorithm>
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/settings/settings.hpp"
#include "app/wire.hpp"
#include "io/config/suggest.hpp"

namespace grekko::app {
namespace {

struct Show {
    bool origin{false};
    bool changed{false};
    std::string path;
};

bool wanted(const Show& show, const std::string& path, const config::Setting& setting) {
    if (!show.path.empty() && !path.starts_with(show.path)) return false;
    const auto kind = setting.origin.kind;
    return !show.changed ||
           (kind != config::Origin::Kind::fallback && kind != config::Origin::Kind::built_in);
}

// not_found: nothing lies below this path.
Result<void> check_path(const std::string& path, const config::Config& config) {
    std::vector<std::string> known;
    for (const auto& [name, setting] : config.settings()) {
        if (name.starts_with(path)) return {};
        known.push_back(name);
        known.push_back(name.substr(0, name.find_first_of(".[")));
    }
    return make_error(ErrorCode::not_found, "no setting has the path \"" + path + "\"" +
                                                config::did_you_mean(path, known));
}

std::string quoted(const config::Setting& setting) {
    using config::Type;
    const std::string& text = setting.value.text;
    switch (setting.key->type) {
    case Type::whole:
    case Type::amount:
    case Type::share:
    case Type::flag: return text;
    case Type::list: return "[" + text + "]";
    default: return "\"" + text + "\"";
    }
}

void print_human(const Show& show, const config::Config& config) {
    std::size_t width = 0;
    for (const auto& [path, setting] : config.settings()) {
        if (wanted(show, path, setting))
            width = std::max(width, path.size() + quoted(setting).size());
    }
    for (const auto& [path, setting] : config.settings()) {
        if (!wanted(show, path, setting)) continue;
        std::string line = path + " = " + quoted(setting);
        if (show.origin) {
            line.resize(std::max(line.size(), std::min<std::size_t>(width + 3, 72)), ' ');
            line += "  # " + setting.origin.text();
        }
        std::cout << line << "\n";
    }
    std::cout << "# hash " << config.hash() << "\n";
}

void print_json(const Show& show, const config::Config& config) {
    nlohmann::ordered_json object;
    for (const auto& [path, setting] : config.settings()) {
        if (!wanted(show, path, setting)) continue;
        object["settings"][path] = {{"value", setting.value.text},
                                    {"origin", setting.origin.text()}};
    }
    object["hash"] = config.hash();
    std::cout << object.dump(2) << "\n";
}

} // namespace

void add_config(CommandLine root) {
    CommandLine command = root.sub("config", "Show the configuration and its schema");
    CommandLine show = command.sub("show", "Every setting with its value; secrets stay references");
    Show& options = show.keep<Show>();
    show.place("path", options.path, "Only settings below this path, such as risk")
        .flag("--origin", options.origin, "Say where each value came from")
        .flag("--changed", options.changed, "Only what is not a default")
        .example("grekko config show risk --origin")
        .run([&options](const Globals& globals) -> Result<void> {
            TRY(config, load_config(globals));
            TRY(check_path(options.path, config));
            if (globals.output == Output::json) {
                print_json(options, config);
            } else {
                print_human(options, config);
            }
            return {};
        });
    CommandLine made = command.sub("schema", "The JSON Schema of the configuration, for editors");
    made.example("grekko config schema > grekko.schema.json")
        .run([](const Globals&) -> Result<void> {
            std::cout << config::json_schema(schema());
            return {};
        });
}

} // namespace grekko::app
