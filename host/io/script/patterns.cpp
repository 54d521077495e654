// string.find, match, gmatch and gsub over Pattern: what they return is as in the Lua manual, what
// they cost is counted.
#include <algorithm>
#include <string_view>

#include "io/script/libraries.hpp"
#include "io/script/pattern.hpp"
#include "io/script/vm.hpp"

namespace grekko::script {

namespace {

constexpr std::string_view magic = "^$*+?.([%-";

void spend(void* context, std::int64_t steps) {
    auto* const state = static_cast<lua_State*>(context);
    Vm::of(state).charge(state, steps);
}

std::string_view text_argument(lua_State* state, int index) {
    std::size_t size = 0;
    const char* const text = luaL_checklstring(state, index, &size);
    return {text, size};
}

void push(lua_State* state, std::string_view text) {
    lua_pushlstring(state, text.data(), text.size());
}

void push_capture(lua_State* state, std::string_view subject, const Pattern& pattern,
                  std::size_t index, std::size_t start, std::size_t end) {
    if (index >= pattern.captures()) {
        if (index != 0) luaL_error(state, "invalid capture index");
        push(state, subject.substr(start, end - start));
        return;
    }
    const Pattern::Capture& capture = pattern.capture(index);
    if (capture.size == Pattern::position) {
        lua_pushinteger(state, static_cast<lua_Integer>(capture.start) + 1);
    } else if (capture.size == Pattern::open) {
        luaL_error(state, "unfinished capture");
    } else {
        push(state, subject.substr(capture.start, capture.size));
    }
}

// All captures, or the whole match where there is none and `whole`.
int push_captures(lua_State* state, std::string_view subject, const Pattern& pattern,
                  std::size_t start, std::size_t end, bool whole) {
    const std::size_t count = std::max<std::size_t>(pattern.captures(), whole ? 1 : 0);
    luaL_checkstack(state, static_cast<int>(count), "too many captures");
    for (std::size_t i = 0; i < count; ++i)
        push_capture(state, subject, pattern, i, start, end);
    return static_cast<int>(count);
}

std::size_t match_at(lua_State* state, Pattern& pattern, std::size_t start) {
    const std::size_t end = pattern.match_at(start);
    if (pattern.error() != nullptr) luaL_error(state, "%s", pattern.error());
    return end;
}

// The third argument of find, match and gmatch as an offset; beyond the end: size + 1.
std::size_t start_argument(lua_State* state, std::size_t size) {
    const lua_Integer start = luaL_optinteger(state, 3, 1);
    if (start > 0) return std::min(static_cast<std::size_t>(start) - 1, size + 1);
    if (start == 0 || start < -static_cast<lua_Integer>(size)) return 0;
    return size - static_cast<std::size_t>(-start);
}

int find_plain(lua_State* state, std::string_view subject, std::string_view text,
               std::size_t from) {
    Vm::of(state).charge(
        state, static_cast<std::int64_t>((subject.size() - from) / 16 * (1 + text.size() / 64)));
    const std::size_t found = subject.find(text, from);
    if (found == std::string_view::npos) {
        lua_pushnil(state);
        return 1;
    }
    lua_pushinteger(state, static_cast<lua_Integer>(found) + 1);
    lua_pushinteger(state, static_cast<lua_Integer>(found + text.size()));
    return 2;
}

int find_or_match(lua_State* state, bool find) {
    Vm::of(state).charge(state, 5);
    const std::string_view subject = text_argument(state, 1);
    std::string_view text = text_argument(state, 2);
    std::size_t start = start_argument(state, subject.size());
    if (start > subject.size()) {
        lua_pushnil(state);
        return 1;
    }
    const bool plain = lua_toboolean(state, 4) != 0 || text.find_first_of(magic) == text.npos;
    if (find && plain) return find_plain(state, subject, text, start);
    const bool anchored = text.starts_with('^');
    if (anchored) text.remove_prefix(1);
    Pattern pattern{subject, text, spend, state};
    do {
        const std::size_t end = match_at(state, pattern, start);
        if (end == Pattern::none) continue;
        if (!find) return push_captures(state, subject, pattern, start, end, true);
        lua_pushinteger(state, static_cast<lua_Integer>(start) + 1);
        lua_pushinteger(state, static_cast<lua_Integer>(end));
        return 2 + push_captures(state, subject, pattern, start, end, false);
    } while (++start <= subject.size() && !anchored);
    lua_pushnil(state);
    return 1;
}

int find(lua_State* state) {
    return find_or_match(state, true);
}
int match(lua_State* state) {
    return find_or_match(state, false);
}

// upvalues: subject, pattern, start, end of the last match (-1: none)
int gmatch_step(lua_State* state) {
    const std::string_view subject = text_argument(state, lua_upvalueindex(1));
    const std::string_view text = text_argument(state, lua_upvalueindex(2));
    Vm::of(state).charge(state, 5);
    Pattern pattern{subject, text, spend, state};
    auto start = static_cast<std::size_t>(lua_tointeger(state, lua_upvalueindex(3)));
    const lua_Integer last = lua_tointeger(state, lua_upvalueindex(4));
    for (; start <= subject.size(); ++start) {
        const std::size_t end = match_at(state, pattern, start);
        if (end == Pattern::none || static_cast<lua_Integer>(end) == last) continue;
        lua_pushinteger(state, static_cast<lua_Integer>(end));
        lua_copy(state, -1, lua_upvalueindex(3));
        lua_replace(state, lua_upvalueindex(4));
        return push_captures(state, subject, pattern, start, end, true);
    }
    return 0;
}

int gmatch(lua_State* state) {
    const std::string_view subject = text_argument(state, 1);
    text_argument(state, 2);
    const std::size_t start = start_argument(state, subject.size());
    lua_settop(state, 2);
    lua_pushinteger(state, static_cast<lua_Integer>(start));
    lua_pushinteger(state, -1);
    lua_pushcclosure(state, gmatch_step, 4);
    return 1;
}

// Adds a replacement text with its %0 … %9 and %%.
void add_template(lua_State* state, luaL_Buffer& out, std::string_view subject,
                  const Pattern& pattern, std::size_t start, std::size_t end) {
    const std::string_view text = text_argument(state, 3);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            luaL_addchar(&out, text[i]);
            continue;
        }
        const char digit = ++i < text.size() ? text[i] : '\0';
        if (digit == '%') {
            luaL_addchar(&out, '%');
        } else if (digit == '0') {
            luaL_addlstring(&out, subject.data() + start, end - start);
        } else if (digit >= '1' && digit <= '9') {
            push_capture(state, subject, pattern, static_cast<std::size_t>(digit - '1'), start,
                         end);
            luaL_tolstring(state, -1, nullptr); // a text or a whole number
            lua_remove(state, -2);
            luaL_addvalue(&out);
        } else {
            luaL_error(state, "invalid use of '%%' in replacement string");
        }
    }
    Vm::of(state).charge(state, static_cast<std::int64_t>(text.size() / 8));
}

