#include "io/script/handles.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <grekko/ta/registry.hpp>

#include "io/script/fields.hpp"
#include "io/script/runtime.hpp"
#include "io/script/suggest.hpp"

namespace grekko::script {

namespace {

char type_mark; // registry key of the metatable

enum class Kind : std::uint8_t { series, column, indicator, output };

struct Handle {
    Kind kind;
    Column column;
    std::size_t output;
    Series* series;
    Indicator* indicator;
};

Handle& push_handle(lua_State* state, const Handle& handle) {
    auto* const place = static_cast<Handle*>(lua_newuserdatauv(state, sizeof(Handle), 1));
    *place = handle;
    lua_rawgetp(state, LUA_REGISTRYINDEX, &type_mark);
    lua_setmetatable(state, -2);
    return *place;
}

// Null where the value is no handle.
Handle* to_handle(lua_State* state, int index) {
    if (lua_type(state, index) != LUA_TUSERDATA || lua_getmetatable(state, index) == 0)
        return nullptr;
    lua_rawgetp(state, LUA_REGISTRYINDEX, &type_mark);
    const bool is_handle = lua_rawequal(state, -1, -2) != 0;
    lua_pop(state, 2);
    return is_handle ? static_cast<Handle*>(lua_touserdata(state, index)) : nullptr;
}

Handle& check_handle(lua_State* state, int index, Kind kind, const char* what) {
    Handle* const handle = to_handle(state, index);
    if (handle == nullptr || handle->kind != kind)
        raise(state, what, "call it with a colon: h:name()");
    return *handle;
}

std::size_t depth_of(const Handle& handle) {
    return handle.indicator != nullptr ? handle.indicator->depth() : handle.series->depth();
}

int push_value(lua_State* state, const Handle& handle) {
    const lua_Integer age = lua_isinteger(state, 2) != 0 ? lua_tointeger(state, 2) : -1;
    if (age < 0) raise(state, "[n]", "n counts bars back from 0, the last closed one");
    const auto n = static_cast<std::size_t>(age);
    if (n >= depth_of(handle)) {
        raise(state, "[" + std::to_string(n) + "]",
              "only " + std::to_string(depth_of(handle)) +
                  " bars are kept; set history = " + std::to_string(n + 1) + " in grekko.agent");
    }
    if (handle.indicator != nullptr) {
        lua_pushnumber(state, handle.indicator->at(handle.output, n));
        return 1;
    }
    const Row* const row = handle.series->row(n);
    if (handle.kind == Kind::column) {
        lua_pushnumber(state, row == nullptr ? std::numeric_limits<double>::quiet_NaN()
                                             : row->column(handle.column));
    } else if (row == nullptr) {
        lua_pushnil(state);
    } else {
        push_row(state, *handle.series, *row);
    }
    return 1;
}

Feed close_of(const Series& series) {
    return {&series, Column::close, nullptr, 0};
}

// series:NAME(parameters …, inputs …); upvalue: the entry of the registry
int make_indicator(lua_State* state) {
    const auto& entry = *static_cast<const ta::Entry*>(lua_touserdata(state, lua_upvalueindex(1)));
    const std::string name{entry.name};
    Runtime& runtime = Runtime::of(state);
    Vm::of(state).charge(state, 1000);
    Series& series = *check_handle(state, 1, Kind::series, name.c_str()).series;
    if (runtime.phase != Phase::starting) raise(state, name, "make indicators in on_start");
    if (series.indicators().size() >= 200)
        raise(state, name, "more than 200 indicators on a series");
    std::vector<double> arguments;
    std::vector<Feed> feeds;
    for (int i = 2; i <= lua_gettop(state); ++i) {
        if (lua_type(state, i) == LUA_TNUMBER) {
            arguments.push_back(check_number(state, i, name, {-1e9, 1e9}));
        } else if (lua_type(state, i) == LUA_TSTRING) {
            const auto column = check_choice(state, i, name + " of", column_names);
            feeds.push_back({&series, static_cast<Column>(column), nullptr, 0});
        } else {
            feeds.push_back(check_feed(state, i, name.c_str()));
        }
    }
    if (entry.input == ta::Input::source && feeds.empty()) feeds.push_back(close_of(series));
    if (entry.input == ta::Input::pair && feeds.size() == 1) {
        const Feed given = feeds.front();
        feeds.assign({close_of(series), given});
    }
    auto made = Indicator::make(entry, arguments, series, std::move(feeds), series.depth());
    if (!made) raise(state, "series", made.error().message);
    Indicator& indicator = series.add(std::move(*made));
    push_handle(state, {Kind::indicator, {}, 0, &series, &indicator});
    return 1;
}

int forming(lua_State* state) {
    const Series& series = *check_handle(state, 1, Kind::series, "forming").series;
    Runtime& runtime = Runtime::of(state);
    const ports::AgentView& view = runtime.reading(state, "forming");
    const Market::Forming& seen = runtime.find_market(series.instrument())->forming;
    Row row{seen.open,   seen.high, seen.low, seen.close,
            seen.volume, 0,         0,        seen.count == 0 ? 1U : 0U};
    if (seen.count == 0) {
        const Mark mark = view.market(series.instrument(), {}).mark;
        row.open = row.high = row.low = row.close = mark.price.to_double();
    }
    row.opened_at = view.now().floor(series.interval()).nanoseconds();
    push_row(state, series, row);
    return 1;
}

int ready(lua_State* state) {
    const Handle* const handle = to_handle(state, 1);
    if (handle == nullptr) raise(state, "ready", "call it with a colon: h:ready()");
    lua_pushboolean(state, handle->indicator != nullptr ? handle->indicator->ready()
                                                        : handle->series->ready());
    return 1;
}

// A column, output or function by name; raises where there is none.
void push_member(lua_State* state, const Handle& handle, std::string_view key) {
    const auto output_of = [&](std::span<const std::string_view> names) {
        return static_cast<std::size_t>(std::ranges::find(names, key) - names.begin());
    };
    std::vector<std::string_view> known{"ready"};
    if (key == "ready") return lua_pushcfunction(state, ready);
    if (handle.kind == Kind::series) {
        const std::size_t column = output_of(column_names);
        if (column < column_names.size()) {
            push_handle(state,
                        {Kind::column, static_cast<Column>(column), 0, handle.series, nullptr});
            return;
        }
        if (key == "forming") return lua_pushcfunction(state, forming);
        if (const ta::Entry* entry = ta::find(key)) {
            lua_pushlightuserdata(state, const_cast<ta::Entry*>(entry));
            return lua_pushcclosure(state, make_indicator, 1);
        }
        for (const std::string_view name : column_names)
            known.push_back(name);
        known.emplace_back("forming");
        for (const ta::Entry& entry : ta::entries())
            known.push_back(entry.name);
        raise(state, "series", "has no '" + std::string(key) + "'" + suggestion(key, known));
    }
    if (handle.kind != Kind::indicator) raise(state, std::string(key), "read numbers with [n]");
    const auto names = handle.indicator->entry().outputs();
    const std::size_t output = output_of(names);
    if (output < names.size()) {
        push_handle(state, {Kind::output, {}, output, handle.series, handle.indicator});
        return;
    }
    known.insert(known.end(), names.begin(), names.end());
    raise(state, std::string(handle.indicator->entry().name),
          "has no output '" + std::string(key) + "'" + suggestion(key, known));
}

int index(lua_State* state) {
    const Handle& handle = *static_cast<Handle*>(lua_touserdata(state, 1));
    if (lua_type(state, 2) == LUA_TNUMBER) return push_value(state, handle);
    if (lua_type(state, 2) != LUA_TSTRING) raise(state, "series", "takes [n] or a name");
    // Members are made once and kept with the handle.
    if (lua_getiuservalue(state, 1, 1) != LUA_TTABLE) {
        lua_pop(state, 1);
        lua_createtable(state, 0, 1);
        lua_pushvalue(state, -1);
        lua_setiuservalue(state, 1, 1);
    }
    lua_pushvalue(state, 2);
    if (lua_rawget(state, -2) != LUA_TNIL) return 1;
    lua_pop(state, 1);
    push_member(state, handle, check_text(state, 2, "name"));
    lua_pushvalue(state, 2);
    lua_pushvalue(state, -2);
    lua_rawset(state, -4);
    return 1;
}

int length(lua_State* state) {
    const Handle& handle = *static_cast<Handle*>(lua_touserdata(state, 1));
    lua_pushinteger(state, static_cast<lua_Integer>(handle.series->size()));
    return 1;
}

int refuse_write(lua_State* state) {
    raise(state, "series", "is read-only");
}

} // namespace

void open_handles(lua_State* state) {
    lua_createtable(state, 0, 5);
    lua_pushcfunction(state, index);
    lua_setfield(state, -2, "__index");
    lua_pushcfunction(state, length);
    lua_setfield(state, -2, "__len");
    lua_pushcfunction(state, refuse_write);
    lua_setfield(state, -2, "__newindex");
    lua_pushboolean(state, 0);
    lua_setfield(state, -2, "__metatable");
    lua_pushliteral(state, "series");
    lua_setfield(state, -2, "__name");
    lua_rawsetp(state, LUA_REGISTRYINDEX, &type_mark);
}

void push_series(lua_State* state, Series& series) {
    push_handle(state, {Kind::series, {}, 0, &series, nullptr});
}

void push_row(lua_State* state, const Series& series, const Row& row) {
    lua_createtable(state, 0, 10);
    for (std::size_t i = 0; i < column_names.size(); ++i) {
        const auto column = static_cast<Column>(i);
        if (column == Column::empty) {
            lua_pushboolean(state, row.empty != 0);
        } else if (column == Column::gap) {
            lua_pushinteger(state, static_cast<lua_Integer>(row.gap));
        } else {
            lua_pushnumber(state, row.column(column));
        }
        lua_setfield(state, -2, column_names[i].data());
    }
    lua_pushstring(state, series.symbol().c_str());
    lua_setfield(state, -2, "symbol");
    lua_pushstring(state, to_string(series.interval()).c_str());
    lua_setfield(state, -2, "interval");
}

Feed check_feed(lua_State* state, int index_of, const char* what) {
    const Handle* const handle = to_handle(state, index_of);
    if (handle == nullptr) {
        raise(state, what,
              "an input must be a series, a column or an indicator, got " +
                  std::string(luaL_typename(state, index_of)));
    }
    if (handle->indicator != nullptr)
        return {handle->series, {}, handle->indicator, handle->output};
    return {handle->series, handle->kind == Kind::column ? handle->column : Column::close, nullptr,
            0};
}

} // namespace grekko::script
