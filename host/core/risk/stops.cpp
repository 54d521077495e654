#include "core/risk/stops.hpp"

#include <algorithm>

#include "core/risk/money.hpp"
#include "core/risk/stops_parts.hpp"

namespace grekko::risk {

namespace stop_parts {

const StopRecord* find(const Stops& stops, StopId id) {
    const auto found = stops.all.find(id);
    return found == stops.all.end() ? nullptr : &found->second;
}

const InstrumentStops& of(const Stops& stops, InstrumentId instrument) {
    static const InstrumentStops none;
    return instrument.value() < stops.instruments.size() ? stops.instruments[instrument.value()]
                                                         : none;
}

const std::vector<StopId>& held(const Stops& stops, AgentId agent, InstrumentId instrument) {
    static const std::vector<StopId> none;
    const auto found = stops.holdings.find({agent, instrument});
    return found == stops.holdings.end() ? none : found->second;
}

Price step_of(Price extreme) { return scaled(extreme, trail_step, Rounding::ceiling); }

}  // namespace stop_parts

PriceBand band(const Stops& stops, InstrumentId instrument) {
    return stop_parts::of(stops, instrument).band;
}

Quantity unprotected(const Stops& stops, AgentId agent, InstrumentId instrument,
                     Quantity quantity) {
    const Side side = quantity.is_negative() ? Side::sell : Side::buy;
    Quantity open = quantity.abs();
    for (const StopId id : stop_parts::held(stops, agent, instrument)) {
        const StopRecord& stop = *stop_parts::find(stops, id);
        if (stop.side == side && (stop.stop.is_positive() || stop.exiting())) {
            open -= stop.quantity;
        }
    }
    return std::max(open, Quantity{});
}

// ---- Apply -----------------------------------------------------------------------------------

namespace {

InstrumentStops& row(Stops& stops, InstrumentId instrument) {
    const std::size_t index = instrument.value();
    if (index >= stops.instruments.size()) stops.instruments.resize(index + 1);
    return stops.instruments[index];
}

void narrow(InstrumentStops& instrument) {
    instrument.band = {
        instrument.below.empty() ? Price::min() : instrument.below.rbegin()->at,
        instrument.above.empty() ? Price::max() : instrument.above.begin()->at};
}

enum class Into : std::uint8_t { add, take };

// The lines of an armed stop. A long is left by falling prices, a short by rising ones.
void put(Stops& stops, const StopRecord& stop, Into into) {
    if (stop.exiting()) return;
    InstrumentStops& instrument = row(stops, stop.instrument);
    const bool rises = !stop_parts::is_long(stop);
    std::set<Line>& losing = rises ? instrument.above : instrument.below;
    std::set<Line>& winning = rises ? instrument.below : instrument.above;
    const auto line = [&](std::set<Line>& lines, Price at, LineKind kind) {
        if (!at.is_positive()) return;
        const Line made{at, stop.id, kind, {}};
        if (into == Into::add) {
            lines.insert(made);
        } else {
            lines.erase(made);
        }
    };
    line(losing, stop.stop, LineKind::stop);
    line(winning, stop.take, LineKind::take);
    if (stop.trail.is_positive() && stop.extreme.is_positive()) {
        const Price step = stop_parts::step_of(stop.extreme);
        line(winning, rises ? stop.extreme - step : stop.extreme + step, LineKind::trail);
    }
    narrow(instrument);
}

void changed(Stops& stops, InstrumentId id, Instant at) {
    InstrumentStops& instrument = row(stops, id);
    if (instrument.changed_first.is_none()) instrument.changed_first = at;
    instrument.changed_last = at;
}

}  // namespace

void apply(Stops& stops, const events::StopArmed& event, const RecordHead& head) {
    StopRecord stop;
    stop.id = event.id;
    stop.intent = event.intent;
    stop.agent = event.agent;
    stop.instrument = event.instrument;
    stop.side = event.position_side;
    stop.quantity = event.quantity;
    stop.stop = event.stop;
    stop.take = event.take;
    stop.trail = event.trail;
    stop.extreme = event.mark;
    stop.armed_at = head.at;
    stops.all[stop.id] = stop;
    stops.holdings[{stop.agent, stop.instrument}].push_back(stop.id);
    put(stops, stop, Into::add);
    changed(stops, stop.instrument, head.at);
}

void apply(Stops& stops, const events::StopMoved& event, const RecordHead& head) {
    const auto found = stops.all.find(event.id);
    if (found == stops.all.end()) return;
    StopRecord& stop = found->second;
    put(stops, stop, Into::take);
    if (event.stop != stop.stop || event.extreme != stop.extreme) stop.moved_at = head.at;
    stop.stop = event.stop;
    stop.extreme = event.extreme;
    stop.quantity = event.quantity;
    put(stops, stop, Into::add);
    changed(stops, stop.instrument, head.at);
}

void apply(Stops& stops, const events::StopTriggered& event, const RecordHead& head) {
    const auto found = stops.all.find(event.id);
    if (found == stops.all.end()) return;
    found->second.cause = event.cause;
    found->second.attempts = event.attempt;
    found->second.tried_at = head.at;
}

void apply(Stops& stops, const events::StopClosed& event, const RecordHead& head) {
    const auto found = stops.all.find(event.id);
    if (found == stops.all.end()) return;
    const StopRecord stop = found->second;
    put(stops, stop, Into::take);
    if (stop.exiting()) stops.exits.erase(stop.exit);
    stops.all.erase(found);
    const auto holding = stops.holdings.find({stop.agent, stop.instrument});
    std::erase(holding->second, stop.id);
    if (holding->second.empty()) stops.holdings.erase(holding);
    changed(stops, stop.instrument, head.at);
}

void apply(Stops& stops, const events::ParentOpened& event, const RecordHead&) {
    const auto found = stops.all.find(event.parent.stop);
    if (event.parent.stop.is_none() || found == stops.all.end()) return;
    StopRecord& stop = found->second;
    if (stop.exiting()) stops.exits.erase(stop.exit);
    put(stops, stop, Into::take);
    stop.exit = event.parent.id;
    stops.exits[stop.exit] = stop.id;
}

void apply(Stops& stops, const events::ParentClosed& event, const RecordHead& head) {
    const auto exit = stops.exits.find(event.parent);
    if (exit == stops.exits.end()) return;
    StopRecord& stop = stops.all.at(exit->second);
    stops.exits.erase(exit);
    stop.exit = ParentId{};
    stop.tried_at = head.at;
    put(stops, stop, Into::add);
}

void apply(Stops& stops, const events::OrderSubmitted& event, const RecordHead&) {
    if (event.order.purpose != Purpose::disaster_stop) return;
    row(stops, event.order.instrument).changed_first = Instant{};
}

void apply(Stops& stops, const events::ReplaceRequested& event, const RecordHead&) {
    if (event.replacement.purpose != Purpose::disaster_stop) return;
    row(stops, event.replacement.instrument).changed_first = Instant{};
}

}  // namespace grekko::risk
