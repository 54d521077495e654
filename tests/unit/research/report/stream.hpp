// Stream: a hand-made stream of records, as a run's journal would hold them.
// It checks nothing and fills in nothing: a test writes only what it is about.
// The tests of the report use it.
#pragma once

#include "core/engine/frame.hpp"
#include "domain/event.hpp"
#include "domain/instrument.hpp"

namespace grekko::tests {

inline Universe market_of_one() {
    Universe universe;
    universe.instruments.resize(2);
    universe.instruments[1].id = InstrumentId{1};
    universe.instruments[1].symbol = "BTC-USD";
    universe.instruments[1].base = "BTC";
    universe.instruments[1].quote = "USD";
    universe.instruments[1].major = true;
    universe.venues.resize(2);
    universe.venues[1].id = VenueId{1};
    universe.venues[1].name = "paper";
    return universe;
}

inline Instant start_of_stream() {
    return Instant::from_seconds(1'704'067'200);
} // 2024-01-01

class Stream {
public:
    template <class Event>
    Sequence push(const Event& event) {
        RecordHead head;
        head.sequence = Sequence{++sequence_};
        head.at = now;
        frame_.push(head, event);
        return head.sequence;
    }
    std::span<const std::byte> bytes() const { return frame_.bytes(); }

    void wait(Duration duration) { now = now + duration; }

    void agent(int id, const char* name) {
        events::AgentRegistered e;
        e.agent = AgentId{static_cast<std::uint16_t>(id)};
        e.name = name;
        push(e);
    }
    void nav(Decimal per_unit, Decimal units = 1'000_d) {
        events::NavMarked e;
        e.nav_per_unit = Rate{per_unit};
        e.units = units;
        e.nav = Notional{multiply(per_unit, units, Rounding::half_even)};
        push(e);
    }
    IntentId intent(int agent, Decimal delta, Price reference, Price stop) {
        events::IntentProposed e;
        e.id = IntentId{sequence_ + 1};
        e.intent.agent = AgentId{static_cast<std::uint16_t>(agent)};
        e.intent.instrument = InstrumentId{1};
        e.intent.delta = Quantity{delta};
        e.intent.reference = reference;
        e.intent.stop = stop;
        push(e);
        return e.id;
    }
    struct Deal {
        int agent{1};
        Side side{Side::buy};
        Quantity quantity;
        Price price, mark;
        Notional fee;
        IntentId intent;
        Liquidity liquidity{Liquidity::taker};
        Purpose purpose{Purpose::increase};
    };
    void fill(const Deal& deal) {
        events::OrderFilled filled;
        filled.fill.order = OrderId{++orders_};
        filled.fill.liquidity = deal.liquidity;
        push(filled);
        events::FillAllocated e;
        e.order = OrderId{orders_};
        e.intent = deal.intent;
        e.agent = AgentId{static_cast<std::uint16_t>(deal.agent)};
        e.instrument = InstrumentId{1};
        e.venue = VenueId{1};
        e.side = deal.side;
        e.purpose = deal.purpose;
        e.quantity = deal.quantity;
        e.price = deal.price;
        e.value = multiply(deal.price, deal.quantity, Rounding::half_even);
        e.fee = deal.fee.decimal();
        e.fee_currency = "USD";
        e.fee_quote = deal.fee;
        e.mark = deal.mark;
        push(e);
    }

    Instant now{start_of_stream()};

private:
    engine::Frame frame_;
    std::uint64_t sequence_{0}, orders_{0};
};

} // namespace grekko::tests
