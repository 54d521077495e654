// The Lua standard functions that agents have: an allow-list, each bounded by the budget. What is
// not opened here does not exist in a script: no io, os, debug, package, load, collectgarbage.
// Each open_… leaves one table on the stack or fills the table on top of it; globals.cpp calls all.
#pragma once

#include <initializer_list>

#include <lua.hpp>

namespace grekko::script {

struct Function {
    const char* name;
    lua_CFunction function;
};
void set_functions(lua_State* state, std::initializer_list<Function> functions);

// Into the table on top.
void open_basics(lua_State* state);     // assert error select tonumber type rawget rawset … next
void open_protected(lua_State* state);  // pcall xpcall
void open_metatables(lua_State* state); // setmetatable getmetatable
void open_iteration(lua_State* state);  // pairs ipairs next
// Each pushes a new table.
void push_coroutine_library(lua_State* state);
void push_string_library(lua_State* state);
void push_table_library(lua_State* state);
void push_math_library(lua_State* state);
void push_utf8_library(lua_State* state);

// The parts of the string library, into the table on top.
void open_patterns(lua_State* state); // find match gmatch gsub
void open_format(lua_State* state);   // format rep

// Replaces the table on top by a read-only view of it: reading goes through, writing is an error
// that names `name`.
void lock_table(lua_State* state, const char* name);
// Whether the value is a table that lock_table made.
bool is_locked(lua_State* state, int index);

// Pushes an array of the keys of the table at `index`, in the order of pairs. Raises where a
// key has no order.
void push_sorted_keys(lua_State* state, int index);

// As tostring, without addresses; pushes a string. May call a script's __tostring.
const char* push_text(lua_State* state, int index);

} // namespace grekko::script
