// pairs with an order that is the same in every run: numbers ascending, then texts by their bytes.
// The order of Lua's own depends on addresses and a random seed.
#include <algorithm>
#include <cstring>
#include <new>
#include <vector>

#include "io/script/libraries.hpp"
#include "io/script/originals.hpp"
#include "io/script/vm.hpp"

namespace grekko::script {

namespace {

constexpr std::int64_t walk_units = 50; // a table that was emptied is walked to its end

struct Key {
    bool is_text{false};
    bool is_integer{false};
    lua_Integer integer{0};
    lua_Number number{0};
    const char* text{nullptr}; // alive while the table holds the key
    std::size_t size{0};
};

bool less(const Key& a, const Key& b) {
    if (a.is_text != b.is_text) return b.is_text;
    if (a.is_text) {
        const int order = std::memcmp(a.text, b.text, std::min(a.size, b.size));
        return order != 0 ? order < 0 : a.size < b.size;
    }
    if (a.is_integer && b.is_integer) return a.integer < b.integer;
    return a.number < b.number;
}

// Reads the key on top of the stack; false for a light userdata, which is a mark of the host.
bool read_key(lua_State* state, Key& key) {
    switch (lua_type(state, -1)) {
    case LUA_TNUMBER:
        key.is_integer = lua_isinteger(state, -1) != 0;
        key.integer = key.is_integer ? lua_tointeger(state, -1) : 0;
        key.number = lua_tonumber(state, -1);
        return true;
    case LUA_TSTRING:
        key.is_text = true;
        key.text = lua_tolstring(state, -1, &key.size);
        return true;
    case LUA_TLIGHTUSERDATA: return false;
    default:
        luaL_error(state, "pairs: a key is a %s and has no order; use numbers and texts as keys",
                   luaL_typename(state, -1));
        return false;
    }
}

std::vector<Key> sorted_keys(lua_State* state, int index) {
    std::vector<Key> keys;
    lua_pushnil(state);
    while (lua_next(state, index) != 0) {
        lua_pop(state, 1);
        Key key;
        if (!read_key(state, key)) continue;
        keys.push_back(key);
        if (keys.size() % 64 == 0) Vm::of(state).charge(state, 64);
    }
    Vm::of(state).charge(state, static_cast<std::int64_t>(keys.size()));
    if (!std::is_sorted(keys.begin(), keys.end(), less)) std::sort(keys.begin(), keys.end(), less);
    return keys;
}

// upvalues: the keys, the place in them
int step(lua_State* state) {
    lua_Integer at = lua_tointeger(state, lua_upvalueindex(2));
    while (lua_rawgeti(state, lua_upvalueindex(1), ++at) != LUA_TNIL) {
        lua_pushvalue(state, -1);
        if (lua_rawget(state, 1) != LUA_TNIL) {
            lua_pushinteger(state, at);
            lua_replace(state, lua_upvalueindex(2));
            return 2;
        }
        lua_pop(state, 2); // the key is gone since the loop began
        Vm::of(state).charge(state, 1);
    }
    return 1;
}

int pairs(lua_State* state) {
    luaL_checktype(state, 1, LUA_TTABLE);
    lua_settop(state, 1);
    Vm::of(state).charge(state, walk_units);
    push_sorted_keys(state, 1);
    lua_pushinteger(state, 0);
    lua_pushcclosure(state, step, 2);
    lua_pushvalue(state, 1);
    return 2;
}

int next(lua_State* state) {
    luaL_checktype(state, 1, LUA_TTABLE);
    if (lua_isnoneornil(state, 2) == 0) {
        return luaL_error(state, "next(t) only tells whether t is empty; walk it with pairs");
    }
    lua_settop(state, 1);
    Vm::of(state).charge(state, walk_units);
    lua_pushnil(state);
    while (lua_next(state, 1) != 0) {
        if (lua_type(state, -2) != LUA_TLIGHTUSERDATA) {
            lua_pushboolean(state, 1);
            return 1;
        }
        lua_pop(state, 1);
    }
    lua_pushnil(state);
    return 1;
}

} // namespace

void push_sorted_keys(lua_State* state, int index) {
    index = lua_absindex(state, index);
    const std::vector<Key> keys = sorted_keys(state, index);
    lua_createtable(state, static_cast<int>(keys.size()), 0);
    lua_Integer at = 0;
    for (const Key& key : keys) {
        if (key.is_text) {
            lua_pushlstring(state, key.text, key.size);
        } else if (key.is_integer) {
            lua_pushinteger(state, key.integer);
        } else {
            lua_pushnumber(state, key.number);
        }
        lua_rawseti(state, -2, ++at);
    }
}

void open_iteration(lua_State* state) {
    set_functions(state, {{"pairs", pairs}, {"next", next}});
    lua_pushcfunction(state, original("_G", "ipairs"));
    lua_setfield(state, -2, "ipairs");
}

} // namespace grekko::script
