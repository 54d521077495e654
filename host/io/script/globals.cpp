#include <array>

#include "io/script/api.hpp"
#include "io/script/build.hpp"
#include "io/script/fields.hpp"
#include "io/script/libraries.hpp"

namespace grekko::script {

namespace {

// A write to a global that does not exist yet: new names are the script's, the host's are not.
int write_global(lua_State* state) {
    lua_pushvalue(state, 2);
    if (lua_rawget(state, lua_upvalueindex(1)) != LUA_TNIL) {
        const char* const name = lua_type(state, 2) == LUA_TSTRING ? lua_tostring(state, 2) : "?";
        return luaL_error(state, "%s belongs to the host and is read-only", name);
    }
    lua_settop(state, 3);
    lua_rawset(state, 1);
    return 0;
}

void push_host_globals(lua_State* state) {
    lua_createtable(state, 0, 32);
    open_basics(state);
    open_protected(state);
    open_metatables(state);
    open_iteration(state);
    open_print(state);
    constexpr std::array<std::pair<const char*, void (*)(lua_State*)>, 5> libraries = {
        {{"string", push_string_library},
         {"table", push_table_library},
         {"math", push_math_library},
         {"utf8", push_utf8_library},
         {"coroutine", push_coroutine_library}}};
    for (const auto& [name, push] : libraries) {
        push(state);
        lock_table(state, name);
        lua_setfield(state, -2, name);
    }
}

// Methods of texts, ("x"):rep(3): through a metatable that scripts cannot reach.
void set_text_methods(lua_State* state) {
    lua_pushliteral(state, "");
    lua_createtable(state, 0, 2);
    lua_getfield(state, -3, "string");
    lua_setfield(state, -2, "__index");
    lua_pushboolean(state, 0);
    lua_setfield(state, -2, "__metatable");
    lua_setmetatable(state, -2);
    lua_pop(state, 1);
}

} // namespace

void push_globals(lua_State* state) {
    lua_newtable(state);
    push_host_globals(state);
    set_text_methods(state);
    lua_createtable(state, 0, 3);
    lua_pushvalue(state, -2);
    lua_setfield(state, -2, "__index");
    lua_pushvalue(state, -2);
    lua_pushcclosure(state, write_global, 1);
    lua_setfield(state, -2, "__newindex");
    lua_pushboolean(state, 0);
    lua_setfield(state, -2, "__metatable");
    lua_setmetatable(state, -3);
    lua_pushvalue(state, -2);
    lua_setfield(state, -2, "_G");
    lua_pop(state, 1);
}

} // namespace grekko::script
