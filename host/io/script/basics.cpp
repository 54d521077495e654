#include <cmath>
#include <cstdio>
#include <cstring>

#include "io/script/libraries.hpp"
#include "io/script/originals.hpp"
#include "io/script/vm.hpp"

namespace grekko::script {

namespace {

char lock_mark; // key of the metatables that lock_table makes

int write_locked(lua_State* state) {
    const char* const name = lua_tostring(state, lua_upvalueindex(1));
    const char* const key = lua_type(state, 2) == LUA_TSTRING ? lua_tostring(state, 2) : "?";
    return luaL_error(state, "%s.%s: %s belongs to the host and is read-only", name, key, name);
}

int raw_set(lua_State* state) {
    luaL_checktype(state, 1, LUA_TTABLE);
    luaL_checkany(state, 2);
    luaL_checkany(state, 3);
    if (is_locked(state, 1)) return luaL_error(state, "rawset: this table is read-only");
    lua_settop(state, 3);
    lua_rawset(state, 1);
    return 1;
}

int raw_get(lua_State* state) {
    luaL_checktype(state, 1, LUA_TTABLE);
    luaL_checkany(state, 2);
    lua_settop(state, 2);
    lua_rawget(state, 1);
    return 1;
}

int to_string(lua_State* state) {
    luaL_checkany(state, 1);
    push_text(state, 1);
    return 1;
}

} // namespace

void set_functions(lua_State* state, std::initializer_list<Function> functions) {
    for (const auto& [name, function] : functions) {
        lua_pushcfunction(state, function);
        lua_setfield(state, -2, name);
    }
}

void lock_table(lua_State* state, const char* name) {
    lua_newtable(state);
    lua_createtable(state, 0, 4);
    lua_pushvalue(state, -3);
    lua_setfield(state, -2, "__index");
    lua_pushstring(state, name);
    lua_pushcclosure(state, write_locked, 1);
    lua_setfield(state, -2, "__newindex");
    lua_pushboolean(state, 0);
    lua_setfield(state, -2, "__metatable");
    lua_pushboolean(state, 1);
    lua_rawsetp(state, -2, &lock_mark);
    lua_setmetatable(state, -2);
    lua_remove(state, -2);
}

bool is_locked(lua_State* state, int index) {
    if (lua_getmetatable(state, index) == 0) return false;
    const bool locked = lua_rawgetp(state, -1, &lock_mark) != LUA_TNIL;
    lua_pop(state, 2);
    return locked;
}

const char* push_text(lua_State* state, int index) {
    index = lua_absindex(state, index);
    if (luaL_callmeta(state, index, "__tostring") != 0) {
        if (lua_isstring(state, -1) == 0) luaL_error(state, "__tostring must return a string");
        return lua_tostring(state, -1);
    }
    switch (lua_type(state, index)) {
    case LUA_TNUMBER:
    case LUA_TSTRING: lua_pushvalue(state, index); return lua_tostring(state, -1);
    case LUA_TBOOLEAN: return lua_pushstring(state, lua_toboolean(state, index) ? "true" : "false");
    case LUA_TNIL: return lua_pushliteral(state, "nil");
    default: break;
    }
    // No address: it would differ from run to run.
    const int named = luaL_getmetafield(state, index, "__name");
    if (named == LUA_TSTRING) return lua_tostring(state, -1);
    if (named != LUA_TNIL) lua_pop(state, 1);
    return lua_pushstring(state, luaL_typename(state, index));
}

void open_basics(lua_State* state) {
    for (const char* name : {"assert", "error", "type", "rawequal", "rawlen"}) {
        lua_pushcfunction(state, original("_G", name));
        lua_setfield(state, -2, name);
    }
    set_charged(state, "_G", "select");
    set_charged(state, "_G", "tonumber");
    set_functions(state, {{"rawset", raw_set}, {"rawget", raw_get}, {"tostring", to_string}});
    lua_pushliteral(state, "Lua 5.4");
    lua_setfield(state, -2, "_VERSION");
}

} // namespace grekko::script
