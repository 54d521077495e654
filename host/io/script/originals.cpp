#include "io/script/originals.hpp"

#include <map>
#include <string>

#include "io/script/vm.hpp"

namespace grekko::script {

namespace {

using Functions = std::map<std::string, lua_CFunction, std::less<>>;

Functions collect_functions() {
    Functions functions;
    lua_State* const scratch = luaL_newstate();
    if (scratch == nullptr) return functions;
    luaL_openlibs(scratch);
    for (const char* library : {"_G", "string", "table", "math", "utf8", "coroutine"}) {
        lua_getglobal(scratch, library);
        lua_pushnil(scratch);
        while (lua_next(scratch, -2) != 0) {
            if (lua_type(scratch, -2) == LUA_TSTRING && lua_iscfunction(scratch, -1) != 0) {
                const std::string name = std::string(library) + "." + lua_tostring(scratch, -2);
                functions.emplace(name, lua_tocfunction(scratch, -1));
            }
            lua_pop(scratch, 1);
        }
        lua_pop(scratch, 1);
    }
    lua_close(scratch);
    return functions;
}

int call_charged(lua_State* state) {
    std::int64_t units = 5;
    for (int i = lua_gettop(state); i > 0; --i) {
        if (lua_type(state, i) == LUA_TSTRING) {
            units += static_cast<std::int64_t>(lua_rawlen(state, i) >> 4U);
        }
    }
    Vm::of(state).charge(state, units);
    return lua_tocfunction(state, lua_upvalueindex(1))(state);
}

} // namespace

lua_CFunction original(const char* library, const char* name) {
    static const Functions functions = collect_functions();
    const auto found = functions.find(std::string(library) + "." + name);
    return found == functions.end() ? nullptr : found->second;
}

void set_charged(lua_State* state, const char* library, const char* name) {
    lua_pushcfunction(state, original(library, name));
    lua_pushcclosure(state, call_charged, 1);
    lua_setfield(state, -2, name);
}

} // namespace grekko::script
