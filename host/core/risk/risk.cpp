#include "core/risk/risk.hpp"

#include <algorithm>

namespace grekko::risk {

namespace {

// The events that exposure alone keeps.
template <class Event>
void expose(State& state, const Event& event, const RecordHead& head) {
    apply(state.exposure, event, head);
    revalue_touched(state.valuation, state.exposure);
}

enum class Asks : std::uint8_t { quantity = 1, its_end };
// A cancel is a message, and takes no token that increases wait for.
void count_of(State& state, OrderId id, Asks what, Instant now) {
    const OrderRow* order = state.exposure.orders.find(id);
    if (order == nullptr) return;
    const bool increases = what == Asks::quantity && !reduces(order->purpose);
    count_message(state.counters, {order->agent, order->venue, increases}, now);
}

// What an event that names an order alone is about; none of an order that has ended.
OrderOrigin origin_of(const State& state, OrderId id) {
    const OrderRow* order = state.exposure.orders.find(id);
    if (order == nullptr) return {};
    return {id, order->venue, order->instrument, order->agent};
}

}  // namespace

State initial_state(const Universe& universe, const Settings& settings) {
    State state;
    for (const Instrument& instrument : universe.instruments) {
        const std::size_t index = instrument.id.value();
        if (index == 0) continue;
        auto& rows = state.exposure.instruments;
        if (index >= rows.size()) rows.resize(index + 1);
        rows[index].base = instrument.base;
    }
    assign_clusters(state, universe, settings);
    return state;
}

void assign_clusters(State& state, const Universe& universe, const Settings& settings) {
    for (const Instrument& instrument : universe.instruments) {
        if (instrument.id.is_none()) continue;
        const bool stable = std::find(settings.stablecoins.begin(), settings.stablecoins.end(),
                                      instrument.base) != settings.stablecoins.end();
        set_cluster(state.valuation, instrument.id, stable ? 0 : 1);
    }
}

bool mark(State& state, InstrumentId instrument, const Worth& worth) {
    return revalue(state.valuation, state.exposure, instrument, worth);
}

void apply(State& state, const events::IntentProposed& event, const RecordHead& head) {
    expose(state, event, head);
}
void apply(State& state, const events::RiskAssessed& event, const RecordHead& head) {
    apply(state.counters, event, head);
}
void apply(State& state, const events::SizeFactorChanged& event, const RecordHead& head) {
    apply(state.counters, event, head);
}
void apply(State& state, const events::AgentRegistered& event, const RecordHead& head) {
    apply(state.counters, event, head);
}
void apply(State& state, const events::AgentSettingChanged& event, const RecordHead& head) {
    apply(state.counters, event, head);
}
void apply(State& state, const events::ParentOpened& event, const RecordHead& head) {
    expose(state, event, head);
    apply(state.stops, event, head);
    const Parent& parent = event.parent;
    if (reduces(parent.purpose)) return;
    probe(state.breakers, parent.id, {{}, {}, parent.instrument, parent.agent});
}
void apply(State& state, const events::ParentAllocated& event, const RecordHead& head) {
    expose(state, event, head);
    const Allocation& share = event.allocation;
    const ParentRow* parent = state.exposure.parents.find(share.parent);
    if (parent == nullptr || reduces(share.purpose)) return;
    probe(state.breakers, share.parent, {{}, {}, parent->instrument, share.agent});
}
void apply(State& state, const events::ParentClosed& event, const RecordHead& head) {
    expose(state, event, head);
    apply(state.stops, event, head);
    apply(state.breakers, event, head);
}
void apply(State& state, const events::OrderSubmitted& event, const RecordHead& head) {
    expose(state, event, head);
    count_of(state, event.order.id, Asks::quantity, head.at);
    apply(state.stops, event, head);
    const Order& order = event.order;
    if (reduces(order.purpose)) return;
    probe(state.breakers, order.parent, {order.id, order.venue, order.instrument, order.agent});
}
void apply(State& state, const events::OrderRejected& event, const RecordHead& head) {
    const OrderOrigin origin = origin_of(state, event.order);
    if (!origin.order.is_none()) count_reject(state.breakers, origin, event.reason, head.at);
    expose(state, event, head);
}
void apply(State& state, const events::OrderUnknown& event, const RecordHead& head) {
    const OrderOrigin origin = origin_of(state, event.order);
    if (!origin.order.is_none()) count_unknown(state.breakers, origin, head.at);
}
void apply(State& state, const events::OrderFilled& event, const RecordHead& head) {
    const OrderRow* order = state.exposure.orders.find(event.fill.order);
    if (order != nullptr) count_fill(state.counters, order->agent, head.at);
    expose(state, event, head);
}
void apply(State& state, const events::CancelRequested& event, const RecordHead& head) {
    expose(state, event, head);
    count_of(state, event.order, Asks::its_end, head.at);
}
void apply(State& state, const events::OrderCancelled& event, const RecordHead& head) {
    expose(state, event, head);
}
void apply(State& state, const events::OrderExpired& event, const RecordHead& head) {
    expose(state, event, head);
}
void apply(State& state, const events::OrderLapsed& event, const RecordHead& head) {
    expose(state, event, head);
}
void apply(State& state, const events::ReplaceRequested& event, const RecordHead& head) {
    expose(state, event, head);
    count_of(state, event.order, Asks::quantity, head.at);
    apply(state.stops, event, head);
}
void apply(State& state, const events::OrderReplaced& event, const RecordHead& head) {
    expose(state, event, head);
}
void apply(State& state, const events::ReplaceRejected& event, const RecordHead& head) {
    expose(state, event, head);
}
void apply(State& state, const events::FillAllocated& event, const RecordHead& head) {
    expose(state, event, head);
}
void apply(State& state, const events::InternalCross& event, const RecordHead& head) {
    expose(state, event, head);
}
void apply(State& state, const events::ForeignFill& event, const RecordHead& head) {
    expose(state, event, head);
}
void apply(State& state, const events::DustSwept& event, const RecordHead& head) {
    expose(state, event, head);
}
void apply(State& state, const events::StopArmed& event, const RecordHead& head) {
    expose(state, event, head);
    apply(state.stops, event, head);
}
void apply(State& state, const events::StopMoved& event, const RecordHead& head) {
    expose(state, event, head);
    apply(state.stops, event, head);
}
void apply(State& state, const events::StopTriggered& event, const RecordHead& head) {
    apply(state.stops, event, head);
}
void apply(State& state, const events::StopClosed& event, const RecordHead& head) {
    expose(state, event, head);
    apply(state.stops, event, head);
}

void apply(State& state, const events::BreakerChanged& event, const RecordHead& head) {
    apply(state.breakers, event, head);
}
void apply(State& state, const events::BookStateChanged& event, const RecordHead& head) {
    apply(state.book, event, head);
}
void apply(State& state, const events::LimitChanged& event, const RecordHead& head) {
    apply(state.limits, event, head);
}
void apply(State& state, const events::Reconciled& event, const RecordHead& head) {
    apply(state.breakers, event, head);
}

}  // namespace grekko::risk
