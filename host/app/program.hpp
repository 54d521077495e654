// Program: the whole command line: parses, finds the command that was meant, runs it, prints what
// went wrong and gives the exit code. It knows no command: commands/ adds them.
// main.cpp and the tests call it.
#pragma once

#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/command_line.hpp"

namespace grekko::app {

// What a command's help has beyond its options.
struct CommandWords {
    std::string more;
    std::string example; // one line that a shell takes
};

// One command as completions, the manual and the reference see it.
struct CommandInfo {
    std::string name; // "journal tail"
    std::string doc;
    std::vector<std::pair<std::string, std::string>> options; // "--from TEXT", what it does
    CommandWords words;
};

class Program {
public:
    Program();
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    CommandLine root();
    // Arguments without the program's name. Errors go to `err` as one sentence, or as a JSON object
    // with --output json.
    int run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

    // Every command, parents before children.
    std::vector<CommandInfo> commands() const;

private:
    friend class CommandLine;
    int usage_error(const std::vector<std::string>& arguments, const std::string& message,
                    std::ostream& err) const;
    std::string unknown_command(const std::vector<std::string>& arguments, std::string& hint) const;
    void describe(const CLI::App& app, const std::string& prefix,
                  std::vector<CommandInfo>& out) const;

    std::unique_ptr<CLI::App> app_;
    Globals globals_;
    std::string output_{"human"};
    std::vector<std::unique_ptr<void, void (*)(void*)>> kept_;
    std::map<const CLI::App*, CommandWords> words_;
    std::function<Result<void>(const Globals&)> chosen_;
};

// "grekko: error: …" or {"error":{…}}; returns the exit code.
int report_error(const Error& error, Output output, std::ostream& err);

} // namespace grekko::app
