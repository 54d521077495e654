// What scripts hold of series and indicators: h[0], h.close[3], h:ema(48), macd.line[1]. A handle
// is a small userdata that points into the runtime, which outlives the Lua state; scripts cannot
// reach its metatable. The market API makes series handles, series make the others.
#pragma once

#include <lua.hpp>

#include "io/script/indicator.hpp"
#include "io/script/series.hpp"

namespace grekko::script {

// Registers the type; once a state, before the first handle.
void open_handles(lua_State* state);

void push_series(lua_State* state, Series& series);

// The bar as a new table, with the fields of column_names, symbol and interval.
void push_row(lua_State* state, const Series& series, const Row& row);

// What a handle at `index` gives each bar; raises where it is no column, indicator or output.
Feed check_feed(lua_State* state, int index, const char* what);

} // namespace grekko::script
