// Builds the Lua state of an agent: the globals a script may see, the functions of self, require
// from the snapshot; then runs agent.lua and binds what it declared to the universe. Loading alone
// calls it; nothing here runs while an agent trades.
#pragma once

#include "base/result.hpp"
#include "io/script/runtime.hpp"

namespace grekko::script {

// Pushes the table of globals for a script, locked and writable only for new names.
void push_globals(lua_State* state);

// Compiles a source as text with the globals on top of the stack as its environment and leaves the
// function in their place. Error: what the compiler said, with what to do.
Result<void> compile(lua_State* state, const Source& source);

// script_error: the script failed; invalid_config: a parameter, symbol or interval is not known.
Result<void> build(Runtime& runtime);

} // namespace grekko::script
