// self:target and what is built on it: propose, bracket, scale, replace. An intent is a target for
// the agent's own position; everything in it is checked here, field by field.
#include <algorithm>
#include <array>
#include <cmath>

#include "io/script/api.hpp"
#include "io/script/fields.hpp"
#include "io/script/libraries.hpp"

namespace grekko::script {

namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 4> sizings = {"quantity", "notional", "weight", "risk"};
constexpr std::array<std::string_view, 3> urgencies = {"passive", "normal", "urgent"};
constexpr std::array<std::string_view, 4> algorithms = {"none", "twap", "vwap", "iceberg"};
constexpr std::array<std::string_view, 2> timeouts = {"cancel", "cross"};
constexpr std::array<std::string_view, 20> target_fields = {
    "symbol", "quantity", "notional", "weight",      "risk",       "limit",  "stop",
    "take",   "trail",    "horizon",  "confidence",  "ttl",        "reason", "urgency",
    "algo",   "over",     "slices",   "passive_for", "on_timeout", "side"};
constexpr Range any_price{1e-12, 1e12};
constexpr Range any_amount{-1e15, 1e15};

// What is known of the market and the position while an intent is checked.
struct Situation {
    double mark{0};     // 0: unknown
    double position{0}; // quantity
    double nav{0};
};

Situation look(lua_State* state, const Runtime& runtime, InstrumentId instrument) {
    const ports::AgentView& view = runtime.reading(state, "target");
    return {view.market(instrument, {}).mark.price.to_double(),
            view.position(runtime.self(), instrument).position.quantity.to_double(),
            view.book_value().nav.to_double()};
}

// The working of an intent where the script says nothing: by mode (trading rules §2.4).
Working default_working(Mode mode) {
    Working working;
    if (mode != Mode::aggressive) working.urgency = Urgency::passive;
    if (mode == Mode::balanced) working.on_timeout = OnTimeout::cross;
    return working;
}

Working read_working(const Fields& fields, Mode mode) {
    Working working = default_working(mode);
    if (const auto urgency = fields.choice("urgency", urgencies)) {
        working.urgency = static_cast<Urgency>(*urgency + 1);
    }
    if (const auto algorithm = fields.choice("algo", algorithms)) {
        working.algorithm = static_cast<Algorithm>(*algorithm);
    }
    if (const auto timeout = fields.choice("on_timeout", timeouts)) {
        working.on_timeout = static_cast<OnTimeout>(*timeout + 1);
    }
    working.slices =
        static_cast<std::uint8_t>(fields.optional_number("slices", {0, 250}).value_or(0));
    working.passive_for = fields.duration("passive_for", Duration::seconds(1), Duration::days(2))
                              .value_or(Duration{});
    working.over =
        fields.duration("over", Duration::seconds(1), Duration::days(2)).value_or(Duration{});
    return working;
}

void read_sizing(lua_State* state, const Fields& fields, const Market& market, Action& action) {
    std::size_t found = sizings.size();
    for (std::size_t i = 0; i < sizings.size(); ++i) {
        if (!fields.has(sizings[i])) continue;
        if (found != sizings.size()) {
            raise(state, fields.what(),
                  "has both " + std::string(sizings[found]) + " and " + std::string(sizings[i]) +
                      "; give one");
        }
        found = i;
    }
    if (found == sizings.size()) {
        raise(state, fields.what(), "needs one of quantity, notional, weight and risk");
    }
    constexpr std::array ranges = {any_amount, any_amount, Range{-10, 10}, Range{1e-6, 0.1}};
    action.sizing = static_cast<Sizing>(found + 1);
    const double value = fields.number(sizings[found], ranges[found]);
    const Decimal step = action.sizing == Sizing::quantity ? market.steps.lot : Decimal{};
    action.amount =
        check_decimal(state, value, step, Rounding::toward_zero, fields.path(sizings[found]));
}

// Which way the position will point, and which way the order goes.
struct Direction {
    Side position{Side::buy};
    Side order{Side::buy};
    bool known{true}; // false: a risk-sized intent without a mark
};

Direction direction_of(lua_State* state, const Fields& fields, const Action& action,
                       const Situation& now) {
    const auto side = [](double amount) { return amount < 0 ? Side::sell : Side::buy; };
    const double amount = action.amount.to_double();
    if (action.sizing == Sizing::risk) {
        if (!fields.has("stop"))
            raise(state, fields.path("risk"), "needs a stop to size the position by");
        const double stop = fields.number("stop", any_price);
        if (now.mark <= 0)
            raise(state, fields.path("risk"), "no price is known yet for this symbol");
        const Side position = stop < now.mark ? Side::buy : Side::sell;
        return {position, position};
    }
    double present = now.position;
    if (action.sizing != Sizing::quantity) present *= now.mark;
    if (action.sizing == Sizing::weight) present = now.nav > 0 ? present / now.nav : 0;
    return {side(amount != 0 ? amount : present), side(amount - present)};
}

void check_sides(lua_State* state, const Fields& fields, const Action& action,
                 const Direction& direction, double mark) {
    if (mark <= 0 || action.amount.is_zero()) return;
    const bool is_long = direction.position == Side::buy;
    const double stop = action.stop.to_double();
    if (stop > 0 && (is_long ? stop >= mark : stop <= mark)) {
        raise(state, fields.path("stop"),
              std::string("must be ") + (is_long ? "below" : "above") + " the price, which is " +
                  std::to_string(mark));
    }
    const double take = action.take.to_double();
    if (take > 0 && (is_long ? take <= mark : take >= mark)) {
        raise(state, fields.path("take"),
              std::string("must be ") + (is_long ? "above" : "below") + " the price, which is " +
                  std::to_string(mark));
    }
}

Price read_price(lua_State* state, const Fields& fields, std::string_view name,
                 const Market& market, Rounding mode) {
    const auto value = fields.optional_number(name, any_price);
    if (!value) return {};
    const Decimal price = check_decimal(state, *value, market.steps.tick, mode, fields.path(name));
    if (!price.is_positive()) raise(state, fields.path(name), "is less than one tick");
    return Price{price};
}

void read_rest(lua_State* state, const Fields& fields, Runtime& runtime, Action& action) {
    const auto rate = [&](double value, std::string_view name) {
        return Rate{check_decimal(state, value, {}, Rounding::toward_zero, fields.path(name))};
    };
    action.trail = rate(fields.optional_number("trail", {0.0001, 0.9}).value_or(0), "trail");
    action.confidence =
        rate(fields.optional_number("confidence", {0, 1}).value_or(0.5), "confidence");
    action.horizon =
        fields.duration("horizon", Duration::minutes(1), Duration::days(7)).value_or(Duration{});
    action.ttl = fields.duration("ttl", Duration::milliseconds(10), Duration::minutes(10))
                     .value_or(Duration{});
    action.working = read_working(fields, runtime.declaration.mode);
    action.reason = Reason{fields.text_or("reason", "")};
}

Action read_target(lua_State* state, const Fields& fields, Runtime& runtime) {
    Market& market = check_market(state, fields.text("symbol"), fields.path("symbol"));
    Action action;
    action.kind = ActionKind::target;
    action.instrument = market.instrument;
    read_sizing(state, fields, market, action);
    const Situation now = look(state, runtime, market.instrument);
    const Direction direction = direction_of(state, fields, action, now);
    action.side = direction.order;
    action.limit = read_price(state, fields, "limit", market, for_limit(direction.order));
    action.stop = read_price(state, fields, "stop", market, for_stop(direction.position));
    action.take = read_price(state, fields, "take", market, for_take(direction.position));
    check_sides(state, fields, action, direction, now.mark);
    read_rest(state, fields, runtime, action);
    return action;
}

void submit(lua_State* state, Runtime& runtime, const Action& action, const char* what) {
    add_action(state, runtime, action, what);
    runtime.intents[action.instrument] = {action, 0, runtime.now().nanoseconds()};
}

int target(lua_State* state) {
    Runtime& runtime = check_self(state, "target");
    const Fields fields{state, 2, "target", Names{target_fields}.first(19)};
    submit(state, runtime, read_target(state, fields, runtime), "target");
    return 0;
}

// Puts a plain copy of the table at slot 2 in its place, so that the script's own is not touched.
void replace_by_copy(lua_State* state) {
    lua_newtable(state);
    lua_pushnil(state);
    while (lua_next(state, 2) != 0) {
        lua_pushvalue(state, -2);
        lua_insert(state, -2);
        lua_rawset(state, -4);
    }
    lua_replace(state, 2);
}

void set_field(lua_State* state, const char* name, double value) {
    lua_pushnumber(state, value);
    lua_setfield(state, 2, name);
}

// target = position + what is on its way ± quantity
int propose(lua_State* state) {
    Runtime& runtime = check_self(state, "propose");
    const Fields fields{state, 2, "propose", target_fields};
    constexpr std::array<std::string_view, 2> sides = {"buy", "sell"};
    const auto side = fields.choice("side", sides);
    if (!side) raise(state, fields.path("side"), "must be buy or sell");
    const double quantity = fields.number("quantity", {1e-15, 1e15});
    const Market& market = check_market(state, fields.text("symbol"), fields.path("symbol"));
    const ports::AgentView& view = runtime.reading(state, "propose");
    Quantity present = view.position(runtime.self(), market.instrument).position.quantity;
    for (const ports::WorkingOrder& order : view.orders(runtime.self())) {
        if (order.order.instrument != market.instrument) continue;
        const Quantity rest = order.order.quantity - order.filled;
        present += order.order.side == Side::buy ? rest : -rest;
    }
    const double wanted = present.to_double() + (*side == 0 ? quantity : -quantity);
    replace_by_copy(state);
    set_field(state, "quantity", wanted);
    const Fields sized{state, 2, "propose", target_fields};
    const Action action = read_target(state, sized, runtime);
    submit(state, runtime, action, "propose");
    return 0;
}

// entry, stop and take in one: a target with a worst price
int bracket(lua_State* state) {
    Runtime& runtime = check_self(state, "bracket");
    luaL_checktype(state, 2, LUA_TTABLE);
    replace_by_copy(state);
    lua_getfield(state, 2, "entry");
    lua_setfield(state, 2, "limit");
    lua_pushnil(state);
    lua_setfield(state, 2, "entry");
    const Fields fields{state, 2, "bracket", Names{target_fields}.first(19)};
    for (const char* name : {"stop", "take", "limit"}) {
        if (!fields.has(name)) {
            raise(state, "bracket", std::string("needs ") + (name[0] == 'l' ? "entry" : name));
        }
    }
    submit(state, runtime, read_target(state, fields, runtime), "bracket");
    return 0;
}

// The weight of the deepest level that the mark has reached; 0 where it reached none.
double reached_weight(lua_State* state, int levels, double mark, bool below) {
    constexpr std::array<std::string_view, 2> level_fields = {"at", "weight"};
    double weight = 0;
    const auto count = static_cast<lua_Integer>(lua_rawlen(state, levels));
    if (count < 1 || count > 20) raise(state, "scale.levels", "must hold 1 to 20 levels");
    for (lua_Integer i = 1; i <= count; ++i) {
        lua_rawgeti(state, levels, i);
        const Fields level{state, -1, "scale.levels[" + std::to_string(i) + "]", level_fields};
        const double at = level.number("at", any_price);
        const double size = level.number("weight", {-10, 10});
        if (below ? mark <= at : mark >= at)
            weight = std::abs(size) > std::abs(weight) ? size : weight;
        lua_pop(state, 1);
    }
    return weight;
}

// Grows the position level by level as the price reaches them; never shrinks it.
int scale(lua_State* state) {
    Runtime& runtime = check_self(state, "scale");
    constexpr std::array<std::string_view, 11> scale_fields = {
        "symbol",     "levels", "when",    "stop",  "take", "horizon",
        "confidence", "reason", "urgency", "trail", "ttl"};
    constexpr std::array<std::string_view, 2> directions = {"below", "above"};
    const Fields fields{state, 2, "scale", scale_fields};
    const Market& market = check_market(state, fields.text("symbol"), fields.path("symbol"));
    const bool below = fields.choice("when", directions).value_or(0) == 0;
    if (fields.push("levels") != LUA_TTABLE)
        raise(state, "scale.levels", "must be a table of levels");
    const Situation now = look(state, runtime, market.instrument);
    const double weight =
        now.mark > 0 ? reached_weight(state, lua_gettop(state), now.mark, below) : 0;
    const double present = now.nav > 0 ? now.position * now.mark / now.nav : 0;
    if (weight == 0 || std::abs(weight) <= std::abs(present) * 1.02) return 0;
    lua_newtable(state);
    const int made = lua_gettop(state);
    for (const std::string_view name : scale_fields) {
        if (name == "levels" || name == "when") continue;
        fields.push(name);
        lua_setfield(state, made, std::string(name).c_str());
    }
    set_number(state, "weight", weight);
    const Fields target{state, made, "scale", target_fields};
    submit(state, runtime, read_target(state, target, runtime), "scale");
    lua_pushnumber(state, weight);
    return 1;
}

// The newest intent on the symbol again, with some fields changed.
int replace(lua_State* state) {
    Runtime& runtime = check_self(state, "replace");
    constexpr std::array<std::string_view, 8> changes = {
        "quantity", "limit", "stop", "take", "ttl", "urgency", "confidence", "reason"};
    const std::string_view symbol = check_text(state, 2, "replace: symbol");
    const Market& market = check_market(state, symbol, "replace: symbol");
    const Fields fields{state, 3, "replace", changes};
    const auto note = runtime.intents.find(market.instrument);
    if (note == runtime.intents.end()) raise(state, "replace", "there is no intent on this symbol");
    Action action = note->second.action;
    if (const auto quantity = fields.optional_number("quantity", any_amount)) {
        action.sizing = Sizing::quantity;
        action.amount = check_decimal(state, *quantity, market.steps.lot, Rounding::toward_zero,
                                      "replace.quantity");
    }
    const Side position = action.amount.is_negative() ? Side::sell : Side::buy;
    const auto change = [&](std::string_view name, Price& price, Rounding mode) {
        if (fields.has(name)) price = read_price(state, fields, name, market, mode);
    };
    change("limit", action.limit, for_limit(action.side));
    change("stop", action.stop, for_stop(position));
    change("take", action.take, for_take(position));
    if (const auto urgency = fields.choice("urgency", urgencies)) {
        action.working.urgency = static_cast<Urgency>(*urgency + 1);
    }
    if (const auto ttl =
            fields.duration("ttl", Duration::milliseconds(10), Duration::minutes(10))) {
        action.ttl = *ttl;
    }
    if (const auto confidence = fields.optional_number("confidence", {0, 1})) {
        action.confidence = Rate{
            check_decimal(state, *confidence, {}, Rounding::toward_zero, "replace.confidence")};
    }
    if (fields.has("reason")) action.reason = Reason{fields.text("reason")};
    check_sides(state, fields, action, {position, action.side},
                look(state, runtime, market.instrument).mark);
    submit(state, runtime, action, "replace");
    return 0;
}

} // namespace

void open_target_api(lua_State* state) {
    set_functions(state, {{"target", target},
                          {"propose", propose},
                          {"bracket", bracket},
                          {"scale", scale},
                          {"replace", replace}});
}

} // namespace grekko::script
