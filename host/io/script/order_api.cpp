// Leaving, cancelling, stops and mandates, and the lists of what is on its way. Leaving is never
// voted; quotes inside a mandate go straight to risk.
#include <array>

#include "io/script/api.hpp"
#include "io/script/fields.hpp"
#include "io/script/libraries.hpp"

namespace grekko::script {

namespace {

constexpr std::array<std::string_view, 3> urgencies = {"passive", "normal", "urgent"};
constexpr std::array<std::string_view, 2> sides = {"buy", "sell"};
constexpr Range any_price{1e-12, 1e12};

Market& market_argument(lua_State* state, const char* what) {
    const std::string name = std::string(what) + ": symbol";
    return check_market(state, check_text(state, 2, name), name);
}

// close(symbol, reason?, { urgency, limit }?)
int close(lua_State* state) {
    Runtime& runtime = check_self(state, "close");
    const Market& market = market_argument(state, "close");
    Action action;
    action.kind = ActionKind::close;
    action.instrument = market.instrument;
    if (!lua_isnoneornil(state, 3)) action.reason = Reason{check_text(state, 3, "close: reason")};
    if (!lua_isnoneornil(state, 4)) {
        constexpr std::array<std::string_view, 2> known = {"urgency", "limit"};
        const Fields fields{state, 4, "close", known};
        if (const auto urgency = fields.choice("urgency", urgencies)) {
            action.working.urgency = static_cast<Urgency>(*urgency + 1);
            action.working.on_timeout = OnTimeout::cross;
        }
        if (const auto limit = fields.optional_number("limit", any_price)) {
            action.limit = Price{check_decimal(state, *limit, market.steps.tick,
                                               Rounding::half_even, "close.limit")};
        }
    }
    add_action(state, runtime, action, "close");
    runtime.intents.erase(market.instrument);
    return 0;
}

// cancel(symbol?): the undecided intent and the working orders; all symbols without one.
int cancel(lua_State* state) {
    Runtime& runtime = check_self(state, "cancel");
    const bool one = !lua_isnoneornil(state, 2);
    const InstrumentId chosen = one ? market_argument(state, "cancel").instrument : InstrumentId{};
    for (const Market& market : runtime.markets) {
        if (one && market.instrument != chosen) continue;
        Action action;
        action.kind = ActionKind::cancel;
        action.instrument = market.instrument;
        add_action(state, runtime, action, "cancel");
        runtime.intents.erase(market.instrument);
    }
    return 0;
}

// trail(symbol, stop): tightens the stop of the position; says whether it was tighter.
int trail(lua_State* state) {
    Runtime& runtime = check_self(state, "trail");
    const Market& market = market_argument(state, "trail");
    const double stop = check_number(state, 3, "trail: stop", any_price);
    const ports::AgentPosition now =
        runtime.reading(state, "trail").position(runtime.self(), market.instrument);
    if (now.flat) {
        lua_pushboolean(state, 0);
        return 1;
    }
    const Side position = now.position.quantity.is_negative() ? Side::sell : Side::buy;
    Action action;
    action.kind = ActionKind::stop;
    action.instrument = market.instrument;
    action.side = position;
    action.stop =
        Price{check_decimal(state, stop, market.steps.tick, for_stop(position), "trail: stop")};
    const bool tighter = now.stop.is_zero() ||
                         (position == Side::buy ? action.stop > now.stop : action.stop < now.stop);
    if (tighter) add_action(state, runtime, action, "trail");
    lua_pushboolean(state, tighter ? 1 : 0);
    return 1;
}

int mandate(lua_State* state) {
    Runtime& runtime = check_self(state, "mandate");
    constexpr std::array<std::string_view, 8> known = {
        "symbol", "inventory_min", "inventory_max", "order_max",
        "lasts",  "stop",          "confidence",    "reason"};
    const Fields fields{state, 2, "mandate", known};
    const Market& market = check_market(state, fields.text("symbol"), fields.path("symbol"));
    const auto quantity = [&](std::string_view name, Range range) {
        return check_decimal(state, fields.number(name, range), market.steps.lot,
                             Rounding::toward_zero, fields.path(name));
    };
    Action action;
    action.kind = ActionKind::mandate;
    action.instrument = market.instrument;
    action.inventory_min = Quantity{quantity("inventory_min", {-1e15, 0})};
    action.inventory_max = Quantity{quantity("inventory_max", {0, 1e15})};
    action.amount = quantity("order_max", {1e-15, 1e15});
    const auto lasts = fields.duration("lasts", Duration::minutes(1), Duration::hours(24));
    action.at = runtime.now() + lasts.value_or(Duration::hours(1));
    if (const auto stop = fields.optional_number("stop", any_price)) {
        action.stop = Price{
            check_decimal(state, *stop, market.steps.tick, Rounding::half_even, "mandate.stop")};
    }
    action.confidence =
        Rate{check_decimal(state, fields.optional_number("confidence", {0, 1}).value_or(0.5), {},
                           Rounding::toward_zero, "mandate.confidence")};
    action.reason = Reason{fields.text_or("reason", "")};
    add_action(state, runtime, action, "mandate");
    return 0;
}

// place{ symbol, side, price, quantity }: a quote inside the mandate
int place(lua_State* state) {
    Runtime& runtime = check_self(state, "place");
    constexpr std::array<std::string_view, 4> known = {"symbol", "side", "price", "quantity"};
    const Fields fields{state, 2, "place", known};
    const Market& market = check_market(state, fields.text("symbol"), fields.path("symbol"));
    const auto side = fields.choice("side", sides);
    if (!side) raise(state, "place.side", "must be buy or sell");
    Action action;
    action.kind = ActionKind::quote;
    action.instrument = market.instrument;
    action.side = *side == 0 ? Side::buy : Side::sell;
    action.limit = Price{check_decimal(state, fields.number("price", any_price), market.steps.tick,
                                       for_limit(action.side), "place.price")};
    action.amount = check_decimal(state, fields.number("quantity", {1e-15, 1e15}), market.steps.lot,
                                  Rounding::toward_zero, "place.quantity");
    if (!action.amount.is_positive()) raise(state, "place.quantity", "is less than one lot");
    if (!action.limit.is_positive()) raise(state, "place.price", "is less than one tick");
    add_action(state, runtime, action, "place");
    return 0;
}

int cancel_quotes(lua_State* state) {
    Runtime& runtime = check_self(state, "cancel_quotes");
    Action action;
    action.kind = ActionKind::cancel_quotes;
    action.instrument = market_argument(state, "cancel_quotes").instrument;
    add_action(state, runtime, action, "cancel_quotes");
    return 0;
}

const char* text_of_order(OrderStatus status) {
    constexpr std::array names = {"none",           "submitted",       "accepted", "partly_filled",
                                  "pending_cancel", "pending_replace", "unknown",  "filled",
                                  "cancelled",      "rejected",        "expired",  "lapsed"};
    const auto number = static_cast<std::size_t>(status);
    return names[number < names.size() ? number : 0];
}

int orders(lua_State* state) {
    Runtime& runtime = check_self(state, "orders");
    const ports::AgentView& view = runtime.reading(state, "orders");
    const auto working = view.orders(runtime.self());
    Vm::of(state).charge(state, static_cast<std::int64_t>(working.size()) * 50);
    lua_createtable(state, static_cast<int>(working.size()), 0);
    lua_Integer at = 0;
    for (const ports::WorkingOrder& one : working) {
        lua_createtable(state, 0, 8);
        lua_pushinteger(state, static_cast<lua_Integer>(one.order.id.value()));
        lua_setfield(state, -2, "id");
        set_text(state, "symbol", view.universe().instrument(one.order.instrument).symbol.view());
        set_text(state, "side", text_of(one.order.side));
        set_number(state, "quantity", one.order.quantity.to_double());
        set_number(state, "filled", one.filled.to_double());
        set_number(state, "limit", one.order.limit.to_double());
        set_text(state, "status", text_of_order(one.status));
        set_flag(state, "reduces", reduces(one.order.purpose));
        lua_rawseti(state, -2, ++at);
    }
    return 1;
}

int intents(lua_State* state) {
    Runtime& runtime = check_self(state, "intents");
    constexpr std::array sizings = {"none", "quantity", "notional", "weight", "risk"};
    Vm::of(state).charge(state, static_cast<std::int64_t>(runtime.intents.size()) * 50);
    lua_newtable(state);
    lua_Integer at = 0;
    for (const auto& [instrument, note] : runtime.intents) {
        lua_createtable(state, 0, 8);
        set_text(state, "symbol", runtime.find_market(instrument)->symbol);
        set_text(state, "status", intent_states[note.status]);
        set_number(state, sizings[static_cast<std::size_t>(note.action.sizing)],
                   note.action.amount.to_double());
        set_number(state, "limit", note.action.limit.to_double());
        set_number(state, "stop", note.action.stop.to_double());
        set_number(state, "confidence", note.action.confidence.to_double());
        set_text(state, "reason", note.action.reason.view());
        set_number(state, "time", static_cast<double>(note.at) / 1e9);
        lua_rawseti(state, -2, ++at);
    }
    return 1;
}

} // namespace

void open_order_api(lua_State* state) {
    set_functions(state, {{"close", close},
                          {"cancel", cancel},
                          {"trail", trail},
                          {"mandate", mandate},
                          {"place", place},
                          {"cancel_quotes", cancel_quotes},
                          {"orders", orders},
                          {"intents", intents}});
}

} // namespace grekko::script
