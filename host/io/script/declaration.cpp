#include "io/script/declaration.hpp"

#include <algorithm>
#include <array>

#include "io/script/fields.hpp"
#include "io/script/readable.hpp"

namespace grekko::script {

namespace {

constexpr std::array<std::string_view, 9> known = {
    "mode", "symbols", "bars", "warmup", "params", "check", "votes", "history", "gap_reset"};
constexpr std::array<std::string_view, 3> modes = {"aggressive", "balanced", "conservative"};
constexpr std::array<std::string_view, 7> parameter_fields = {"default", "min",     "max",  "step",
                                                              "type",    "choices", "fixed"};
constexpr std::array<std::string_view, 5> types = {"int", "float", "log", "choice", "bool"};
constexpr Range any_number{-1e15, 1e15};
constexpr std::size_t symbols_max = 1000;
constexpr std::size_t parameters_max = 200;
constexpr std::size_t text_bytes_max = 64; // these live outside the memory that is limited
constexpr double warmup_max = 100'000;

std::string short_text(lua_State* state, int index, const std::string& name) {
    const std::string_view text = check_text(state, index, name);
    if (text.size() > text_bytes_max) raise(state, name, "is longer than 64 bytes");
    return std::string(text);
}

// The texts of an array, in its order.
std::vector<std::string> texts(lua_State* state, int index, const std::string& name) {
    if (lua_type(state, index) != LUA_TTABLE) raise(state, name, "must be a table of texts");
    const auto count = lua_rawlen(state, index);
    if (count > symbols_max) raise(state, name, "has more than 1000 entries");
    std::vector<std::string> values;
    for (lua_Integer i = 1; i <= static_cast<lua_Integer>(count); ++i) {
        lua_rawgeti(state, index, i);
        values.push_back(short_text(state, -1, name + "[" + std::to_string(i) + "]"));
        lua_pop(state, 1);
    }
    return values;
}

ParameterValue value_at(lua_State* state, int index, const std::string& name) {
    switch (lua_type(state, index)) {
    case LUA_TBOOLEAN: return lua_toboolean(state, index) != 0;
    case LUA_TSTRING: return short_text(state, index, name);
    case LUA_TNUMBER:
        if (lua_isinteger(state, index) != 0) {
            return static_cast<std::int64_t>(lua_tointeger(state, index));
        }
        return lua_tonumber(state, index);
    default: raise(state, name, "must be a number, a text, true or false");
    }
}

ParameterType type_of(const Fields& fields, const ParameterValue& fallback) {
    if (const auto type = fields.choice("type", types))
        return static_cast<ParameterType>(*type + 1);
    if (std::holds_alternative<bool>(fallback)) return ParameterType::flag;
    if (std::holds_alternative<std::string>(fallback)) return ParameterType::choice;
    return std::holds_alternative<std::int64_t>(fallback) ? ParameterType::whole
                                                          : ParameterType::real;
}

Parameter read_parameter(lua_State* state, const std::string& name) {
    const Fields fields{state, -1, "params." + name, parameter_fields};
    Parameter parameter;
    parameter.name = name;
    fields.push("default");
    parameter.fallback = value_at(state, -1, fields.path("default"));
    lua_pop(state, 1);
    parameter.type = type_of(fields, parameter.fallback);
    parameter.fixed = fields.flag_or("fixed", false);
    if (parameter.type == ParameterType::choice) {
        fields.push("choices");
        parameter.choices = texts(state, lua_gettop(state), fields.path("choices"));
        lua_pop(state, 1);
    } else if (parameter.type != ParameterType::flag) {
        parameter.min = fields.number("min", any_number);
        parameter.max = fields.number("max", {parameter.min, 1e15});
        parameter.step = fields.optional_number("step", {0, 1e15}).value_or(0);
        if (parameter.type == ParameterType::whole && parameter.step == 0) parameter.step = 1;
        if (parameter.type == ParameterType::logarithmic && parameter.min <= 0) {
            raise(state, fields.path("min"), "must be above 0 on a logarithmic scale");
        }
    }
    return parameter;
}

std::vector<Parameter> read_parameters(lua_State* state, const Fields& fields, const Setup& setup) {
    std::vector<Parameter> parameters;
    if (fields.push("params") == LUA_TTABLE) {
        lua_pushnil(state);
        while (lua_next(state, -2) != 0) {
            if (lua_type(state, -2) != LUA_TSTRING)
                raise(state, "params", "has an entry without a name");
            if (parameters.size() >= parameters_max)
                raise(state, "params", "has more than 200 entries");
            parameters.push_back(read_parameter(state, short_text(state, -2, "params: name")));
            lua_pop(state, 1);
        }
    } else if (lua_type(state, -1) != LUA_TNIL) {
        raise(state, "params", "must be a table");
    }
    lua_pop(state, 1);
    std::ranges::sort(parameters, {}, &Parameter::name);
    if (const auto set = set_values(parameters, setup.parameters); !set) {
        lua_pushstring(state, set.error().message.c_str());
        lua_error(state);
    }
    return parameters;
}

void push_parameters(lua_State* state, const std::vector<Parameter>& parameters) {
    lua_createtable(state, 0, static_cast<int>(parameters.size()));
    for (const Parameter& parameter : parameters) {
        if (const auto* flag = std::get_if<bool>(&parameter.value)) lua_pushboolean(state, *flag);
        if (const auto* whole = std::get_if<std::int64_t>(&parameter.value)) {
            lua_pushinteger(state, *whole);
        }
        if (const auto* real = std::get_if<double>(&parameter.value)) lua_pushnumber(state, *real);
        if (const auto* text = std::get_if<std::string>(&parameter.value)) {
            lua_pushstring(state, text->c_str());
        }
        lua_setfield(state, -2, parameter.name.c_str());
    }
}

// check(p): true, or false and why.
void run_check(lua_State* state, const Fields& fields, int parameters) {
    if (fields.push("check") == LUA_TNIL) {
        lua_pop(state, 1);
        return;
    }
    luaL_checktype(state, -1, LUA_TFUNCTION);
    lua_pushvalue(state, parameters);
    lua_call(state, 1, 2);
    if (lua_toboolean(state, -2) == 0) {
        const char* const why = lua_tostring(state, -1);
        raise(state, "params",
              why == nullptr ? std::string("check refused them") : readable(why, 200));
    }
    lua_pop(state, 2);
}

// Pushes a field; where it is a function, what it returns for the parameters.
int push_value(lua_State* state, const Fields& fields, std::string_view name, int parameters) {
    if (fields.push(name) == LUA_TFUNCTION) {
        lua_pushvalue(state, parameters);
        lua_call(state, 1, 1);
    }
    return lua_type(state, -1);
}

std::uint32_t warmup_of(lua_State* state, int index, const std::string& interval) {
    const int type = lua_type(state, index);
    if (type == LUA_TNIL) return 0;
    if (type == LUA_TTABLE) {
        lua_pushlstring(state, interval.data(), interval.size());
        lua_rawget(state, index);
    } else {
        lua_pushvalue(state, index);
    }
    std::uint32_t bars = 0;
    if (lua_type(state, -1) != LUA_TNIL) {
        bars = static_cast<std::uint32_t>(
            check_number(state, -1, "warmup[\"" + interval + "\"]", {0, warmup_max}));
    }
    lua_pop(state, 1);
    return bars;
}

std::vector<DeclaredBars> read_bars(lua_State* state, const Fields& fields, int parameters) {
    std::vector<DeclaredBars> bars;
    if (push_value(state, fields, "bars", parameters) != LUA_TNIL) {
        const std::vector<std::string> intervals = texts(state, lua_gettop(state), "bars");
        push_value(state, fields, "warmup", parameters);
        for (const std::string& text : intervals) {
            const auto interval = parse_duration(text);
            if (!interval || *interval < Duration::seconds(1) || *interval > Duration::days(7)) {
                raise(state, "bars", "'" + text + "' is no interval from \"1s\" to \"7d\"");
            }
            bars.push_back({*interval, text, warmup_of(state, lua_gettop(state), text)});
        }
        lua_pop(state, 1);
    }
    lua_pop(state, 1);
    std::ranges::sort(bars, {}, &DeclaredBars::interval);
    return bars;
}

std::vector<std::string> read_texts(lua_State* state, const Fields& fields, std::string_view name,
                                    int parameters) {
    std::vector<std::string> values;
    if (push_value(state, fields, name, parameters) != LUA_TNIL) {
        values = texts(state, lua_gettop(state), std::string(name));
    }
    lua_pop(state, 1);
    return values;
}

} // namespace

Declaration read_declaration(lua_State* state, int index, const Setup& setup) {
    const Fields fields{state, index, "grekko.agent", known};
    Declaration declaration;
    if (const auto mode = fields.choice("mode", modes)) {
        declaration.mode = static_cast<Mode>(*mode + 1);
    }
    declaration.parameters = read_parameters(state, fields, setup);
    push_parameters(state, declaration.parameters);
    const int parameters = lua_gettop(state);
    run_check(state, fields, parameters);
    declaration.symbols = setup.symbols;
    if (setup.symbols.empty()) {
        declaration.symbols = read_texts(state, fields, "symbols", parameters);
    }
    if (declaration.symbols.empty())
        raise(state, "symbols", "must name at least one, like \"BTC-USD\"");
    declaration.bars = read_bars(state, fields, parameters);
    declaration.votes = read_texts(state, fields, "votes", parameters);
    if (!fields.has("votes")) declaration.votes = declaration.symbols;
    declaration.history = static_cast<std::uint32_t>(
        fields.optional_number("history", {1, 10'000}).value_or(declaration.history));
    declaration.gap_reset =
        static_cast<std::uint32_t>(fields.optional_number("gap_reset", {0, 1e6}).value_or(0));
    lua_settop(state, parameters); // the caller finds the values of the parameters on top
    return declaration;
}

} // namespace grekko::script
