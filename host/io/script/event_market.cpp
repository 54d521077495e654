// on_trade, on_quote, on_book, on_bar and on_bars. The tables are reused: what a script wants to
// keep of an event it copies.
#include <algorithm>

#include "io/script/api.hpp"
#include "io/script/dispatch.hpp"
#include "io/script/events.hpp"
#include "io/script/handles.hpp"

namespace grekko::script {

namespace {

void see_trade(Market& market, double price, double quantity) {
    Market::Forming& forming = market.forming;
    if (forming.count == 0) forming.open = forming.high = forming.low = price;
    forming.high = std::max(forming.high, price);
    forming.low = std::min(forming.low, price);
    forming.close = price;
    forming.volume += quantity;
    ++forming.count;
}

void fill_head(lua_State* state, const Runtime& runtime, const Market& market, int table,
               const MarketHead& head) {
    push_symbol(state, runtime, market);
    set_field(state, table, Field::symbol);
    push_venue(state, runtime, head.venue);
    set_field(state, table, Field::venue);
    set_field(state, table, Field::time, seconds(head.received_at));
}

void on_trade(lua_State* state, const Runtime& runtime, Market& market, const Trade& trade) {
    const double price = trade.price.to_double();
    const double quantity = trade.quantity.to_double();
    see_trade(market, price, quantity);
    if (!market.ready || !runtime.has(Handler::trade)) return;
    fill_head(state, runtime, market, trade_slot, trade.head);
    set_field(state, trade_slot, Field::price, price);
    set_field(state, trade_slot, Field::quantity, quantity);
    lua_pushvalue(state, slot(trade.aggressor() == Side::buy ? Field::buy : Field::sell));
    set_field(state, trade_slot, Field::side);
    begin_handler(state, Handler::trade);
    lua_pushvalue(state, trade_slot);
    call_handler(state, 1);
}

void on_quote(lua_State* state, const Runtime& runtime, const Market& market, const Quote& quote) {
    fill_head(state, runtime, market, quote_slot, quote.head);
    set_field(state, quote_slot, Field::bid, quote.bid.to_double());
    set_field(state, quote_slot, Field::ask, quote.ask.to_double());
    set_field(state, quote_slot, Field::bid_quantity, quote.bid_quantity.to_double());
    set_field(state, quote_slot, Field::ask_quantity, quote.ask_quantity.to_double());
    begin_handler(state, Handler::quote);
    lua_pushvalue(state, quote_slot);
    call_handler(state, 1);
}

// The bar of the series at `index`, into the reused table.
void fill_bar(lua_State* state, const Runtime& runtime, const Market& market,
              const Series& series) {
    const Row& row = *series.row(0);
    push_symbol(state, runtime, market);
    set_field(state, bar_slot, Field::symbol);
    lua_pushstring(state, to_string(series.interval()).c_str());
    set_field(state, bar_slot, Field::interval);
    set_field(state, bar_slot, Field::open, row.open);
    set_field(state, bar_slot, Field::high, row.high);
    set_field(state, bar_slot, Field::low, row.low);
    set_field(state, bar_slot, Field::close, row.close);
    set_field(state, bar_slot, Field::volume, row.volume);
    set_field(state, bar_slot, Field::time, row.column(Column::time));
    lua_pushinteger(state, static_cast<lua_Integer>(row.gap));
    set_field(state, bar_slot, Field::gap);
    lua_pushboolean(state, row.empty != 0);
    set_field(state, bar_slot, Field::empty);
}

// One on_bars for the bars of one interval; `first` … `last` of the fresh series.
void hand_on_batch(lua_State* state, Runtime& runtime, std::span<const std::size_t> fresh) {
    const Series& any = *runtime.series[fresh.front()];
    lua_createtable(state, 0, 4);
    const int batch = lua_gettop(state);
    set_text(state, "interval", to_string(any.interval()));
    set_number(state, "time", any.row(0)->column(Column::time));
    lua_createtable(state, 0, static_cast<int>(fresh.size()));
    for (const std::size_t i : fresh) {
        const Series& series = *runtime.series[i];
        push_row(state, series, *series.row(0));
        lua_setfield(state, -2, series.symbol().c_str());
    }
    lua_setfield(state, batch, "bars");
    lua_newtable(state);
    lua_Integer missing = 0;
    for (const auto& one : runtime.series) {
        if (one->interval() != any.interval()) continue;
        const bool there = std::ranges::any_of(
            fresh, [&](std::size_t i) { return runtime.series[i].get() == one.get(); });
        if (there) continue;
        lua_pushstring(state, one->symbol().c_str());
        lua_rawseti(state, -2, ++missing);
    }
    lua_setfield(state, batch, "missing");
    begin_handler(state, Handler::bars);
    lua_pushvalue(state, batch);
    call_handler(state, 1);
    lua_settop(state, batch - 1);
}

} // namespace

void push_symbol(lua_State* state, const Runtime& runtime, const Market& market) {
    lua_rawgeti(state, symbols_slot,
                static_cast<lua_Integer>(&market - runtime.markets.data()) + 1);
}

void push_venue(lua_State* state, const Runtime& runtime, VenueId venue) {
    if (lua_rawgeti(state, venues_slot, venue.value()) != LUA_TNIL || venue.is_none()) return;
    const auto& venues = runtime.view->universe().venues;
    if (venue.value() >= venues.size()) return;
    const std::string_view name = venues[venue.value()].name.view();
    lua_pop(state, 1);
    lua_pushlstring(state, name.data(), name.size());
    lua_pushvalue(state, -1);
    lua_rawseti(state, venues_slot, venue.value());
}

void on_market(lua_State* state, Runtime& runtime) {
    const MarketHead& head = *runtime.ask->market;
    Market* const market = runtime.find_market(head.instrument);
    if (market == nullptr) return;
    const void* const record = &head;
    if (head.kind == MarketKind::trade) {
        on_trade(state, runtime, *market, *static_cast<const Trade*>(record));
    } else if (head.kind == MarketKind::quote) {
        if (!market->ready || !runtime.has(Handler::quote)) return;
        on_quote(state, runtime, *market, *static_cast<const Quote*>(record));
    } else if (market->ready && runtime.has(Handler::book)) {
        fill_head(state, runtime, *market, book_slot, head);
        begin_handler(state, Handler::book);
        lua_pushvalue(state, book_slot);
        call_handler(state, 1);
    }
}

std::vector<std::size_t> take_bars(Runtime& runtime, std::span<const Bar> bars) {
    std::vector<std::size_t> fresh;
    for (const Bar& bar : bars) {
        const auto found = runtime.series_index.find({bar.interval, bar.head.instrument});
        if (found == runtime.series_index.end()) continue;
        Series& series = *runtime.series[found->second];
        const std::uint32_t reset = runtime.declaration.gap_reset;
        const bool restart = reset != 0 && bar.missing >= reset;
        if (!series.push(bar)) continue;
        if (restart) series.restart(1);
        fresh.push_back(found->second);
    }
    std::ranges::sort(fresh);
    for (const std::size_t i : fresh)
        runtime.series[i]->update();
    for (Market& market : runtime.markets) {
        if (market.series.empty()) continue;
        market.ready =
            std::ranges::all_of(market.series, [](const Series* s) { return s->ready(); });
    }
    return fresh;
}

void on_bars(lua_State* state, Runtime& runtime) {
    std::vector<std::size_t> fresh = take_bars(runtime, runtime.ask->bars);
    std::erase_if(fresh, [&](std::size_t i) { return !runtime.series[i]->past_warmup(); });
    if (runtime.has(Handler::bar)) {
        for (const std::size_t i : fresh) {
            const Series& series = *runtime.series[i];
            fill_bar(state, runtime, *runtime.find_market(series.instrument()), series);
            begin_handler(state, Handler::bar);
            lua_pushvalue(state, bar_slot);
            call_handler(state, 1);
        }
    }
    if (runtime.has(Handler::bars) && runtime.ask->head.kind == AskKind::bars) {
        for (std::size_t from = 0; from < fresh.size();) {
            std::size_t to = from + 1;
            const Duration interval = runtime.series[fresh[from]]->interval();
            while (to < fresh.size() && runtime.series[fresh[to]]->interval() == interval)
                ++to;
            hand_on_batch(state, runtime, std::span{fresh}.subspan(from, to - from));
            from = to;
        }
    }
    for (const Bar& bar : runtime.ask->bars) {
        if (Market* const market = runtime.find_market(bar.head.instrument)) market->forming = {};
    }
}

} // namespace grekko::script
