// An attack of the catalogue on the sandbox: what a script does and how it must end. The tables are
// in the files of this folder, one a group; attack.cpp runs them, inline, against the real sandbox.
// The names begin with A and the number in the catalogue, docs/reference/sandbox-attacks.md.
#pragma once

#include <cstdint>

#include "unit/io/script/script_host.hpp"

namespace grekko::script {

enum class Ends : std::uint8_t {
    error = 1,     // an error with file and line, that the script may catch
    killed,        // over the budget of instructions
    out_of_time,   // over the limit of time
    out_of_memory, // an error of memory that it did not catch, or the third that it did
    over_quota,
    contained, // completes, and nothing came of it
};

struct Attack {
    const char* name;
    Ends ends;
    const char* body; // of on_trade; `spin` and `trade` are there
    const char* says{""};
};

class Attacks : public testing::TestWithParam<Attack> {};

// A script that is to be refused before an agent is made of it.
struct BadSource {
    const char* name;
    std::string text;
    const char* says;
};

class BadSources : public testing::TestWithParam<BadSource> {};

inline constexpr auto name_of = [](const auto& one) { return std::string(one.param.name); };

// Limits under which an attack ends soon.
inline Setup small_setup() {
    Setup setup;
    setup.limits.instructions = 400'000;
    setup.limits.start_instructions = 400'000;
    setup.limits.memory = 8U << 20U;
    return setup;
}

// The script of an attack: attacks in the first event, trades in the next.
inline std::string script_of(const std::string& body) {
    return on_trade("if self.done then self:close('BTC-USD') return end self.done = true\n"
                    "local function spin() while true do end end\ndo " +
                    body + "\nend");
}

// Whether a message names the script and a line of it.
inline bool names_line(const std::string& message) {
    const std::string head = "tried/agent.lua:";
    return message.starts_with(head) && message.size() > head.size() &&
           message[head.size()] >= '1' && message[head.size()] <= '9';
}

} // namespace grekko::script
