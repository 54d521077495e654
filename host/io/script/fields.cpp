#include "io/script/fields.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "io/script/suggest.hpp"

namespace grekko::script {

namespace {

std::string number_text(double value) {
    char text[40];
    return {text, static_cast<std::size_t>(std::snprintf(text, sizeof text, "%.10g", value))};
}

std::string shown(lua_State* state, int index) {
    switch (lua_type(state, index)) {
    case LUA_TNUMBER: return number_text(lua_tonumber(state, index));
    case LUA_TSTRING: return "'" + std::string(lua_tostring(state, index)).substr(0, 40) + "'";
    case LUA_TNONE:
    case LUA_TNIL: return "nothing";
    default: return std::string("a ") + luaL_typename(state, index);
    }
}

} // namespace

void raise(lua_State* state, std::string_view where, std::string_view what) {
    luaL_where(state, 1);
    lua_pushlstring(state, where.data(), where.size());
    lua_pushliteral(state, ": ");
    lua_pushlstring(state, what.data(), what.size());
    lua_concat(state, 4);
    lua_error(state);
    std::abort(); // lua_error does not return
}

double check_number(lua_State* state, int index, const std::string& name, Range range) {
    const double value = lua_type(state, index) == LUA_TNUMBER ? lua_tonumber(state, index) : NAN;
    if (std::isfinite(value) && value >= range.min && value <= range.max) [[likely]]
        return value;
    const std::string got =
        lua_type(state, index) == LUA_TNUMBER && std::isnan(value) ? "NaN" : shown(state, index);
    raise(state, name,
          "must be a number from " + number_text(range.min) + " to " + number_text(range.max) +
              ", got " + got);
}

std::string_view check_text(lua_State* state, int index, const std::string& name) {
    if (lua_type(state, index) != LUA_TSTRING) {
        raise(state, name, "must be a text, got " + shown(state, index));
    }
    std::size_t size = 0;
    const char* const text = lua_tolstring(state, index, &size);
    return {text, size};
}

bool check_flag(lua_State* state, int index, const std::string& name) {
    if (lua_type(state, index) != LUA_TBOOLEAN) {
        raise(state, name, "must be true or false, got " + shown(state, index));
    }
    return lua_toboolean(state, index) != 0;
}

Duration check_duration(lua_State* state, int index, const std::string& name, Duration min,
                        Duration max) {
    std::optional<Duration> value;
    if (lua_type(state, index) == LUA_TNUMBER) {
        const double seconds = lua_tonumber(state, index);
        if (std::abs(seconds) < 1e9) {
            value = Duration::nanoseconds(std::llround(seconds * 1e9));
        }
    } else if (lua_type(state, index) == LUA_TSTRING) {
        const auto parsed = parse_duration(check_text(state, index, name));
        if (parsed) value = *parsed;
    }
    if (value && *value >= min && *value <= max) return *value;
    raise(state, name,
          "must be a time from " + to_string(min) + " to " + to_string(max) +
              " like \"90s\" or \"48h\", got " + shown(state, index));
}

std::size_t check_choice(lua_State* state, int index, const std::string& name,
                         std::span<const std::string_view> known) {
    const std::string_view text = check_text(state, index, name);
    const auto found = std::ranges::find(known, text);
    if (found != known.end()) return static_cast<std::size_t>(found - known.begin());
    raise(state, name,
          "'" + std::string(text.substr(0, 40)) + "' is not known" + suggestion(text, known));
}

Fields::Fields(lua_State* state, int index, std::string what,
               std::span<const std::string_view> known)
    : state_{state},
      index_{lua_absindex(state, index)},
      what_{std::move(what)} {
    if (lua_type(state, index_) != LUA_TTABLE) {
        raise(state, what_, "takes a table { … }, got " + shown(state, index_));
    }
    lua_pushnil(state);
    while (lua_next(state, index_) != 0) {
        lua_pop(state, 1);
        if (lua_type(state, -1) != LUA_TSTRING) {
            raise(state, what_, "has an entry without a name: " + shown(state, -1));
        }
        const std::string_view key = lua_tostring(state, -1);
        if (std::ranges::find(known, key) == known.end()) {
            raise(state, what_ + "." + std::string(key), "is not known" + suggestion(key, known));
        }
    }
}

int Fields::push(std::string_view name) const {
    lua_pushlstring(state_, name.data(), name.size());
    return lua_rawget(state_, index_);
}

bool Fields::has(std::string_view name) const {
    const bool there = push(name) != LUA_TNIL;
    lua_pop(state_, 1);
    return there;
}

double Fields::number(std::string_view name, Range range) const {
    push(name);
    const double value = check_number(state_, -1, path(name), range);
    lua_pop(state_, 1);
    return value;
}

std::optional<double> Fields::optional_number(std::string_view name, Range range) const {
    return has(name) ? std::optional{number(name, range)} : std::nullopt;
}

std::string_view Fields::text(std::string_view name) const {
    push(name);
    const std::string_view value = check_text(state_, -1, path(name));
    lua_pop(state_, 1); // the table keeps it alive
    return value;
}

std::string_view Fields::text_or(std::string_view name, std::string_view fallback) const {
    return has(name) ? text(name) : fallback;
}

bool Fields::flag_or(std::string_view name, bool fallback) const {
    if (!has(name)) return fallback;
    push(name);
    const bool value = check_flag(state_, -1, path(name));
    lua_pop(state_, 1);
    return value;
}

std::optional<Duration> Fields::duration(std::string_view name, Duration min, Duration max) const {
    if (!has(name)) return std::nullopt;
    push(name);
    const Duration value = check_duration(state_, -1, path(name), min, max);
    lua_pop(state_, 1);
    return value;
}

std::optional<std::size_t> Fields::choice(std::string_view name,
                                          std::span<const std::string_view> known) const {
    if (!has(name)) return std::nullopt;
    push(name);
    const std::size_t value = check_choice(state_, -1, path(name), known);
    lua_pop(state_, 1);
    return value;
}

} // namespace grekko::script
