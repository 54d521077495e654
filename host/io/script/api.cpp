#include "io/script/api.hpp"

#include <array>
#include <vector>

#include "io/script/fields.hpp"
#include "io/script/suggest.hpp"

namespace grekko::script {

Runtime& check_self(lua_State* state, const char* what) {
    if (lua_type(state, 1) != LUA_TTABLE) {
        raise(state, what, std::string("call it with a colon: self:") + what + "(…)");
    }
    return Runtime::of(state);
}

Market& check_market(lua_State* state, std::string_view symbol, const std::string& name) {
    Runtime& runtime = Runtime::of(state);
    if (Market* const market = runtime.find_market(symbol)) return *market;
    std::vector<std::string_view> known;
    for (const Market& market : runtime.markets)
        known.emplace_back(market.symbol);
    raise(state, name,
          "'" + std::string(symbol.substr(0, 40)) + "' is none of this agent's symbols" +
              suggestion(symbol, known));
}

const Instrument& check_instrument(lua_State* state, int index, const char* what) {
    Runtime& runtime = Runtime::of(state);
    const std::string_view symbol = check_text(state, index, std::string(what) + ": symbol");
    const Universe& universe =
        runtime.view == nullptr ? runtime.universe : runtime.view->universe();
    if (const Market* const own = runtime.find_market(symbol)) {
        return universe.instrument(own->instrument);
    }
    if (const Instrument* const found = universe.find(symbol)) return *found;
    raise(state, std::string(what) + ": symbol",
          "'" + std::string(symbol.substr(0, 40)) + "' is not traded on any configured venue");
}

VenueId check_venue(lua_State* state, int index, const char* what) {
    if (lua_isnoneornil(state, index)) return {};
    Runtime& runtime = Runtime::of(state);
    const std::string_view name = check_text(state, index, std::string(what) + ": venue");
    std::vector<std::string_view> known;
    for (const VenueSpec& venue : runtime.reading(state, what).universe().venues) {
        if (venue.id.is_none()) continue;
        if (venue.name == name) return venue.id;
        known.push_back(venue.name.view());
    }
    raise(state, std::string(what) + ": venue",
          "'" + std::string(name.substr(0, 40)) + "' is not configured" + suggestion(name, known));
}

void add_quietly(lua_State* state, Runtime& runtime, const Action& action, const char* what) {
    Vm::of(state).charge(state, 50);
    if (runtime.answer == nullptr) raise(state, what, "can be called in handlers only");
    if (runtime.answer->actions.size() >= runtime.setup.quotas.actions) {
        runtime.quota_breach = Vm::place(state) + what + ": more than " +
                               std::to_string(runtime.setup.quotas.actions) +
                               " actions in one event";
        raise(state, what,
              "more than " + std::to_string(runtime.setup.quotas.actions) +
                  " actions in one event");
    }
    runtime.answer->actions.push_back(action);
}

void add_action(lua_State* state, Runtime& runtime, const Action& action, const char* what) {
    if (runtime.phase == Phase::starting) {
        raise(state, what, "not in on_start: act on the first event");
    }
    if (runtime.phase == Phase::voting)
        raise(state, what, "nothing can be proposed from on_proposal");
    add_quietly(state, runtime, action, what);
}

Decimal check_decimal(lua_State* state, double value, Decimal step, Rounding mode,
                      const std::string& name) {
    if (const auto decimal = snapped(value, step, mode)) return *decimal;
    raise(state, name, "is too large");
}

void set_number(lua_State* state, const char* name, double value) {
    lua_pushnumber(state, value);
    lua_setfield(state, -2, name);
}

void set_text(lua_State* state, const char* name, std::string_view value) {
    lua_pushlstring(state, value.data(), value.size());
    lua_setfield(state, -2, name);
}

void set_flag(lua_State* state, const char* name, bool value) {
    lua_pushboolean(state, value ? 1 : 0);
    lua_setfield(state, -2, name);
}

const char* text_of(Side side) {
    return side == Side::buy ? "buy" : "sell";
}

const char* text_of(TradingStatus status) {
    constexpr std::array names = {"unknown",     "trading", "limit_only", "post_only",
                                  "cancel_only", "halted",  "removed"};
    const auto number = static_cast<std::size_t>(status);
    return names[number < names.size() ? number : 0];
}

} // namespace grekko::script
