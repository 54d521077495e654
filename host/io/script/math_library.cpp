// math: exact operations are Lua's own; what libm would round differently from CPU to CPU comes
// from math/. There is no math.random: chance is self:random(), seeded by run and agent.
#include <array>
#include <cmath>

#include "io/script/libraries.hpp"
#include "io/script/math/math.hpp"
#include "io/script/originals.hpp"

namespace grekko::script {

namespace {

template <double (*F)(double)>
int unary(lua_State* state) {
    charge_texts(state);
    lua_pushnumber(state, F(luaL_checknumber(state, 1)));
    return 1;
}

constexpr std::array exact = {"abs",  "ceil", "floor",     "fmod", "max", "min",
                              "modf", "type", "tointeger", "ult",  "sqrt"};

// Lua's own under a charge for texts, which it reads as numbers. A template, not a closure over the
// original: these are called often.
template <std::size_t I>
int call_exact(lua_State* state) {
    static const lua_CFunction function = original("math", exact[I]);
    charge_texts(state);
    return function(state);
}

template <std::size_t I>
void open_exact(lua_State* state) {
    if constexpr (I < exact.size()) {
        lua_pushcfunction(state, call_exact<I>);
        lua_setfield(state, -2, exact[I]);
        open_exact<I + 1>(state);
    }
}

int power(lua_State* state) {
    lua_pushnumber(state, math::pow(luaL_checknumber(state, 1), luaL_checknumber(state, 2)));
    return 1;
}

int arc_tangent(lua_State* state) {
    const double y = luaL_checknumber(state, 1);
    lua_pushnumber(state, lua_isnoneornil(state, 2) ? math::atan(y)
                                                    : math::atan2(y, luaL_checknumber(state, 2)));
    return 1;
}

int logarithm(lua_State* state) {
    const double x = luaL_checknumber(state, 1);
    if (lua_isnoneornil(state, 2)) {
        lua_pushnumber(state, math::log(x));
        return 1;
    }
    const double base = luaL_checknumber(state, 2);
    if (base == 2.0) {
        lua_pushnumber(state, math::log2(x));
    } else if (base == 10.0) {
        lua_pushnumber(state, math::log10(x));
    } else {
        lua_pushnumber(state, math::log(x) / math::log(base));
    }
    return 1;
}

int no_random(lua_State* state) {
    return luaL_error(state, "math.random: use self:random(), which is seeded by run and agent");
}

} // namespace

void push_math_library(lua_State* state) {
    lua_newtable(state);
    open_exact<0>(state);
    set_functions(state, {{"exp", unary<math::exp>},
                          {"sin", unary<math::sin>},
                          {"cos", unary<math::cos>},
                          {"tan", unary<math::tan>},
                          {"asin", unary<math::asin>},
                          {"acos", unary<math::acos>},
                          {"sinh", unary<math::sinh>},
                          {"cosh", unary<math::cosh>},
                          {"tanh", unary<math::tanh>},
                          {"cbrt", unary<math::cbrt>},
                          {"atan", arc_tangent},
                          {"log", logarithm},
                          {"pow", power},
                          {"random", no_random}});
    lua_pushnumber(state, 3.141592653589793);
    lua_setfield(state, -2, "pi");
    lua_pushnumber(state, HUGE_VAL);
    lua_setfield(state, -2, "huge");
    lua_pushinteger(state, LUA_MAXINTEGER);
    lua_setfield(state, -2, "maxinteger");
    lua_pushinteger(state, LUA_MININTEGER);
    lua_setfield(state, -2, "mininteger");
}

} // namespace grekko::script
