// What an agent_test.lua can do: test(name, function), and in it t:host{ … }, t:equal, t:ok, ….
// A host is fed with bars, trades and proposals and gives back what the agent did.
#include <algorithm>
#include <cmath>

#include "io/script/api.hpp"
#include "io/script/fields.hpp"
#include "io/script/libraries.hpp"
#include "io/script/test_run.hpp"

namespace grekko::script {

namespace {

char host_mark; // registry key of the metatable of hosts
constexpr Range any_number{-1e15, 1e15};

FakeHost& check_host(lua_State* state) {
    if (lua_type(state, 1) == LUA_TUSERDATA && lua_getmetatable(state, 1) != 0) {
        lua_rawgetp(state, LUA_REGISTRYINDEX, &host_mark);
        const bool good = lua_rawequal(state, -1, -2) != 0;
        lua_pop(state, 2);
        const auto index = good ? *static_cast<std::size_t*>(lua_touserdata(state, 1)) : SIZE_MAX;
        if (index < TestRun::of(state).hosts.size()) return *TestRun::of(state).hosts[index];
    }
    raise(state, "host", "call it with a colon, in the test that made it");
}

InstrumentId symbol_argument(lua_State* state, FakeHost& host, int index) {
    const InstrumentId id = host.instrument(check_text(state, index, "symbol"));
    if (id.is_none())
        raise(state, "symbol", "is not traded here; name it in t:host{ symbols = … }");
    return id;
}

const char* kind_text(ActionKind kind) {
    constexpr std::array names = {"none",  "target",        "close", "cancel", "vote", "mandate",
                                  "quote", "cancel_quotes", "stop",  "timer",  "done"};
    return names[static_cast<std::size_t>(kind) % names.size()];
}

void set_if(lua_State* state, const char* name, double value) {
    if (value != 0) set_number(state, name, value);
}

void push_action(lua_State* state, const FakeHost& host, const Action& action) {
    constexpr std::array sizings = {"none", "quantity", "notional", "weight", "risk"};
    constexpr std::array urgencies = {"none", "passive", "normal", "urgent"};
    constexpr std::array ballots = {"none", "approve", "reject", "abstain"};
    lua_createtable(state, 0, 14);
    set_text(state, "action", kind_text(action.kind));
    if (!action.instrument.is_none()) {
        set_text(state, "symbol", host.view.traded.instrument(action.instrument).symbol.view());
    }
    if (action.kind == ActionKind::vote) {
        set_text(state, "verdict", ballots[static_cast<std::size_t>(action.ballot)]);
        set_number(state, "max", action.amount.to_double());
    } else if (action.kind == ActionKind::target) {
        set_number(state, sizings[static_cast<std::size_t>(action.sizing)],
                   action.amount.to_double());
        set_text(state, "urgency", urgencies[static_cast<std::size_t>(action.working.urgency)]);
    }
    if (action.kind == ActionKind::quote) {
        set_text(state, "side", text_of(action.side));
        set_number(state, "quantity", action.amount.to_double());
    }
    set_if(state, "limit", action.limit.to_double());
    set_if(state, "stop", action.stop.to_double());
    set_if(state, "take", action.take.to_double());
    set_if(state, "trail", action.trail.to_double());
    set_if(state, "horizon", static_cast<double>(action.horizon.count()) / 1e9);
    set_number(state, "confidence", action.confidence.to_double());
    set_text(state, "reason", action.reason.view());
}

int push_actions(lua_State* state, const FakeHost& host, const std::vector<Action>& actions) {
    lua_createtable(state, static_cast<int>(actions.size()), 0);
    lua_Integer at = 0;
    for (const Action& action : actions) {
        push_action(state, host, action);
        lua_rawseti(state, -2, ++at);
    }
    return 1;
}

// A failure of the agent fails the test, with the agent's own message.
int answer(lua_State* state, const FakeHost& host, bool good) {
    if (!good) raise(state, "the agent failed", host.fault->message.view());
    return push_actions(state, host, host.last);
}

Duration interval_of(const FakeHost& host) {
    const auto& subscriptions = host.agent->description().subscriptions;
    if (subscriptions.empty() || subscriptions[0].bars.empty()) return Duration::hours(1);
    return subscriptions[0].bars[0];
}

bool feed(FakeHost& host, InstrumentId id, Duration interval, const BarValues& values) {
    const Bar bar = fake_bar(id, host.view.at.floor(interval), interval, values);
    return host.bars(std::span{&bar, 1});
}

// host:bar(symbol, { open, high, low, close, volume }): what is left out follows from the close
int bar(lua_State* state) {
    constexpr std::array<std::string_view, 6> known = {"open",  "high",   "low",
                                                       "close", "volume", "interval"};
    FakeHost& host = check_host(state);
    const InstrumentId id = symbol_argument(state, host, 2);
    const Fields fields{state, 3, "bar", known};
    BarValues values;
    values.close = fields.number("close", {0, 1e12});
    values.open = fields.optional_number("open", {0, 1e12}).value_or(values.close);
    values.high =
        fields.optional_number("high", {0, 1e12}).value_or(std::max(values.open, values.close));
    values.low =
        fields.optional_number("low", {0, 1e12}).value_or(std::min(values.open, values.close));
    values.volume = fields.optional_number("volume", {0, 1e12}).value_or(1);
    const Duration interval = fields.duration("interval", Duration::seconds(1), Duration::days(7))
                                  .value_or(interval_of(host));
    return answer(state, host, feed(host, id, interval, values));
}

// host:bars(symbol, count, function(i) return close, volume, half_range end): all actions of them
int bars(lua_State* state) {
    FakeHost& host = check_host(state);
    const InstrumentId id = symbol_argument(state, host, 2);
    const auto count = static_cast<int>(check_number(state, 3, "bars: count", {1, 100'000}));
    luaL_checktype(state, 4, LUA_TFUNCTION);
    std::vector<Action> all;
    double open = host.view.market(id, {}).mark.price.to_double();
    for (int i = 1; i <= count; ++i) {
        lua_pushvalue(state, 4);
        lua_pushinteger(state, i);
        lua_call(state, 1, 3);
        const double close = check_number(state, -3, "bars: close", {1e-9, 1e12});
        const double volume =
            lua_isnil(state, -2) ? 1 : check_number(state, -2, "bars: volume", any_number);
        const double half =
            lua_isnil(state, -1) ? 0 : check_number(state, -1, "bars: half range", any_number);
        lua_pop(state, 3);
        if (open == 0) open = close;
        const BarValues values{open, std::max(open, close) + half, std::min(open, close) - half,
                               close, volume};
        if (!feed(host, id, interval_of(host), values)) return answer(state, host, false);
        all.insert(all.end(), host.last.begin(), host.last.end());
        open = close;
    }
    return push_actions(state, host, all);
}

// host:trade(symbol, price, quantity?, side?)
int trade(lua_State* state) {
    FakeHost& host = check_host(state);
    const std::string_view symbol = check_text(state, 2, "symbol");
    symbol_argument(state, host, 2);
    const double price = check_number(state, 3, "trade: price", {1e-9, 1e12});
    const double quantity = luaL_optnumber(state, 4, 1);
    const bool sells = lua_isstring(state, 5) != 0 && check_text(state, 5, "side") == "sell";
    return answer(
        state, host,
        host.trade(symbol, Price{check_decimal(state, price, {}, Rounding::half_even, "price")},
                   Quantity{check_decimal(state, quantity, {}, Rounding::half_even, "quantity")},
                   sells ? Side::sell : Side::buy));
}

// host:proposal{ symbol, side, … }: the vote
int proposal(lua_State* state) {
    constexpr std::array<std::string_view, 9> known = {"symbol",       "side",       "quantity",
                                                       "weight_after", "stop",       "take",
                                                       "horizon",      "confidence", "cost"};
    constexpr std::array<std::string_view, 2> sides = {"buy", "sell"};
    FakeHost& host = check_host(state);
    const Fields fields{state, 2, "proposal", known};
    const auto number = [&](std::string_view name, double fallback) {
        return check_decimal(state, fields.optional_number(name, any_number).value_or(fallback), {},
                             Rounding::half_even, std::string(name));
    };
    Proposal what;
    fields.push("symbol");
    what.instrument = symbol_argument(state, host, lua_gettop(state));
    what.round = IntentId{1};
    what.side = fields.choice("side", sides).value_or(0) == 0 ? Side::buy : Side::sell;
    what.quantity = Quantity{number("quantity", 1)};
    what.weight_after = Rate{number("weight_after", 0.1)};
    what.stop = Price{number("stop", 0)};
    what.take = Price{number("take", 0)};
    what.confidence = Rate{number("confidence", 0.5)};
    what.cost = Rate{number("cost", 0.003)};
    what.reference = host.view.market(what.instrument, {}).mark.price;
    what.horizon = fields.duration("horizon", Duration::minutes(1), Duration::days(7))
                       .value_or(Duration::hours(48));
    what.name = "another";
    if (!host.proposal(what)) return answer(state, host, false);
    push_action(state, host, host.last.back());
    return 1;
}

int advance(lua_State* state) {
    FakeHost& host = check_host(state);
    const Duration time =
        check_duration(state, 2, "advance", Duration::milliseconds(1), Duration::days(400));
    host.actions.clear();
    if (!host.advance(time)) return answer(state, host, false);
    return push_actions(state, host, host.actions);
}

// host:position(symbol, quantity, entry?, stop?)
int position(lua_State* state) {
    FakeHost& host = check_host(state);
    const std::string symbol{check_text(state, 2, "symbol")};
    symbol_argument(state, host, 2);
    host.set_position(symbol, check_number(state, 3, "position: quantity", any_number),
                      luaL_optnumber(state, 4, 0), luaL_optnumber(state, 5, 0));
    return 0;
}

int fill(lua_State* state) {
    FakeHost& host = check_host(state);
    lua_pushboolean(state, host.fill(check_text(state, 2, "symbol")));
    return 1;
}

// host:market(symbol, { mark, volatility_1m, round_trip })
int market(lua_State* state) {
    constexpr std::array<std::string_view, 3> known = {"mark", "volatility_1m", "round_trip"};
    FakeHost& host = check_host(state);
    const InstrumentId id = symbol_argument(state, host, 2);
    const Fields fields{state, 3, "market", known};
    const auto rate = [&](double value) {
        return Rate{check_decimal(state, value, {}, Rounding::half_even, "market")};
    };
    if (const auto mark = fields.optional_number("mark", {1e-9, 1e12})) {
        host.set_mark(check_text(state, 2, "symbol"), *mark);
    }
    if (const auto sigma = fields.optional_number("volatility_1m", {0, 1})) {
        host.view.markets[id].sigma_1min = rate(*sigma);
    }
    if (const auto cost = fields.optional_number("round_trip", {0, 1})) {
        host.view.costs.round_trip = rate(*cost);
        host.view.costs.entry = host.view.costs.exit = rate(*cost / 2);
    }
    return 0;
}

// host:reload(): saves, and goes on in a fresh agent with the same parameters
int reload(lua_State* state) {
    FakeHost& host = check_host(state);
    if (const auto again = host.reload(); !again) raise(state, "reload", again.error().message);
    return 0;
}

int make_host(lua_State* state) {
    constexpr std::array<std::string_view, 3> known = {"params", "symbols", "nav"};
    TestRun& run = TestRun::of(state);
    if (lua_isnoneornil(state, 2)) {
        lua_settop(state, 1);
        lua_newtable(state);
    }
    const Fields fields{state, 2, "host", known};
    Setup setup = run.setup;
    if (fields.push("params") == LUA_TTABLE) {
        lua_pushnil(state);
        while (lua_next(state, -2) != 0) {
            const std::string name{check_text(state, -2, "params")};
            if (lua_type(state, -1) == LUA_TBOOLEAN)
                setup.parameters[name] = lua_toboolean(state, -1) != 0;
            if (lua_isinteger(state, -1) != 0) {
                setup.parameters[name] = static_cast<std::int64_t>(lua_tointeger(state, -1));
            } else if (lua_type(state, -1) == LUA_TNUMBER) {
                setup.parameters[name] = lua_tonumber(state, -1);
            } else if (lua_type(state, -1) == LUA_TSTRING) {
                setup.parameters[name] = std::string(check_text(state, -1, name));
            }
            lua_pop(state, 1);
        }
    }
    if (fields.push("symbols") == LUA_TTABLE) {
        setup.symbols.clear();
        for (lua_Integer i = 1; lua_rawgeti(state, -1, i) != LUA_TNIL; ++i) {
            setup.symbols.emplace_back(check_text(state, -1, "symbols"));
            lua_pop(state, 1);
        }
    }
    auto host = FakeHost::create(std::move(setup));
    if (!host) raise(state, "host", host.error().message);
    if (const auto nav = fields.optional_number("nav", {1, 1e12})) {
        (*host)->view.value.nav =
            Notional{check_decimal(state, *nav, {}, Rounding::half_even, "nav")};
    }
    run.hosts.push_back(std::move(*host));
    *static_cast<std::size_t*>(lua_newuserdatauv(state, sizeof(std::size_t), 0)) =
        run.hosts.size() - 1;
    lua_rawgetp(state, LUA_REGISTRYINDEX, &host_mark);
    lua_setmetatable(state, -2);
    return 1;
}

std::string shown(lua_State* state, int index) {
    const std::string text = push_text(state, index);
    lua_pop(state, 1);
    return text;
}

int equal(lua_State* state) {
    if (lua_compare(state, 2, 3, LUA_OPEQ) != 0) return 0;
    raise(state, luaL_optstring(state, 4, "equal"),
          "expected " + shown(state, 3) + ", got " + shown(state, 2));
}

int near(lua_State* state) {
    const double got = check_number(state, 2, "near: value", any_number);
    const double wanted = check_number(state, 3, "near: expected", any_number);
    const double tolerance = luaL_optnumber(state, 4, 1e-9);
    if (std::abs(got - wanted) <= tolerance) return 0;
    raise(state, "near",
          "expected " + shown(state, 3) + " ± " + std::to_string(tolerance) + ", got " +
              shown(state, 2));
}

int ok(lua_State* state) {
    if (lua_toboolean(state, 2) != 0) return 0;
    raise(state, "ok", luaL_optstring(state, 3, "does not hold"));
}

int print(lua_State* state) {
    std::string& output = TestRun::of(state).report.output;
    for (int i = 1; i <= lua_gettop(state) && output.size() < 100'000; ++i) {
        output += (i == 1 ? "# " : " ") + shown(state, i);
    }
    output += "\n";
    return 0;
}

int test(lua_State* state) {
    TestRun& run = TestRun::of(state);
    TestCase one;
    one.name = check_text(state, 1, "test: name");
    luaL_checktype(state, 2, LUA_TFUNCTION);
    lua_pushvalue(state, 2);
    run.bodies.push_back(luaL_ref(state, LUA_REGISTRYINDEX));
    run.report.cases.push_back(std::move(one));
    return 0;
}

} // namespace

void open_test_api(lua_State* state) {
    lua_createtable(state, 0, 3);
    lua_newtable(state);
    set_functions(state, {{"bar", bar},
                          {"bars", bars},
                          {"trade", trade},
                          {"proposal", proposal},
                          {"advance", advance},
                          {"position", position},
                          {"fill", fill},
                          {"market", market},
                          {"reload", reload}});
    lua_setfield(state, -2, "__index");
    lua_pushboolean(state, 0);
    lua_setfield(state, -2, "__metatable");
    lua_rawsetp(state, LUA_REGISTRYINDEX, &host_mark);
    lua_pushcfunction(state, print);
    lua_pushcfunction(state, test);
}

void push_test_tools(lua_State* state) {
    lua_newtable(state);
    set_functions(state, {{"host", make_host}, {"equal", equal}, {"near", near}, {"ok", ok}});
    lock_table(state, "t");
}

} // namespace grekko::script
