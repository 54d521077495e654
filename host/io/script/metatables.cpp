// setmetatable and getmetatable of agents. A script's metatable is never the one Lua uses: its
// white listed metamethods are copied into one that the host owns, so no finalizer and no
// weak table can be made, not even later by writing into the original.
#include <array>

#include "io/script/libraries.hpp"
#include "io/script/vm.hpp"

namespace grekko::script {

namespace {

char copy_mark;     // in the script's table: the host's copy of it
char original_mark; // in the host's copy: the script's table

constexpr std::array allowed = {"__index", "__newindex", "__call", "__tostring", "__name",
                                "__len",   "__eq",       "__lt",   "__le",       "__concat",
                                "__unm",   "__add",      "__sub",  "__mul",      "__div",
                                "__mod",   "__pow",      "__idiv", "__band",     "__bor",
                                "__bxor",  "__shl",      "__shr",  "__bnot",     "__metatable"};
constexpr std::array refused = {"__gc", "__mode", "__close", "__pairs"};

// Pushes the host's copy of the metatable at `index`, brought up to date.
void push_copy(lua_State* state, int index) {
    for (const char* name : refused) {
        lua_pushstring(state, name);
        if (lua_rawget(state, index) != LUA_TNIL) {
            luaL_error(state, "setmetatable: %s is not allowed in an agent", name);
        }
        lua_pop(state, 1);
    }
    if (lua_rawgetp(state, index, &copy_mark) != LUA_TTABLE) {
        lua_pop(state, 1);
        lua_newtable(state);
        lua_pushvalue(state, -1);
        lua_rawsetp(state, index, &copy_mark);
        lua_pushvalue(state, index);
        lua_rawsetp(state, -2, &original_mark);
    }
    for (const char* name : allowed) {
        lua_pushstring(state, name);
        lua_pushvalue(state, -1);
        lua_rawget(state, index);
        lua_rawset(state, -3);
    }
}

int set_metatable(lua_State* state) {
    Vm::of(state).charge(state, 50);
    luaL_checktype(state, 1, LUA_TTABLE);
    const int type = lua_type(state, 2);
    luaL_argexpected(state, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (is_locked(state, 1) || luaL_getmetafield(state, 1, "__metatable") != LUA_TNIL) {
        return luaL_error(state, "setmetatable: the metatable of this table is protected");
    }
    lua_settop(state, 2);
    if (type == LUA_TTABLE) push_copy(state, 2);
    lua_setmetatable(state, 1);
    lua_settop(state, 1);
    return 1;
}

int get_metatable(lua_State* state) {
    luaL_checkany(state, 1);
    if (lua_getmetatable(state, 1) == 0) {
        lua_pushnil(state);
        return 1;
    }
    lua_pushliteral(state, "__metatable");
    if (lua_rawget(state, -2) != LUA_TNIL) return 1;
    if (lua_rawgetp(state, -2, &original_mark) == LUA_TTABLE) return 1;
    lua_pushboolean(state, 0);
    return 1;
}

} // namespace

void open_metatables(lua_State* state) {
    set_functions(state, {{"setmetatable", set_metatable}, {"getmetatable", get_metatable}});
}

} // namespace grekko::script
