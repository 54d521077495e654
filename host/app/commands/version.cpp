// grekko version: which build this is.
#include <iostream>

#include <nlohmann/json.hpp>

#include "app/commands/commands.hpp"
#include "app/version.hpp"
#include "core/engine/engine.hpp"

namespace grekko::app {

void add_version(CommandLine root) {
    CommandLine command = root.sub("version", "Show version and build");
    command.example("grekko version").run([](const Globals& globals) -> Result<void> {
        if (globals.output == Output::json) {
            nlohmann::ordered_json object{{"version", version()},
                                          {"build", build()},
                                          {"state_version", engine::state_version}};
            std::cout << object.dump() << "\n";
        } else {
            std::cout << "grekko " << version() << " (" << build() << ")\n";
        }
        return {};
    });
}

} // namespace grekko::app
