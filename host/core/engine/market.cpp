// The market step: 1 marks  2 stops and breakers  3 ask agents.
#include "core/engine/emit.hpp"

namespace grekko::engine {

void Engine::market(const MarketHead& record, TapePosition position, Instant at) {
    begin(at, position);
    market_input_ = &record;
    const bool band = visit_market(record, [&](const auto& r) { return market_.on(r); });
    if (record.kind != MarketKind::clock) market_moved(record.instrument);
    if (band && record.kind != MarketKind::bar) {
        const Price traded = record.kind == MarketKind::trade
                                 ? reinterpret_cast<const Trade&>(record).price
                                 : Price{};
        check_stops(record.instrument, traded, traded);
    }
    if (at_ >= watch_.next && !warming()) watch_breakers();
    if (!market_.closed().empty()) bars_closed();
    ask_about(record);
    if (at_ >= next_sample_ && !warming()) sample();
    end_step();
    market_input_ = nullptr;
}

void Engine::close_bars(Instant at) {
    if (!market_.waits_for(at)) return;
    ClockTick tick{market_head<ClockTick, MarketKind::clock>()};
    tick.head.received_at = at;
    tick.head.exchange_at = at;
    begin(at, position_);
    market_input_ = &tick.head;
    market_.on(tick);
    if (!market_.closed().empty()) bars_closed();
    end_step();
    market_input_ = nullptr;
}

// Stops and limits compare against prices that were set beforehand; an instrument that nobody holds
// or watches costs two comparisons.
void Engine::market_moved(InstrumentId instrument) {
    const Mark mark = market_.mark(instrument, at_);
    if (!mark.known()) return;
    const bool revalued = risk::mark(state_.risk, instrument, worth(instrument, mark));
    if (revalued && !warming()) check_limits(instrument);
    if (agents::touched(state_.agents, instrument, mark.price)) score_votes(instrument);
}

// Limits of a smaller base are smaller, all of them. Those of a base a little below the present one
// serve for many marks; only where one of them is passed are the exact ones made and looked at.
void Engine::check_limits(InstrumentId instrument) {
    const BookView book_view = portfolio::standing(state_.portfolio, marks(at_));
    limit_base_ = book_view.limit_base;
    // Without exposure only the book's losses are looked at, and they need no view of the market.
    const risk::Valued& own = risk::valued(state_.risk.valuation, instrument);
    const bool exposed = !own.virtual_gross.is_zero() || !own.worst.is_zero();
    if (!exposed) {
        const MarketView none;
        const risk::MarkContext context{none, universe_.instrument(instrument), book_view, strict_,
                                        book_state()};
        return limits_found(instrument, risk::on_mark(state_.risk, settings_.risk, context));
    }
    constexpr Rate slack = 0.01_rate;
    const Notional below = multiply(limit_base_, slack, Rounding::ceiling);
    if (strict_.limit_base > limit_base_ || strict_.limit_base < limit_base_ - below - below) {
        strict_ = risk::bounds(settings_.risk, limit_base_ - below);
    }
    const MarketView view = market_.view(instrument, VenueId{}, at_);
    const Instrument& traded = universe_.instrument(instrument);
    const auto look = [&](const risk::Bounds& bounds) {
        return risk::on_mark(state_.risk, settings_.risk,
                             {view, traded, book_view, bounds, book_state()});
    };
    const risk::MarkFindings near = look(strict_);
    limits_found(instrument, near.limit_failed() ? look(bounds()) : near);
}

void Engine::ask_about(const MarketHead& record) {
    AskKind kind = AskKind::trade;
    agents::Kind index = agents::Kind::trade;
    if (record.kind == MarketKind::quote) {
        kind = AskKind::quote;
        index = agents::Kind::quote;
    } else if (record.kind == MarketKind::book_commit) {
        kind = AskKind::book;
        index = agents::Kind::book;
    } else if (record.kind != MarketKind::trade) {
        return;
    }
    for (const AgentId agent : agents::subscribers(state_.agents, record.instrument, index)) {
        ask(agent, kind, record.instrument).market = &record;
    }
}

// Every series holds its new bar before anyone is asked; an agent hears of all bars of the instant
// at once, shorter interval first, then symbol (§8).
void Engine::bars_closed() {
    const std::span<const Bar> closed = market_.closed();
    std::map<AgentId, std::vector<Bar>> bars;
    for (const Bar& bar : closed) {
        if (universe_.instrument(bar.head.instrument).finest_bar == bar.interval) {
            market_moved(bar.head.instrument);
            check_stops(bar.head.instrument, bar.low, bar.high);
        }
        const auto subscribers =
            agents::bar_subscribers(state_.agents, bar.head.instrument, bar.interval);
        for (const agents::BarSubscriber& s : subscribers)
            bars[s.agent].push_back(bar);
    }
    for (auto& [agent, list] : bars) {
        asks_.bars.push_back(std::move(list));
        Ask& question = ask(agent, AskKind::bars, asks_.bars.back().front().head.instrument);
        question.bars = asks_.bars.back();
    }
}

void Engine::score_votes(InstrumentId instrument) {
    const Mark mark = market_.mark(instrument, at_);
    for (const IntentId round : agents::due(state_.agents, instrument, mark.price))
        score(round);
}

} // namespace grekko::engine
