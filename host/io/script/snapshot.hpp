// The files of an agent as they were at one moment: agent.lua and the modules that it may require,
// from its own folder and the shipped library. Nothing is read from disk after that. It checks what
// can be known before compiling: missing, huge, binary, cut short. The loader calls it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace grekko::script {

struct Source {
    std::string name; // "ema_cross/agent.lua", as it stands in error messages
    std::string text;
};

class Snapshot {
public:
    // not_found: no such folder or no agent.lua. invalid_input: a file that is no script text.
    // limit_exceeded: a file over 256 KiB, over 64 files or over 1 MiB together.
    static Result<Snapshot> take(const std::filesystem::path& folder,
                                 const std::filesystem::path& library);

    const Source& main() const { return main_; }
    // Of the agent's folder first, then of the library; null where there is none.
    const Source* module(std::string_view name) const;

private:
    Source main_;
    std::map<std::string, Source, std::less<>> modules_;
};

// One file, checked as above. agent_test.lua is read with it.
Result<Source> read_source(const std::filesystem::path& file, const std::string& shown);

// SHA-256 in hex.
std::string sha256(std::string_view bytes);

} // namespace grekko::script
