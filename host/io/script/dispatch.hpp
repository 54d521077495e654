// The upvalues of the dispatcher and how its parts reach them.
// It is not the public face of events: that is events.hpp. Private to events.cpp and
// event_*.cpp: everything here runs inside the dispatcher's protected call.
#pragma once

#include "io/script/runtime.hpp"

namespace grekko::script {

// Fields of the reused event tables.
enum class Field : std::uint8_t {
    symbol,
    interval,
    open,
    high,
    low,
    close,
    volume,
    time,
    gap,
    empty,
    price,
    quantity,
    side,
    venue,
    id,
    bid,
    ask,
    bid_quantity,
    ask_quantity,
    buy,
    sell
};
inline constexpr std::array<std::string_view, 21> field_names = {
    "symbol", "interval", "open",  "high",         "low",          "close", "volume",
    "time",   "gap",      "empty", "price",        "quantity",     "side",  "venue",
    "id",     "bid",      "ask",   "bid_quantity", "ask_quantity", "buy",   "sell"};

inline constexpr int agent_slot = lua_upvalueindex(1);
inline constexpr int symbols_slot = lua_upvalueindex(2); // by position in markets, from 1
inline constexpr int venues_slot = lua_upvalueindex(3);  // names by id
inline constexpr int bar_slot = lua_upvalueindex(4);
inline constexpr int trade_slot = lua_upvalueindex(5);
inline constexpr int quote_slot = lua_upvalueindex(6);
inline constexpr int book_slot = lua_upvalueindex(7);
inline constexpr int fixed_slots = 7;
inline int slot(Handler handler) {
    return lua_upvalueindex(fixed_slots + 1 + static_cast<int>(handler));
}
inline int slot(Field field) {
    return lua_upvalueindex(fixed_slots + 1 + static_cast<int>(handler_names.size()) +
                            static_cast<int>(field));
}

inline void set_field(lua_State* state, int table, Field field, double value) {
    lua_pushvalue(state, slot(field));
    lua_pushnumber(state, value);
    lua_rawset(state, table);
}
// The value is on top of the stack.
inline void set_field(lua_State* state, int table, Field field) {
    lua_pushvalue(state, slot(field));
    lua_insert(state, -2);
    lua_rawset(state, table);
}

// Pushes the handler and self; call_handler calls it with what was pushed since.
inline void begin_handler(lua_State* state, Handler handler) {
    lua_pushvalue(state, slot(handler));
    lua_pushvalue(state, agent_slot);
}
inline void call_handler(lua_State* state, int arguments, int results = 0) {
    Vm::of(state).renew_budget();
    lua_call(state, arguments + 1, results);
}
void push_symbol(lua_State* state, const Runtime& runtime, const Market& market);
void push_venue(lua_State* state, const Runtime& runtime, VenueId venue);

void on_market(lua_State* state, Runtime& runtime);
void on_bars(lua_State* state, Runtime& runtime);
void on_proposal(lua_State* state, Runtime& runtime);
void on_decision(lua_State* state, Runtime& runtime);
void on_order(lua_State* state, Runtime& runtime);
void on_fill(lua_State* state, Runtime& runtime);
void on_timer(lua_State* state, Runtime& runtime);

} // namespace grekko::script
