#include "io/script/build.hpp"

#include <algorithm>

#include "io/script/api.hpp"
#include "io/script/events.hpp"
#include "io/script/fields.hpp"
#include "io/script/handles.hpp"
#include "io/script/libraries.hpp"
#include "io/script/readable.hpp"
#include "io/script/suggest.hpp"

namespace grekko::script {

namespace {

constexpr std::size_t why_bytes_max = 512;
char modules_mark; // registry key of the table of modules that were run
char globals_mark; // registry key of the globals

// A new name in the agent's table: state of the script, or a handler; never a function of the host.
int write_agent(lua_State* state) {
    if (lua_type(state, 2) == LUA_TSTRING) {
        const std::string_view name = check_text(state, 2, "agent");
        lua_pushvalue(state, 2);
        if (lua_rawget(state, lua_upvalueindex(1)) != LUA_TNIL) {
            raise(state, "agent." + std::string(name),
                  "is a function of the host; choose another name");
        }
        if (name.starts_with("on_") &&
            std::ranges::find(handler_names, name) == handler_names.end()) {
            raise(state, "agent." + std::string(name),
                  "is no event" + suggestion(name, handler_names));
        }
    }
    lua_settop(state, 3);
    lua_rawset(state, 1);
    return 0;
}

void push_methods(lua_State* state) {
    lua_createtable(state, 0, 64);
    open_series_api(state);
    open_target_api(state);
    open_order_api(state);
    open_market_api(state);
    open_position_api(state);
    open_time_api(state);
    open_output_api(state);
}

// Makes the agent's table with the parameters on top of the stack, and leaves it there.
void make_agent_table(lua_State* state, Runtime& runtime) {
    constexpr std::array modes = {"", "aggressive", "balanced", "conservative"};
    lock_table(state, "params");
    lua_createtable(state, 0, 24);
    lua_insert(state, -2);
    lua_setfield(state, -2, "params");
    lua_newtable(state);
    lua_setfield(state, -2, "state");
    set_text(state, "name", runtime.description.name.view());
    set_text(state, "mode", modes[static_cast<std::size_t>(runtime.declaration.mode)]);
    push_methods(state);
    lua_createtable(state, 0, 3);
    lua_pushvalue(state, -2);
    lua_setfield(state, -2, "__index");
    lua_insert(state, -2);
    lua_pushcclosure(state, write_agent, 1);
    lua_setfield(state, -2, "__newindex");
    lua_pushboolean(state, 0);
    lua_setfield(state, -2, "__metatable");
    lua_setmetatable(state, -2);
    lua_pushvalue(state, -1);
    runtime.agent_table = luaL_ref(state, LUA_REGISTRYINDEX);
}

int declare(lua_State* state) {
    Runtime& runtime = Runtime::of(state);
    if (runtime.phase != Phase::loading)
        raise(state, "grekko.agent", "can be called while loading only");
    if (runtime.declared)
        raise(state, "grekko.agent", "is called twice; an agent declares itself once");
    runtime.declaration = read_declaration(state, 1, runtime.setup);
    runtime.declared = true;
    make_agent_table(state, runtime);
    return 1;
}

int require_module(lua_State* state) {
    Runtime& runtime = Runtime::of(state);
    const std::string name{check_text(state, 1, "require")};
    lua_rawgetp(state, LUA_REGISTRYINDEX, &modules_mark);
    const int modules = lua_gettop(state);
    if (lua_getfield(state, modules, name.c_str()) != LUA_TNIL) return 1;
    if (runtime.phase != Phase::loading)
        raise(state, "require", "can be called while loading only");
    const Source* const source = runtime.snapshot.module(name);
    if (source == nullptr) {
        raise(state, "require",
              "'" + name.substr(0, 60) + "' is neither beside agent.lua nor in the library");
    }
    if (runtime.loaded.contains(source->name))
        raise(state, "require", "'" + name + "' requires itself");
    runtime.loaded.emplace(source->name, source->text);
    lua_rawgetp(state, LUA_REGISTRYINDEX, &globals_mark);
    if (const auto compiled = compile(state, *source); !compiled) {
        lua_pushstring(state, compiled.error().message.c_str());
        return lua_error(state);
    }
    lua_call(state, 0, 1);
    if (lua_isnil(state, -1)) {
        lua_pushboolean(state, 1);
        lua_replace(state, -2);
    }
    lua_pushvalue(state, -1);
    lua_setfield(state, modules, name.c_str());
    return 1;
}

// Protected: may run out of memory.
int prepare(lua_State* state) {
    lua_newtable(state);
    lua_rawsetp(state, LUA_REGISTRYINDEX, &modules_mark);
    open_handles(state);
    push_globals(state);
    lua_pushvalue(state, -1);
    lua_rawsetp(state, LUA_REGISTRYINDEX, &globals_mark);
    lua_createtable(state, 0, 1);
    set_functions(state, {{"agent", declare}});
    lock_table(state, "grekko");
    lua_pushliteral(state, "grekko");
    lua_insert(state, -2);
    lua_rawset(state, -3);
    lua_pushliteral(state, "require");
    lua_pushcfunction(state, require_module);
    lua_rawset(state, -3);
    return 1;
}

// Protected: the compiled agent.lua.
int run_main(lua_State* state) {
    Vm::Watch watch{state};
    lua_call(state, 0, 1);
    watch.done();
    return 1;
}

// Protected, after agent.lua has returned its table: which handlers there are.
int collect_handlers(lua_State* state) {
    Runtime& runtime = Runtime::of(state);
    lua_rawgeti(state, LUA_REGISTRYINDEX, runtime.agent_table);
    if (lua_rawequal(state, 1, -1) == 0) {
        raise(state, runtime.snapshot.main().name, "must end with `return agent`");
    }
    for (std::size_t i = 0; i < handler_names.size(); ++i) {
        lua_pushlstring(state, handler_names[i].data(), handler_names[i].size());
        const int type = lua_rawget(state, 1);
        if (type != LUA_TNIL && type != LUA_TFUNCTION) {
            raise(state, std::string(handler_names[i]), "must be a function");
        }
        runtime.handlers[i] = type == LUA_TFUNCTION;
        if (runtime.handlers[i] && i == static_cast<std::size_t>(Handler::proposal)) {
            lua_Debug where{};
            lua_getinfo(state, ">S", &where); // pops the function
            runtime.vote_place =
                std::string(where.short_src) + ":" + std::to_string(where.linedefined) + ": ";
        } else {
            lua_pop(state, 1);
        }
    }
    make_dispatcher(state, runtime);
    return 0;
}

Error script_error(const Runtime& runtime) {
    std::string why = runtime.vm.failure().message;
    const std::string& file = runtime.snapshot.main().name;
    if (why.find(".lua:") == why.npos) why.insert(0, file + ": "); // before its first line ran
    return make_error(ErrorCode::script_error, std::move(why));
}

Result<void> bind_symbols(Runtime& runtime) {
    std::vector<std::string_view> known;
    for (const Instrument& one : runtime.universe.instruments) {
        if (!one.id.is_none() && known.size() < 20) known.push_back(one.symbol.view());
    }
    std::vector<std::string> symbols = runtime.declaration.symbols;
    std::ranges::sort(symbols);
    symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
    for (const std::string& symbol : symbols) {
        const Instrument* const found = runtime.universe.find(symbol);
        if (found == nullptr) {
            return make_error(ErrorCode::invalid_config,
                              "symbols: '" + symbol + "' is not traded on any configured venue" +
                                  suggestion(symbol, known));
        }
        Market market;
        market.instrument = found->id;
        market.symbol = symbol;
        market.steps = steps_of(runtime.universe, found->id);
        runtime.markets.push_back(std::move(market));
    }
    return {};
}

void make_series(Runtime& runtime) {
    for (const DeclaredBars& bars : runtime.declaration.bars) {
        for (Market& market : runtime.markets) {
            runtime.series_index[{bars.interval, market.instrument}] = runtime.series.size();
            runtime.series.push_back(std::make_unique<Series>(market.instrument, market.symbol,
                                                              bars.interval, bars.warmup,
                                                              runtime.declaration.history));
            market.series.push_back(runtime.series.back().get());
            market.ready = market.ready && bars.warmup == 0;
        }
    }
}

Result<void> describe(Runtime& runtime) {
    ports::AgentDescription& description = runtime.description;
    description.mode = runtime.declaration.mode;
    for (const Market& market : runtime.markets) {
        ports::Subscription subscription;
        subscription.instrument = market.instrument;
        subscription.trades = runtime.has(Handler::trade);
        subscription.quotes = runtime.has(Handler::quote);
        subscription.books = runtime.has(Handler::book);
        for (const DeclaredBars& bars : runtime.declaration.bars) {
            subscription.bars.push_back(bars.interval);
        }
        description.subscriptions.push_back(std::move(subscription));
    }
    for (const std::string& symbol : runtime.declaration.votes) {
        const Instrument* const found = runtime.universe.find(symbol);
        if (found == nullptr) {
            return make_error(ErrorCode::invalid_config,
                              "votes: '" + symbol + "' is not traded on any configured venue");
        }
        description.votes.push_back(found->id);
    }
    std::string all;
    for (const auto& [name, text] : runtime.loaded) {
        all += name + "\n" + std::to_string(text.size()) + "\n" + text;
    }
    description.code_hash = sha256(all);
    description.parameters_hash = parameters_hash(runtime.declaration.parameters);
    return {};
}

} // namespace

Result<void> compile(lua_State* state, const Source& source) {
    const std::string name = "@" + source.name;
    const int status =
        luaL_loadbufferx(state, source.text.data(), source.text.size(), name.c_str(), "t");
    if (status != LUA_OK) {
        std::string why = readable(lua_tostring(state, -1), why_bytes_max);
        lua_pop(state, 2);
        if (status == LUA_ERRMEM) why = "needs more memory to compile than the limit allows";
        if (!why.starts_with(source.name + ":")) why.insert(0, source.name + ": ");
        if (why.ends_with("<eof>")) why += "; the file ends too early: save it again, whole";
        return make_error(ErrorCode::script_error, std::move(why));
    }
    lua_insert(state, -2);
    lua_setupvalue(state, -2, 1);
    return {};
}

Result<void> build(Runtime& runtime) {
    lua_State* const state = runtime.vm.state();
    const std::int64_t budget = runtime.setup.limits.start_instructions;
    if (state == nullptr)
        return make_error(ErrorCode::limit_exceeded,
                          runtime.snapshot.main().name + ": the memory limit is too small");
    lua_pushcfunction(state, prepare);
    if (!runtime.vm.call(0, 1, budget)) return script_error(runtime);
    const Source& main = runtime.snapshot.main();
    runtime.loaded.emplace(main.name, main.text);
    TRY(compile(state, main));
    lua_pushcfunction(state, run_main);
    lua_insert(state, -2);
    if (!runtime.vm.call(1, 1, budget)) return script_error(runtime);
    if (!runtime.declared) {
        return make_error(ErrorCode::script_error,
                          main.name + ": must call grekko.agent { … } and return what it gives");
    }
    TRY(bind_symbols(runtime));
    make_series(runtime);
    lua_pushcfunction(state, collect_handlers);
    lua_insert(state, -2);
    if (!runtime.vm.call(1, 0, budget)) return script_error(runtime);
    TRY(describe(runtime));
    // What loading needed is not needed again: sources, and what the compiler left behind.
    runtime.loaded.clear();
    runtime.snapshot = {};
    runtime.vm.collect_all();
    runtime.phase = Phase::idle;
    return {};
}

} // namespace grekko::script
