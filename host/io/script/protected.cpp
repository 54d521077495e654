// pcall, xpcall and coroutines: the host's own, so that no script can catch its own kill.
#include "io/script/libraries.hpp"
#include "io/script/originals.hpp"
#include "io/script/vm.hpp"

namespace grekko::script {

namespace {

constexpr std::int64_t protected_units = 10;
constexpr std::int64_t resume_units = 100;
constexpr std::int64_t create_units = 1000;

int finish(lua_State* state, int status, lua_KContext skipped) {
    Vm::of(state).after_protected(state, state, status);
    if (status == LUA_OK || status == LUA_YIELD) {
        return lua_gettop(state) - static_cast<int>(skipped);
    }
    lua_pushboolean(state, 0);
    lua_pushvalue(state, -2);
    return 2;
}

int pcall(lua_State* state) {
    Vm::of(state).charge(state, protected_units);
    luaL_checkany(state, 1);
    lua_pushboolean(state, 1);
    lua_insert(state, 1);
    const int arguments = lua_gettop(state) - 2;
    return finish(state, lua_pcallk(state, arguments, LUA_MULTRET, 0, 0, finish), 0);
}

// Stands for a script's message handler: silent while the call is being killed.
int guarded_handler(lua_State* state) {
    if (Vm::of(state).killed()) return 1;
    lua_settop(state, 1);
    lua_pushvalue(state, lua_upvalueindex(1));
    lua_insert(state, 1);
    lua_call(state, 1, 1);
    return 1;
}

int xpcall(lua_State* state) {
    Vm::of(state).charge(state, protected_units);
    const int count = lua_gettop(state);
    luaL_checktype(state, 2, LUA_TFUNCTION);
    lua_pushvalue(state, 2);
    lua_pushcclosure(state, guarded_handler, 1);
    lua_replace(state, 2);
    lua_pushboolean(state, 1);
    lua_pushvalue(state, 1);
    lua_rotate(state, 3, 2);
    return finish(state, lua_pcallk(state, count - 2, LUA_MULTRET, 2, 2, finish), 2);
}

lua_State* thread_argument(lua_State* state) {
    lua_State* const thread = lua_tothread(state, 1);
    luaL_argexpected(state, thread != nullptr, 1, "coroutine");
    return thread;
}

int create(lua_State* state) {
    Vm::of(state).charge(state, create_units);
    luaL_checktype(state, 1, LUA_TFUNCTION);
    lua_State* const thread = lua_newthread(state);
    lua_pushvalue(state, 1);
    lua_xmove(state, thread, 1);
    return 1;
}

int refuse(lua_State* state, const char* why) {
    lua_pushboolean(state, 0);
    lua_pushstring(state, why);
    return 2;
}

int resume(lua_State* state) {
    Vm& vm = Vm::of(state);
    vm.charge(state, resume_units);
    lua_State* const thread = thread_argument(state);
    const int arguments = lua_gettop(state) - 1;
    if (lua_checkstack(thread, arguments) == 0) return refuse(state, "too many arguments");
    lua_xmove(state, thread, arguments);
    vm.guard(thread);
    lua_State* const before = vm.run_on(thread);
    int results = 0;
    const int status = lua_resume(thread, state, arguments, &results);
    vm.run_on(before);
    vm.after_protected(state, thread, status);
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_xmove(thread, state, 1); // nothing where a coroutine resumes itself
        lua_pushboolean(state, 0);
        lua_insert(state, -2);
        return 2;
    }
    if (lua_checkstack(state, results + 1) == 0) {
        lua_pop(thread, results);
        return refuse(state, "too many results");
    }
    lua_pushboolean(state, 1);
    lua_xmove(thread, state, results);
    return results + 1;
}

} // namespace

void open_protected(lua_State* state) {
    set_functions(state, {{"pcall", pcall}, {"xpcall", xpcall}});
}

void push_coroutine_library(lua_State* state) {
    lua_newtable(state);
    set_functions(state, {{"create", create}, {"resume", resume}});
    for (const char* name : {"yield", "status", "running", "isyieldable"}) {
        lua_pushcfunction(state, original("coroutine", name));
        lua_setfield(state, -2, name);
    }
}

} // namespace grekko::script
