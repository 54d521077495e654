// self:series, each and ready: what an agent sets up in on_start.
#include "io/script/api.hpp"
#include "io/script/fields.hpp"
#include "io/script/handles.hpp"
#include "io/script/libraries.hpp"

namespace grekko::script {

namespace {

// series(symbol, interval?): the interval may be left out where only one is declared
int series(lua_State* state) {
    Runtime& runtime = check_self(state, "series");
    const Market& market =
        check_market(state, check_text(state, 2, "series: symbol"), "series: symbol");
    const auto& bars = runtime.declaration.bars;
    if (bars.empty()) raise(state, "series", "declare bars = { \"1h\" } in grekko.agent first");
    Duration interval = bars.front().interval;
    if (!lua_isnoneornil(state, 3)) {
        interval =
            check_duration(state, 3, "series: interval", Duration::seconds(1), Duration::days(7));
    } else if (bars.size() > 1) {
        raise(state, "series", "several intervals are declared: name one");
    }
    Series* const found = runtime.find_series(market.instrument, interval);
    if (found == nullptr) {
        std::string declared;
        for (const DeclaredBars& one : bars)
            declared += (declared.empty() ? "" : ", ") + one.text;
        raise(state, "series: interval",
              "'" + to_string(interval) +
                  "' is not declared in grekko.agent; declared: " + declared);
    }
    push_series(state, *found);
    return 1;
}

// each(function(symbol) … end): a table from symbol to what the function returns
int each(lua_State* state) {
    Runtime& runtime = check_self(state, "each");
    luaL_checktype(state, 2, LUA_TFUNCTION);
    lua_createtable(state, 0, static_cast<int>(runtime.markets.size()));
    for (std::size_t i = 0; i < runtime.markets.size(); ++i) {
        lua_pushvalue(state, 2);
        lua_pushstring(state, runtime.markets[i].symbol.c_str());
        lua_call(state, 1, 1);
        lua_setfield(state, -2, runtime.markets[i].symbol.c_str());
    }
    return 1;
}

// ready(symbol?): whether all series, or those of the symbol, are past their warm-up
int ready(lua_State* state) {
    Runtime& runtime = check_self(state, "ready");
    bool all = true;
    if (lua_isnoneornil(state, 2)) {
        for (const Market& market : runtime.markets)
            all = all && market.ready;
    } else {
        all = check_market(state, check_text(state, 2, "ready: symbol"), "ready: symbol").ready;
    }
    lua_pushboolean(state, all ? 1 : 0);
    return 1;
}

} // namespace

void open_series_api(lua_State* state) {
    set_functions(state, {{"series", series}, {"each", each}, {"ready", ready}});
}

} // namespace grekko::script
