// CommandLine: one command of `grekko` with its options, help and function. It hides the parser, so
// that a command's file holds the command alone. Not the commands themselves: those are in
// commands/, one a file, listed in commands/commands.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace CLI {
class App;
}

namespace grekko::app {

enum class Output : std::uint8_t { human = 1, json };

// What every command takes.
struct Globals {
    std::string config_file;      // empty: grekko.toml where there is one
    std::vector<std::string> set; // path=value
    std::string log_level;        // empty: logging.level
    Output output{Output::human};
};

class Program;

class CommandLine {
public:
    CommandLine(Program& program, CLI::App& app) : program_{&program}, app_{&app} {}

    // A command below this one.
    CommandLine sub(const std::string& name, const std::string& doc);
    // Words in the help that follow the options.
    CommandLine& more_help(const std::string& text);
    // The last line of the help: a call that works, "grekko journal tail -n 50".
    CommandLine& example(const std::string& words);
    // Options; `names` as "--from" or "-s,--seconds". The default is what `to` holds, and is shown
    // where `doc` does not speak of it.
    CommandLine& text(const std::string& names, std::string& to, const std::string& doc);
    CommandLine& texts(const std::string& names, std::vector<std::string>& to,
                       const std::string& doc);
    CommandLine& whole(const std::string& names, std::int64_t& to, const std::string& doc);
    CommandLine& flag(const std::string& names, bool& to, const std::string& doc);
    CommandLine& choice(const std::string& names, std::string& to,
                        const std::vector<std::string>& choices, const std::string& doc);
    // An argument by its place. `required`: there is no default.
    CommandLine& place(const std::string& name, std::string& to, const std::string& doc);
    CommandLine& required_place(const std::string& name, std::string& to, const std::string& doc);
    CommandLine& required_places(const std::string& name, std::vector<std::string>& to,
                                 const std::string& doc);
    // Runs when the command was chosen.
    CommandLine& run(std::function<Result<void>(const Globals&)> body);

    // Memory for a command's options that lives as long as the program.
    template <class T>
    T& keep() {
        auto owned = std::make_unique<T>();
        T& kept = *owned;
        hold({owned.release(), [](void* p) { delete static_cast<T*>(p); }});
        return kept;
    }

private:
    void hold(std::unique_ptr<void, void (*)(void*)> memory);
    Program* program_;
    CLI::App* app_;
};

} // namespace grekko::app
