// A small book for tests: five instruments, two venues, two agents, and an `emit` that applies an
// event with the next sequence and remembers it, so that a test can replay everything.
// Not a simulation: prices are what the test says. The tests of portfolio use it.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/archive.hpp"
#include "core/portfolio/portfolio.hpp"

namespace grekko::portfolio::test {

inline constexpr InstrumentId btc{1}, eth{2}, perp{3}, eth_eur{4}, eur{5}, bnb{6};
inline constexpr VenueId first{1}, second{2};
inline constexpr AgentId alice{1}, bob{2};

inline Universe universe() {
    Universe universe;
    universe.base_currency = "USD";
    universe.instruments.resize(7);
    const auto add = [&](InstrumentId id, Currency base, Currency quote, InstrumentKind kind) {
        Instrument& instrument = universe.instruments[id.value()];
        instrument.id = id;
        instrument.base = base;
        instrument.quote = quote;
        instrument.kind = kind;
    };
    add(btc, "BTC", "USD", InstrumentKind::spot);
    add(eth, "ETH", "USD", InstrumentKind::spot);
    add(perp, "BTC", "USD", InstrumentKind::perpetual);
    add(eth_eur, "ETH", "EUR", InstrumentKind::spot);
    add(eur, "EUR", "USD", InstrumentKind::spot);
    add(bnb, "BNB", "USD", InstrumentKind::spot);
    return universe;
}

class World {
public:
    World() : state{make_state(universe())}, marks_(7) {
        price(btc, 100_price);
        price(eth, 10_price);
        price(perp, 100_price);
        price(eth_eur, 8_price);
        price(eur, 1.25_price);
        price(bnb, 50_price);
    }

    template <class Event>
    void emit(Event event) {
        RecordHead head;
        head.sequence = Sequence{++sequence_};
        head.at = now;
        apply(state, event, head);
        log_.push_back([event, head](State& other) { apply(other, event, head); });
    }
    std::uint64_t next_sequence() const { return sequence_ + 1; }

    void price(InstrumentId id, Price price) {
        marks_[id.value()] = {price, MarkSource::book, false, now};
    }
    void stale(InstrumentId id) { marks_[id.value()].stale = true; }
    Marks marks() const { return {marks_}; }
    Price mark(InstrumentId id) const { return marks_[id.value()].price; }
    BookView view() const { return book(state, marks(), now); }

    void deposit(Decimal amount, Currency currency = "USD", VenueId venue = first) {
        const auto booked = transfer(state, marks(), {venue, currency, amount});
        ASSERT(booked.has_value());
        emit(*booked);
    }
    IntentId propose(AgentId agent, InstrumentId instrument, Quantity delta,
                     Duration horizon = Duration::hours(1)) {
        events::IntentProposed proposed;
        proposed.id = IntentId{next_sequence()};
        proposed.intent.agent = agent;
        proposed.intent.instrument = instrument;
        proposed.intent.delta = delta;
        proposed.intent.reference = mark(instrument);
        proposed.intent.horizon = horizon;
        emit(proposed);
        return proposed.id;
    }
    void decide(IntentId intent, Price mark) {
        events::RoundClosed closed;
        closed.round = intent;
        closed.outcome = RoundOutcome();
        closed.mark = mark;
        emit(closed);
    }
    struct FillOf {
        AgentId agent;
        InstrumentId instrument;
        Quantity quantity;  // signed
        Price price;
        IntentId intent{};
        Decimal fee{};
        Currency fee_currency{"USD"};
        Notional fee_quote{};
        VenueId venue{first};
    };
    void fill(const FillOf& f) {
        events::OrderFilled filled;
        filled.fill.venue = f.venue;
        filled.fill.instrument = f.instrument;
        filled.fill.side = f.quantity.is_negative() ? Side::sell : Side::buy;
        filled.fill.quantity = f.quantity.abs();
        filled.fill.price = f.price;
        filled.fill.fee = f.fee;
        filled.fill.fee_currency = f.fee_currency;
        emit(filled);
        events::FillAllocated share;
        share.agent = f.agent;
        share.intent = f.intent;
        share.instrument = f.instrument;
        share.venue = f.venue;
        share.side = filled.fill.side;
        share.quantity = f.quantity.abs();
        share.price = f.price;
        share.value = multiply(f.price, f.quantity.abs(), Rounding::half_even);
        share.fee = f.fee;
        share.fee_currency = f.fee_currency;
        share.fee_quote = f.fee_quote;
        share.mark = mark(f.instrument);
        emit(share);
    }
    // Emits every intent that is due and returns them.
    std::vector<events::IntentClosed> close_intents() {
        std::vector<events::IntentClosed> all;
        while (const auto closed = next_closed(state, marks(), now)) {
            all.push_back(*closed);
            emit(*closed);
        }
        return all;
    }
    void sample_all(const Settings& settings = {}) {
        const Samples samples = sample(state, settings, marks(), now);
        if (samples.nav) emit(*samples.nav);
        for (const auto& event : samples.agents) emit(event);
        for (const auto& event : samples.positions) emit(event);
    }
    State replay() const {
        State other = make_state(universe());
        for (const auto& step : log_) step(other);
        return other;
    }
    Broken check(Moment moment = Moment::step) const {
        return check_invariants(state, moment).what;
    }

    State state;
    Instant now{Instant::from_seconds(1'700'000'000)};

private:
    using RoundOutcome = events::RoundOutcome;
    std::vector<Mark> marks_;
    std::vector<std::function<void(State&)>> log_;
    std::uint64_t sequence_{0};
};

}  // namespace grekko::portfolio::test
