// What a script declares with grekko.agent { … }: mode, symbols, bars, warm-up, parameters, votes.
// Read once while the script loads; symbols, bars, warmup and votes may be functions of the
// parameters. It is not yet bound to instruments: build.cpp does that.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <lua.hpp>

#include "domain/intent.hpp"
#include "io/script/parameters.hpp"

namespace grekko::script {

struct DeclaredBars {
    Duration interval;
    std::string text;        // "1h", as the script writes it
    std::uint32_t warmup{0}; // bars before the first on_bar
};

struct Declaration {
    Mode mode{Mode::balanced};
    std::vector<std::string> symbols;
    std::vector<DeclaredBars> bars;
    std::vector<std::string> votes; // equal to symbols where the script says nothing
    std::vector<Parameter> parameters;
    std::uint32_t history{64};  // bars and indicator values kept for [n]
    std::uint32_t gap_reset{0}; // missing intervals after which indicators begin anew, 0: never
};

// Reads the table at `index`. Raises a Lua error that names the field. [while loading]
Declaration read_declaration(lua_State* state, int index, const Setup& setup);

} // namespace grekko::script
