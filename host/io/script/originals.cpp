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

// A unit for each 16 bytes of the texts on top of the stack.
std::int64_t units_of_texts(lua_State* state, int count) {
    std::int64_t units = 0;
    for (int i = 1; i <= count; ++i) {
        if (lua_type(state, -i) == LUA_TSTRING) {
            units += static_cast<std::int64_t>(lua_rawlen(state, -i) >> 4U);
        }
    }
    return units;
}

int call_charged(lua_State* state) {
    Vm& vm = Vm::of(state);
    vm.charge(state, 5 + units_of_texts(state, lua_gettop(state)));
    const int results = lua_tocfunction(state, lua_upvalueindex(1))(state);
    vm.charge(state, units_of_texts(state, results)); // pack makes long texts of short ones
    return results;
}

} // namespace

lua_CFunction original(const char* library, const char* name) {
    static const Functions functions = collect_functions();
    const auto found = functions.find(std::string(library) + "." + name);
    return found == functions.end() ? nullptr : found->second;
}

void charge_texts(lua_State* state) {
    const std::int64_t units = units_of_texts(state, lua_gettop(state));
    if (units != 0) Vm::of(state).charge(state, units);
}

void set_charged(lua_State* state, const char* library, const char* name) {
    lua_pushcfunction(state, original(library, name));
    lua_pushcclosure(state, call_charged, 1);
    lua_setfield(state, -2, name);
}

} // namespace grekko::script
