// The functions of `self`, by group, and what they share. Each open_… puts its functions into the
// table on top of the stack; build.cpp calls them. What a function takes and returns is written for
// users in docs/reference/lua-api.md and for editors in sdk/lua/grekko.lua.
#pragma once

#include <string_view>

#include <lua.hpp>

#include "io/script/runtime.hpp"

namespace grekko::script {

void open_series_api(lua_State* state);   // series each ready
void open_target_api(lua_State* state);   // target propose bracket scale replace
void open_order_api(lua_State* state);    // close cancel trail mandate place cancel_quotes …
void open_market_api(lua_State* state);   // quote book venues mark cost instrument funding …
void open_position_api(lua_State* state); // position exposure nav
void open_time_api(lua_State* state);     // now utc every at after cancel_timer blackout random
void open_output_api(lua_State* state);   // log metric plot
void open_print(lua_State* state);        // print, for the globals

// Raises where the call was written with a dot. Returns the runtime.
Runtime& check_self(lua_State* state, const char* what);
// One of the agent's own symbols; raises with the nearest one.
Market& check_market(lua_State* state, std::string_view symbol, const std::string& name);
// Any symbol of the universe.
const Instrument& check_instrument(lua_State* state, int index, const char* what);
// A venue by name, none where the value is absent.
VenueId check_venue(lua_State* state, int index, const char* what);

// Adds an action to the answer. Raises while loading, in on_start and in on_proposal, where nothing
// may be proposed, and beyond the quota of an event.
void add_action(lua_State* state, Runtime& runtime, const Action& action, const char* what);
// The same for timers and votes, which have no such phases.
void add_quietly(lua_State* state, Runtime& runtime, const Action& action, const char* what);

Decimal check_decimal(lua_State* state, double value, Decimal step, Rounding mode,
                      const std::string& name);

// Tables of results.
void set_number(lua_State* state, const char* name, double value);
void set_text(lua_State* state, const char* name, std::string_view value);
void set_flag(lua_State* state, const char* name, bool value);
inline double seconds(Instant at) {
    return static_cast<double>(at.nanoseconds()) / 1e9;
}
const char* text_of(Side side);
const char* text_of(TradingStatus status);

} // namespace grekko::script
