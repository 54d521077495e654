// A calm market and a healthy book in which everything passes: tests change one thing and look at
// what the assessment says. BTC-USD and ETH-USD at 100, one venue, N = 100 000, agent 1 with t =
// 0.5. Not a simulation: no time passes by itself. Used by the tests of core/risk.
#pragma once

#include <cstdint>

#include "base/archive.hpp"
#include "core/risk/risk.hpp"

namespace grekko::risk::tests {

inline constexpr InstrumentId btc{1};
inline constexpr InstrumentId eth{2};
inline constexpr VenueId venue_one{1};
inline constexpr AgentId agent_one{1};
inline constexpr AgentId agent_two{2};
inline constexpr AgentId agent_three{3};

inline Universe universe() {
    Universe made;
    made.instruments.resize(3);
    made.instruments[1].id = btc;
    made.instruments[1].major = true;
    made.instruments[1].base = "BTC";
    made.instruments[2].id = eth;
    made.instruments[2].major = true;
    made.instruments[2].base = "ETH";
    return made;
}

struct Scene {
    Instant now{Instant::from_seconds(1'700'000'000)};
    Settings settings;
    State state{initial_state(universe(), Settings{})};
    Instrument instrument{universe().instruments[1]};
    Listing listing;
    MarketView market;
    BookView book;
    AgentBook agent;
    AgentTerms terms;
    BookConditions conditions;
    VenueStatus venue;
    DecisionRecord decision;
    Permission permission{true, false, false, false};
    Balances balances{1'000'000_d, 1'000_d, false, {}};
    Costs costs{0.002_rate, 1'000_quantity};
    Rate par_deviation;
    bool live{false};
    bool money_known{true};
    Rate quote_in_base{1_rate};
    Request request;
    std::uint64_t sequence{1'000};

    Scene() {
        listing.instrument = btc;
        listing.venue = venue_one;
        listing.tick = 0.01_price;
        listing.lot = 0.01_quantity;
        listing.quantity_min = 0.01_quantity;
        listing.notional_min = 1_notional;
        listing.taker_fee = 0.006_rate;
        listing.open_orders_max = 1'000;
        set_market();
        set_books();
        venue = {true, true, true, true, {}, 0, 0, 1, {}};
        decision = {true, true, 1'000_quantity, {}, 1_rate, 0.6_rate};
        request.intent = IntentId{900};
        request.agent = agent_one;
        request.instrument = btc;
        request.quantity = 10_quantity;
        request.limit = 100.05_price;
        request.stop = 97_price;
        request.horizon = Duration::hours(4);
        give_mark(btc, 100_price);
        give_mark(eth, 100_price);
    }

    Context context() const {
        return {now,      market,     instrument, &listing,      book,     agent,
                terms,    conditions, venue,      decision,      permission, balances,
                costs,    quote_in_base, par_deviation, live, money_known};
    }
    Assessment assessed() const { return assess(state, settings, request, context()); }

    void give_mark(InstrumentId id, Price price) { mark(state, id, {price, 1_rate}); }

    RecordHead head() {
        RecordHead made;
        made.sequence = Sequence{++sequence};
        made.at = now;
        return made;
    }
    template <class Event>
    void emit(const Event& event) {
        apply(state, event, head());
    }

    void position(AgentId owner, InstrumentId id, Quantity quantity) {
        events::FillAllocated fill;
        fill.agent = owner;
        fill.instrument = id;
        fill.venue = venue_one;
        fill.side = quantity.is_negative() ? Side::sell : Side::buy;
        fill.quantity = quantity.abs();
        emit(fill);
    }
    Order order(Side side, Quantity quantity, Price limit) const {
        Order made;
        made.agent = agent_one;
        made.instrument = btc;
        made.venue = venue_one;
        made.side = side;
        made.quantity = quantity;
        made.limit = limit;
        return made;
    }
    OrderId submit(Order made) {
        events::OrderSubmitted event;
        event.order = made;
        const RecordHead at = head();
        event.order.id = OrderId{at.sequence.value()};
        apply(state, event, at);
        return event.order.id;
    }
    void arm_stop(AgentId owner, Quantity quantity, Price stop) {
        events::StopArmed event;
        event.agent = owner;
        event.instrument = btc;
        event.quantity = quantity;
        event.stop = stop;
        const RecordHead at = head();
        event.id = StopId{at.sequence.value()};
        apply(state, event, at);
    }
    ParentId open_parent(AgentId owner, Side side, Purpose purpose, Quantity quantity,
                         StopId stop = {}) {
        events::ParentOpened event;
        const RecordHead at = head();
        event.parent.id = ParentId{at.sequence.value()};
        event.parent.agent = owner;
        event.parent.instrument = btc;
        event.parent.side = side;
        event.parent.purpose = purpose;
        event.parent.quantity = quantity;
        event.parent.stop = stop;
        apply(state, event, at);
        join(event.parent.id, owner, purpose, quantity);
        return event.parent.id;
    }
    void join(ParentId parent, AgentId owner, Purpose purpose, Quantity quantity) {
        events::ParentAllocated share;
        share.allocation.parent = parent;
        share.allocation.agent = owner;
        share.allocation.purpose = purpose;
        share.allocation.quantity = quantity;
        emit(share);
    }
    // An exit of what agent one holds.
    void leave(Quantity quantity) {
        request.kind = events::AssessmentKind::reduce;
        request.purpose = Purpose::reduce;
        request.side = Side::sell;
        request.quantity = quantity;
        request.limit = 99.95_price;
        request.stop = Price{};
    }

private:
    void set_market() {
        market.instrument = btc;
        market.now = now;
        market.mark = {100_price, MarkSource::book, false, now};
        market.best = {venue_one, 99.99_price, 100.01_price, 50_quantity, 50_quantity,
                       now,       true,        false,        false};
        market.spread = 0.0002_rate;
        market.spread_median_1h = 0.0002_rate;
        market.sigma_1min = 0.001_rate;
        market.sigma_1min_median_7d = 0.001_rate;
        market.sigma_1h_median_30d = 0.008_rate;
        market.vwap_1min = 100_price;
        market.median_other_venues = 100_price;
        market.depth_bid_20bp = 1'000_quantity;
        market.depth_ask_20bp = 1'000_quantity;
        market.volume_5min = 10'000_quantity;
        market.volume_24h = 1'000'000_quantity;
    }
    void set_books() {
        book.nav = 100'000_notional;
        book.nav_day_start = 100'000_notional;
        book.limit_base = 100'000_notional;
        agent.agent = agent_one;
        agent.allocation = 50'000_notional;
        agent.equity = 50'000_notional;
    }
};

}  // namespace grekko::risk::tests
