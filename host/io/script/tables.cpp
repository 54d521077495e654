// The table library, by raw access and with a charge for each element, so that no call of it runs
// longer than the budget whatever its range says. The sort gives the same order in every run.
#include <algorithm>

#include "io/script/libraries.hpp"
#include "io/script/vm.hpp"

namespace grekko::script {

namespace {

constexpr lua_Unsigned unpack_max = 250;

lua_Integer length_of(lua_State* state, int index) {
    luaL_checktype(state, index, LUA_TTABLE);
    if (is_locked(state, index)) luaL_error(state, "this table is read-only");
    return static_cast<lua_Integer>(lua_rawlen(state, index));
}

// Charges for the elements from … to; an error where they are more than a table can hold.
lua_Integer charge_range(lua_State* state, lua_Integer from, lua_Integer to) {
    if (from > to) return 0;
    const lua_Unsigned count = static_cast<lua_Unsigned>(to) - static_cast<lua_Unsigned>(from) + 1;
    if (count == 0 || count > 100'000'000) luaL_error(state, "too many elements in the range");
    Vm::of(state).charge(state, static_cast<std::int64_t>(count));
    return static_cast<lua_Integer>(count);
}

int concat(lua_State* state) {
    const lua_Integer length = length_of(state, 1);
    std::size_t separator_size = 0;
    const char* const separator = luaL_optlstring(state, 2, "", &separator_size);
    const lua_Integer from = luaL_optinteger(state, 3, 1);
    const lua_Integer to = luaL_optinteger(state, 4, length);
    const lua_Integer count = charge_range(state, from, to);
    luaL_Buffer out;
    luaL_buffinit(state, &out);
    for (lua_Integer i = 0; i < count; ++i) {
        if (i > 0) luaL_addlstring(&out, separator, separator_size);
        const int type = lua_rawgeti(state, 1, from + i);
        if (type != LUA_TSTRING && type != LUA_TNUMBER) {
            return luaL_error(state, "concat: element %I is a %s, not a text or number",
                              static_cast<LUAI_UACINT>(from + i), luaL_typename(state, -1));
        }
        luaL_addvalue(&out);
    }
    luaL_pushresult(&out);
    return 1;
}

int insert(lua_State* state) {
    const lua_Integer end = length_of(state, 1) + 1;
    lua_Integer place = end;
    const int count = lua_gettop(state);
    if (count == 3) {
        place = luaL_checkinteger(state, 2);
        luaL_argcheck(state, place >= 1 && place <= end, 2, "position out of bounds");
        charge_range(state, place, end);
        for (lua_Integer i = end; i > place; --i) {
            lua_rawgeti(state, 1, i - 1);
            lua_rawseti(state, 1, i);
        }
    } else if (count != 2) {
        return luaL_error(state, "insert takes (table, value) or (table, position, value)");
    }
    Vm::of(state).charge(state, 5);
    lua_rawseti(state, 1, place);
    return 0;
}

int remove(lua_State* state) {
    const lua_Integer length = length_of(state, 1);
    const lua_Integer place = luaL_optinteger(state, 2, length);
    if (lua_gettop(state) > 1) {
        luaL_argcheck(state, place >= (length == 0 ? 0 : 1) && place <= length + 1, 2,
                      "position out of bounds");
    }
    Vm::of(state).charge(state, 5);
    charge_range(state, place, length);
    lua_rawgeti(state, 1, place);
    for (lua_Integer i = place; i < length; ++i) {
        lua_rawgeti(state, 1, i + 1);
        lua_rawseti(state, 1, i);
    }
    if (length > 0 && place <= length) {
        lua_pushnil(state);
        lua_rawseti(state, 1, length);
    }
    return 1;
}

int move(lua_State* state) {
    length_of(state, 1);
    const lua_Integer from = luaL_checkinteger(state, 2);
    const lua_Integer to = luaL_checkinteger(state, 3);
    const lua_Integer target = luaL_checkinteger(state, 4);
    const int into = lua_isnoneornil(state, 5) ? 1 : 5;
    length_of(state, into);
    const lua_Integer count = charge_range(state, from, to);
    luaL_argcheck(state, target <= LUA_MAXINTEGER - count, 4, "destination wrap around");
    const bool backwards = into == 1 && target > from && target < from + count;
    for (lua_Integer i = 0; i < count; ++i) {
        const lua_Integer offset = backwards ? count - 1 - i : i;
        lua_rawgeti(state, 1, from + offset);
        lua_rawseti(state, into, target + offset);
    }
    lua_pushvalue(state, into);
    return 1;
}

int pack(lua_State* state) {
    const int count = lua_gettop(state);
    Vm::of(state).charge(state, count);
    lua_createtable(state, count, 1);
    lua_insert(state, 1);
    for (int i = count; i >= 1; --i)
        lua_rawseti(state, 1, i);
    lua_pushinteger(state, count);
    lua_setfield(state, 1, "n");
    return 1;
}

int unpack(lua_State* state) {
    const lua_Integer length = length_of(state, 1);
    const lua_Integer from = luaL_optinteger(state, 2, 1);
    const lua_Integer to = luaL_optinteger(state, 3, length);
    if (from <= to &&
        static_cast<lua_Unsigned>(to) - static_cast<lua_Unsigned>(from) >= unpack_max) {
        return luaL_error(state, "unpack: more than %d results", static_cast<int>(unpack_max));
    }
    const lua_Integer count = charge_range(state, from, to);
    if (lua_checkstack(state, static_cast<int>(count)) == 0) {
        return luaL_error(state, "unpack: more than %d results", static_cast<int>(unpack_max));
    }
    for (lua_Integer i = 0; i < count; ++i)
        lua_rawgeti(state, 1, from + i);
    return static_cast<int>(count);
}

// Whether element a sorts before b: by the function at stack slot 2, or by <.
bool before(lua_State* state, lua_Integer a, lua_Integer b) {
    Vm::of(state).charge(state, 4);
    const bool own = lua_isfunction(state, 2);
    if (own) lua_pushvalue(state, 2);
    lua_rawgeti(state, 1, a);
    lua_rawgeti(state, 1, b);
    bool result = false;
    if (own) {
        lua_call(state, 2, 1);
        result = lua_toboolean(state, -1) != 0;
        lua_pop(state, 1);
    } else {
        result = lua_compare(state, -2, -1, LUA_OPLT) != 0;
        lua_pop(state, 2);
    }
    return result;
}

void swap(lua_State* state, lua_Integer a, lua_Integer b) {
    lua_rawgeti(state, 1, a);
    lua_rawgeti(state, 1, b);
    lua_rawseti(state, 1, a);
    lua_rawseti(state, 1, b);
}

// Heap sort: in place, n·log n comparisons whatever the data or the comparison does.
void sift(lua_State* state, lua_Integer root, lua_Integer size) {
    for (lua_Integer child = 2 * root; child <= size; child = 2 * root) {
        if (child < size && before(state, child, child + 1)) ++child;
        if (!before(state, root, child)) return;
        swap(state, root, child);
        root = child;
    }
}

int sort(lua_State* state) {
    const lua_Integer size = length_of(state, 1);
    if (!lua_isnoneornil(state, 2)) luaL_checktype(state, 2, LUA_TFUNCTION);
    lua_settop(state, 2);
    for (lua_Integer root = size / 2; root >= 1; --root)
        sift(state, root, size);
    for (lua_Integer end = size; end > 1; --end) {
        swap(state, 1, end);
        sift(state, 1, end - 1);
    }
    return 0;
}

} // namespace

void push_table_library(lua_State* state) {
    lua_newtable(state);
    set_functions(state, {{"concat", concat},
                          {"insert", insert},
                          {"remove", remove},
                          {"move", move},
                          {"pack", pack},
                          {"unpack", unpack},
                          {"sort", sort}});
}

} // namespace grekko::script
