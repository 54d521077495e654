// The functions of Lua's own library that are safe with a charge for the size of their arguments.
// They are taken from a state opened once for this; the libraries themselves are never opened in an
// agent's state. The library files of this folder use it.
#pragma once

#include <lua.hpp>

namespace grekko::script {

// "string.sub", "type"; null where Lua has no such C function. [any]
lua_CFunction original(const char* library, const char* name);

// The original under a charge of 5 + a unit for each 16 bytes of text that it takes and gives.
// Registers it as
// `name` in the table on top, as a closure over the original.
void set_charged(lua_State* state, const char* library, const char* name);

// Charges a unit for each 16 bytes of the texts among the arguments.
void charge_texts(lua_State* state);

} // namespace grekko::script
