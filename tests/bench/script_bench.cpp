// What the host adds to a Lua handler: the same script called bare with lua_pcall and the same
// shape of arguments, and through the agent, with the count hook and without (PERF-2, PERF-6);
// bytes of an agent's state beside a bare state with the same libraries (PERF-14).
#include <cstdio>
#include <cstdlib>

#include <lua.hpp>

#include <benchmark/benchmark.h>

#include "io/script/fake_host.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::script {
namespace {

constexpr const char* body = R"(
local fast, slow, last = 60000, 60000, 0
local function on_trade(price, quantity)
    fast = fast + (price - fast) * 0.1
    slow = slow + (price - slow) * 0.01
    if (fast > slow) ~= (last > 0) then last = -last end
    return fast
end
)";

constexpr const char* agent_tail = R"(
local agent = grekko.agent { symbols = { "BTC-USD" }, bars = { "1h" } }
function agent:on_trade(trade) on_trade(trade.price, trade.quantity) end
function agent:on_bar(bar) on_trade(bar.close, bar.volume) end
return agent
)";

constexpr const char* bare_tail = R"(
return function(trade) on_trade(trade.price, trade.quantity) end
)";

std::unique_ptr<FakeHost> make_host(Guard guard, tests::TemporaryFolder& folder) {
    folder.write("bench/agent.lua", std::string(body) + agent_tail);
    Setup setup;
    setup.folder = folder / "bench";
    setup.limits.guard = guard;
    auto host = FakeHost::create(std::move(setup));
    if (!host) {
        std::fprintf(stderr, "%s\n", host.error().message.c_str());
        std::exit(1);
    }
    return std::move(*host);
}

Trade some_trade(const FakeHost& host) {
    Trade trade;
    trade.head = market_head<Trade, MarketKind::trade>();
    trade.head.flags = 1;
    trade.head.instrument = host.instrument("BTC-USD");
    trade.head.venue = VenueId{1};
    trade.head.received_at = host.view.at;
    trade.price = 60'000.5_price;
    trade.quantity = 0.25_quantity;
    return trade;
}

void hook(lua_State* /*state*/, lua_Debug* /*where*/) {}

// The reused table with the fields that on_trade gets.
void bare_trade(benchmark::State& state, bool hooked) {
    lua_State* const lua = luaL_newstate();
    luaL_openlibs(lua);
    if (luaL_dostring(lua, (std::string(body) + bare_tail).c_str()) != LUA_OK) std::exit(1);
    if (hooked) lua_sethook(lua, hook, LUA_MASKCOUNT, 128);
    lua_createtable(lua, 0, 8);
    double price = 60'000.5;
    for (auto _ : state) {
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
        if (lua_pcall(lua, 1, 0, 0) != LUA_OK) std::exit(1);
        price += 0.01;
    }
    lua_close(lua);
}

void agent_trade(benchmark::State& state, Guard guard) {
    tests::TemporaryFolder folder;
    const auto host = make_host(guard, folder);
    Trade trade = some_trade(*host);
    Ask ask;
    ask.head.kind = AskKind::trade;
    ask.market = &trade.head;
    Answer answer;
    AgentFault fault;
    for (auto _ : state) {
        if (!host->agent->ask(ask, host->view, answer, fault)) std::exit(1);
        trade.price += 0.01_price;
    }
    state.counters["bytes"] = static_cast<double>(host->agent->memory_used());
}

void agent_bar(benchmark::State& state, Guard guard) {
    tests::TemporaryFolder folder;
    const auto host = make_host(guard, folder);
    Bar bar = fake_bar(host->instrument("BTC-USD"), host->view.at, Duration::hours(1),
                       {60'000, 60'100, 59'900, 60'050, 12});
    Ask ask;
    ask.head.kind = AskKind::bar;
    ask.bars = {&bar, 1};
    Answer answer;
    AgentFault fault;
    for (auto _ : state) {
        bar.head.exchange_at = bar.head.exchange_at + bar.interval;
        if (!host->agent->ask(ask, host->view, answer, fault)) std::exit(1);
    }
}

BENCHMARK_CAPTURE(bare_trade, plain, false);
BENCHMARK_CAPTURE(agent_trade, watchdog, Guard::external);
BENCHMARK_CAPTURE(bare_trade, hooked, true);
BENCHMARK_CAPTURE(agent_trade, count_hook, Guard::count_hook);
BENCHMARK_CAPTURE(agent_bar, watchdog, Guard::external);
BENCHMARK_CAPTURE(agent_bar, count_hook, Guard::count_hook);

void bare_state(benchmark::State& state) {
    for (auto _ : state) {
        lua_State* const lua = luaL_newstate();
        luaL_openlibs(lua);
        if (luaL_dostring(lua, (std::string(body) + bare_tail).c_str()) != LUA_OK) std::exit(1);
        state.counters["bytes"] = lua_gc(lua, LUA_GCCOUNT) * 1024.0;
        lua_close(lua);
    }
}

void agent_state(benchmark::State& state) {
    tests::TemporaryFolder folder;
    for (auto _ : state) {
        const auto host = make_host(Guard::count_hook, folder);
        state.counters["bytes"] = static_cast<double>(host->agent->memory_used());
    }
}

BENCHMARK(bare_state);
BENCHMARK(agent_state);

} // namespace
} // namespace grekko::script
