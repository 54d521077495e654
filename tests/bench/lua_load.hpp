// One Lua handler, two averages of a trade's price, called in two ways: through the agent of
// io/script inside an engine, and bare with lua_pcall and a reused table of the same shape.
// engine_bench, backtest_bench and start_bench measure with it.
#pragma once

#include <memory>
#include <string>

#include <lua.hpp>

#include "bench/engine_load.hpp"
#include "bench/measure.hpp"
#include "io/script/agent.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::bench {

inline constexpr const char* lua_handler = R"(
local fast, slow, above = 50000, 50000, false
local function on_trade(price, quantity)
    fast = fast + (price - fast) * (2 / 13)
    slow = slow + (price - slow) * (2 / 27)
    if (fast > slow) ~= above then above = not above end
end
)";

inline std::unique_ptr<script::Agent> lua_agent(const tests::TemporaryFolder& folder,
                                                script::Guard guard) {
    folder.write("ema/agent.lua", std::string(lua_handler) + R"(
local agent = grekko.agent { symbols = { "BTC-USD" } }
function agent:on_trade(trade) on_trade(trade.price, trade.quantity) end
return agent
)");
    script::Setup setup;
    setup.folder = folder / "ema";
    setup.limits.guard = guard;
    auto loaded = script::Agent::load(std::move(setup), make_universe(1));
    if (!loaded) std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
    require(loaded.has_value(), "the Lua agent does not load");
    return std::move(*loaded);
}

// ns a call.
inline double bare_pcall(std::uint64_t calls) {
    lua_State* const lua = luaL_newstate();
    luaL_openlibs(lua);
    const std::string code = std::string(lua_handler) +
                             "return function(trade) on_trade(trade.price, trade.quantity) end";
    require(luaL_dostring(lua, code.c_str()) == LUA_OK, "the bare script does not load");
    lua_createtable(lua, 0, 8);
    double price = 50'000;
    const double ns = cost(calls, [&] {
        for (std::uint64_t i = 0; i < calls; ++i) {
            for (const char* name : {"symbol", "venue", "side"}) {
                lua_pushstring(lua, name);
                lua_setfield(lua, 2, name);
            }
            lua_pushnumber(lua, price);
            lua_setfield(lua, 2, "price");
            lua_pushnumber(lua, 0.25);
            lua_setfield(lua, 2, "quantity");
            lua_pushnumber(lua, 1.7e9);
            lua_setfield(lua, 2, "time");
            lua_pushvalue(lua, 1);
            lua_pushvalue(lua, 2);
            require(lua_pcall(lua, 1, 0, 0) == LUA_OK, "the bare script fails");
            price += 0.01;
        }
    });
    lua_close(lua);
    return ns;
}

// ns a trade of an engine that asks `agent` about each.
inline double asked_about_trades(ports::Agent& agent, std::uint64_t trades) {
    EngineLoad load{{}};
    load.open({&agent});
    load.run(10'000);
    return cost(trades, [&] { load.run(trades); });
}

} // namespace grekko::bench
