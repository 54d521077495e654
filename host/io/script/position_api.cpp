// The agent's own position, the book's, and what they are worth.
#include "io/script/api.hpp"
#include "io/script/fields.hpp"
#include "io/script/libraries.hpp"

namespace grekko::script {

namespace {

// position(symbol) or position("book", symbol)
int position(lua_State* state) {
    Runtime& runtime = check_self(state, "position");
    Vm::of(state).charge(state, 30);
    const ports::AgentView& view = runtime.reading(state, "position");
    const bool whole =
        lua_type(state, 2) == LUA_TSTRING && check_text(state, 2, "position") == "book";
    const InstrumentId instrument = check_instrument(state, whole ? 3 : 2, "position").id;
    const ports::AgentPosition now =
        view.position(whole ? AgentId{} : runtime.self(), instrument);
    lua_createtable(state, 0, 13);
    set_number(state, "quantity", now.position.quantity.to_double());
    set_flag(state, "flat", now.flat);
    set_flag(state, "pending", now.pending);
    set_number(state, "target", now.target.to_double());
    set_number(state, "entry", now.position.average().to_double());
    set_number(state, "since", seconds(now.position.since));
    set_number(state, "unrealised", now.unrealised.to_double());
    set_number(state, "realised", now.position.realised.to_double());
    set_number(state, "fees", now.position.fees.to_double());
    set_number(state, "mae", now.position.adverse_max.to_double());
    set_number(state, "mfe", now.position.favourable_max.to_double());
    set_number(state, "stop", now.stop.to_double());
    return 1;
}

// exposure(symbol): signed notional / NAV of this agent
int exposure(lua_State* state) {
    Runtime& runtime = check_self(state, "exposure");
    Vm::of(state).charge(state, 30);
    const ports::AgentView& view = runtime.reading(state, "exposure");
    const InstrumentId instrument = check_instrument(state, 2, "exposure").id;
    const double quantity =
        view.position(runtime.self(), instrument).position.quantity.to_double();
    const double nav = view.book_value().nav.to_double();
    const double mark = view.market(instrument, {}).mark.price.to_double();
    lua_pushnumber(state, nav > 0 ? quantity * mark / nav : 0);
    return 1;
}

int nav(lua_State* state) {
    const Runtime& runtime = check_self(state, "nav");
    lua_pushnumber(state, runtime.reading(state, "nav").book_value().nav.to_double());
    return 1;
}

} // namespace

void open_position_api(lua_State* state) {
    set_functions(state, {{"position", position}, {"exposure", exposure}, {"nav", nav}});
}

} // namespace grekko::script
