// What an agent may read of the market: touch, book, mark, costs, rules, funding, volatility.
#include <array>

#include "io/script/api.hpp"
#include "io/script/fields.hpp"
#include "io/script/libraries.hpp"

namespace grekko::script {

namespace {

struct Reading {
    const ports::AgentView& view;
    const Instrument& instrument;
};

Reading read(lua_State* state, const char* what) {
    Runtime& runtime = check_self(state, what);
    Vm::of(state).charge(state, 20);
    const ports::AgentView& view = runtime.reading(state, what);
    return {view, check_instrument(state, 2, what)};
}

// quote(symbol, venue?): nil where no two-sided quote is known
int quote(lua_State* state) {
    const auto [view, instrument] = read(state, "quote");
    const VenueId venue = check_venue(state, 3, "quote");
    const Touch touch = view.market(instrument.id, venue).best;
    if (!touch.two_sided) {
        lua_pushnil(state);
        return 1;
    }
    const double bid = touch.bid.to_double();
    const double ask = touch.ask.to_double();
    lua_createtable(state, 0, 9);
    set_number(state, "bid", bid);
    set_number(state, "ask", ask);
    set_number(state, "bid_quantity", touch.bid_quantity.to_double());
    set_number(state, "ask_quantity", touch.ask_quantity.to_double());
    set_number(state, "mid", (bid + ask) / 2);
    set_number(state, "spread", (ask - bid) / ((bid + ask) / 2));
    set_number(state, "time", seconds(touch.at));
    set_flag(state, "crossed", touch.crossed);
    set_flag(state, "gapped", touch.gapped);
    return 1;
}

void push_levels(lua_State* state, const std::vector<ports::Level>& levels) {
    lua_createtable(state, static_cast<int>(levels.size()), 0);
    lua_Integer at = 0;
    for (const ports::Level& level : levels) {
        lua_createtable(state, 0, 2);
        set_number(state, "price", level.price.to_double());
        set_number(state, "quantity", level.quantity.to_double());
        lua_rawseti(state, -2, ++at);
    }
}

// book(symbol, depth, venue?): { bids = { { price, quantity }, … }, asks = … }, best first
int book(lua_State* state) {
    const auto [view, instrument] = read(state, "book");
    const auto depth = static_cast<std::size_t>(check_number(state, 3, "book: depth", {1, 500}));
    VenueId venue = check_venue(state, 4, "book");
    if (venue.is_none()) venue = view.market(instrument.id, {}).best.venue;
    Vm::of(state).charge(state, static_cast<std::int64_t>(depth) * 20);
    lua_createtable(state, 0, 2);
    push_levels(state, view.book(instrument.id, venue, Side::buy, depth));
    lua_setfield(state, -2, "bids");
    push_levels(state, view.book(instrument.id, venue, Side::sell, depth));
    lua_setfield(state, -2, "asks");
    return 1;
}

int venues(lua_State* state) {
    const auto [view, instrument] = read(state, "venues");
    lua_newtable(state);
    lua_Integer at = 0;
    for (const Listing& listing : view.universe().listings) {
        if (listing.instrument != instrument.id) continue;
        const std::string_view name = view.universe().venue(listing.venue).name.view();
        lua_pushlstring(state, name.data(), name.size());
        lua_rawseti(state, -2, ++at);
    }
    return 1;
}

int mark(lua_State* state) {
    const auto [view, instrument] = read(state, "mark");
    const Mark now = view.market(instrument.id, {}).mark;
    if (now.known()) {
        lua_pushnumber(state, now.price.to_double());
    } else {
        lua_pushnil(state);
    }
    return 1;
}

// cost(symbol, quantity?, urgency?): fractions of price
int cost(lua_State* state) {
    constexpr std::array<std::string_view, 3> urgencies = {"passive", "normal", "urgent"};
    const auto [view, instrument] = read(state, "cost");
    Quantity quantity;
    if (!lua_isnoneornil(state, 3)) {
        quantity =
            Quantity{check_decimal(state, check_number(state, 3, "cost: quantity", {0, 1e15}), {},
                                   Rounding::toward_zero, "cost: quantity")};
    }
    Urgency urgency = Urgency::normal;
    if (!lua_isnoneornil(state, 4)) {
        urgency = static_cast<Urgency>(check_choice(state, 4, "cost: urgency", urgencies) + 1);
    }
    const ports::CostEstimate estimate = view.cost(instrument.id, quantity, urgency);
    lua_createtable(state, 0, 6);
    set_number(state, "entry", estimate.entry.to_double());
    set_number(state, "exit", estimate.exit.to_double());
    set_number(state, "round_trip", estimate.round_trip.to_double());
    set_number(state, "fee", estimate.fee.to_double());
    set_number(state, "half_spread", estimate.half_spread.to_double());
    set_number(state, "impact", estimate.impact.to_double());
    return 1;
}

// instrument(symbol, venue?): the rules there, by default where they are finest
int instrument_rules(lua_State* state) {
    const auto [view, instrument] = read(state, "instrument");
    const VenueId venue = check_venue(state, 3, "instrument");
    const Listing* chosen = nullptr;
    for (const Listing& listing : view.universe().listings) {
        if (listing.instrument != instrument.id) continue;
        if (!venue.is_none() && listing.venue != venue) continue;
        if (chosen == nullptr || listing.lot < chosen->lot) chosen = &listing;
    }
    lua_createtable(state, 0, 14);
    set_text(state, "symbol", instrument.symbol.view());
    set_text(state, "base", instrument.base.view());
    set_text(state, "quote", instrument.quote.view());
    set_text(state, "kind", instrument.kind == InstrumentKind::spot ? "spot" : "perpetual");
    set_number(state, "contract_size", instrument.contract_size.to_double());
    set_flag(state, "major", instrument.major);
    if (chosen == nullptr) return 1;
    set_text(state, "venue", view.universe().venue(chosen->venue).name.view());
    set_text(state, "status", text_of(chosen->status));
    set_number(state, "tick", chosen->tick.to_double());
    set_number(state, "lot", chosen->lot.to_double());
    set_number(state, "quantity_min", chosen->quantity_min.to_double());
    set_number(state, "notional_min", chosen->notional_min.to_double());
    set_number(state, "maker_fee", chosen->maker_fee.to_double());
    set_number(state, "taker_fee", chosen->taker_fee.to_double());
    return 1;
}

int funding(lua_State* state) {
    const auto [view, instrument] = read(state, "funding");
    lua_pushnumber(state, view.market(instrument.id, {}).funding.to_double());
    return 1;
}

int borrow(lua_State* state) {
    const auto [view, instrument] = read(state, "borrow");
    lua_pushnumber(state, view.market(instrument.id, {}).borrow.to_double());
    return 1;
}

int volatility(lua_State* state) {
    const auto [view, instrument] = read(state, "volatility");
    const Duration horizon =
        check_duration(state, 3, "volatility: horizon", Duration::seconds(1), Duration::days(366));
    const MarketView market = view.market(instrument.id, {});
    lua_pushnumber(state, market.sigma_1min.is_zero() ? 0 : market.sigma(horizon).to_double());
    return 1;
}

int stale(lua_State* state) {
    const auto [view, instrument] = read(state, "stale");
    const Mark now = view.market(instrument.id, {}).mark;
    lua_pushboolean(state, now.stale || !now.known());
    return 1;
}

} // namespace

void open_market_api(lua_State* state) {
    set_functions(state, {{"quote", quote},
                          {"book", book},
                          {"venues", venues},
                          {"mark", mark},
                          {"cost", cost},
                          {"instrument", instrument_rules},
                          {"funding", funding},
                          {"borrow", borrow},
                          {"volatility", volatility},
                          {"stale", stale}});
}

} // namespace grekko::script