// Adds what stands for the match.
void add_replacement(lua_State* state, luaL_Buffer& out, std::string_view subject,
                     const Pattern& pattern, std::size_t start, std::size_t end) {
    const int type = lua_type(state, 3);
    if (type == LUA_TNUMBER || type == LUA_TSTRING) {
        return add_template(state, out, subject, pattern, start, end);
    }
    if (type == LUA_TTABLE) {
        push_capture(state, subject, pattern, 0, start, end);
        lua_gettable(state, 3);
    } else {
        lua_pushvalue(state, 3);
        lua_call(state, push_captures(state, subject, pattern, start, end, true), 1);
    }
    if (lua_toboolean(state, -1) == 0) {
        lua_pop(state, 1);
        luaL_addlstring(&out, subject.data() + start, end - start);
    } else if (lua_isstring(state, -1) == 0) {
        luaL_error(state, "invalid replacement value (a %s)", luaL_typename(state, -1));
    } else {
        luaL_addvalue(&out);
    }
}

int gsub(lua_State* state) {
    Vm::of(state).charge(state, 5);
    const std::string_view subject = text_argument(state, 1);
    std::string_view text = text_argument(state, 2);
    const int type = lua_type(state, 3);
    luaL_argexpected(state,
                     type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION ||
                         type == LUA_TTABLE,
                     3, "string, function or table");
    if (type == LUA_TNUMBER) lua_tolstring(state, 3, nullptr);
    const auto most = luaL_optinteger(state, 4, static_cast<lua_Integer>(subject.size()) + 1);
    const bool anchored = text.starts_with('^');
    if (anchored) text.remove_prefix(1);
    Pattern pattern{subject, text, spend, state};
    luaL_Buffer out;
    luaL_buffinit(state, &out);
    std::size_t at = 0;
    std::size_t last = Pattern::none;
    lua_Integer count = 0;
    while (count < most) {
        const std::size_t end = match_at(state, pattern, at);
        if (end != Pattern::none && end != last) {
            ++count;
            add_replacement(state, out, subject, pattern, at, end);
            at = last = end;
        } else if (at < subject.size()) {
            luaL_addchar(&out, subject[at]);
            ++at;
        } else {
            break;
        }
        if (anchored) break;
    }
    if (at < subject.size()) luaL_addlstring(&out, subject.data() + at, subject.size() - at);
    luaL_pushresult(&out);
    lua_pushinteger(state, count);
    return 2;
}

} // namespace

void open_patterns(lua_State* state) {
    set_functions(state, {{"find", find}, {"match", match}, {"gmatch", gmatch}, {"gsub", gsub}});
}

} // namespace grekko::script
