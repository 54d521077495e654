#include "io/script/events.hpp"

#include "io/script/api.hpp"
#include "io/script/dispatch.hpp"
#include "io/script/save.hpp"

namespace grekko::script {

namespace {

void on_start(lua_State* state, Runtime& runtime) {
    if (runtime.started) return;
    runtime.started = true;
    runtime.phase = Phase::starting;
    if (runtime.has(Handler::start)) {
        begin_handler(state, Handler::start);
        call_handler(state, 0);
    }
    runtime.phase = Phase::handling;
    if (!runtime.pending_state.empty()) apply_state(state, runtime);
}

void on_signal(lua_State* state, Runtime& runtime) {
    const Ask& ask = *runtime.ask;
    begin_handler(state, Handler::signal);
    lua_pushlstring(state, ask.signal.data(), ask.signal.size());
    lua_pushlstring(state, ask.payload.data(), ask.payload.size());
    call_handler(state, 2);
}

int run(lua_State* state) {
    Vm::Watch watch{state};
    Runtime& runtime = Runtime::of(state);
    runtime.phase = Phase::handling;
    if (!runtime.started) [[unlikely]]
        on_start(state, runtime);
    switch (runtime.ask->head.kind) {
    case AskKind::start: break;
    case AskKind::trade:
    case AskKind::quote:
    case AskKind::book: on_market(state, runtime); break;
    case AskKind::bar:
    case AskKind::bars: on_bars(state, runtime); break;
    case AskKind::proposal: on_proposal(state, runtime); break;
    case AskKind::decision: on_decision(state, runtime); break;
    case AskKind::order: on_order(state, runtime); break;
    case AskKind::fill: on_fill(state, runtime); break;
    case AskKind::timer: on_timer(state, runtime); break;
    case AskKind::signal:
        if (runtime.has(Handler::signal)) on_signal(state, runtime);
        break;
    case AskKind::stop:
        if (!runtime.has(Handler::stop)) break;
        begin_handler(state, Handler::stop);
        call_handler(state, 0);
        break;
    }
    watch.done();
    return 0;
}

} // namespace

void make_dispatcher(lua_State* state, Runtime& runtime) {
    luaL_checkstack(state, 64, "dispatcher");
    lua_pushvalue(state, 1);
    lua_createtable(state, static_cast<int>(runtime.markets.size()), 0);
    for (std::size_t i = 0; i < runtime.markets.size(); ++i) {
        lua_pushstring(state, runtime.markets[i].symbol.c_str());
        lua_rawseti(state, -2, static_cast<lua_Integer>(i) + 1);
    }
    lua_newtable(state);
    for (int table = 0; table < 4; ++table)
        lua_createtable(state, 0, 12);
    for (const std::string_view name : handler_names) {
        lua_pushlstring(state, name.data(), name.size());
        lua_rawget(state, 1);
    }
    for (const std::string_view name : field_names)
        lua_pushlstring(state, name.data(), name.size());
    constexpr int count = fixed_slots + static_cast<int>(handler_names.size() + field_names.size());
    lua_pushcclosure(state, run, count);
    runtime.dispatcher = luaL_ref(state, LUA_REGISTRYINDEX);
}

bool dispatch(Runtime& runtime) {
    lua_State* const state = runtime.vm.state();
    lua_rawgeti(state, LUA_REGISTRYINDEX, runtime.dispatcher);
    const std::int64_t budget = runtime.started ? runtime.setup.limits.instructions
                                                : runtime.setup.limits.start_instructions;
    const bool good = runtime.vm.call(0, 0, budget);
    runtime.phase = Phase::idle;
    return good;
}

} // namespace grekko::script
