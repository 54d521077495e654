// 2: stops. Every position is covered as soon as it changes; what triggers leaves at once, without
// a vote.
#include <algorithm>

#include "core/engine/emit.hpp"

namespace grekko::engine {
namespace {

// What an agent has at work on an instrument by its own will, alone or with others.
std::vector<ParentId> own_work(const execution::State& state, AgentId agent,
                               InstrumentId instrument) {
    std::vector<ParentId> out;
    for (const ParentId id : state.open_parents) {
        const execution::ParentRecord& record = *state.parents.find(id);
        const Parent& parent = record.parent;
        const bool forced = execution::is_forced(parent.purpose);
        const bool own = std::ranges::any_of(record.shares, [&](const execution::Share& share) {
            return share.allocation.agent == agent;
        });
        const bool here = parent.instrument == instrument;
        if (own && here && !forced && record.ending == events::ParentEnd{}) out.push_back(id);
    }
    return out;
}

} // namespace

void Engine::cover(AgentId agent, InstrumentId instrument, IntentId intent, StopId exit,
                   Price fallback) {
    if (agent == house_agent) return;
    const Mark mark = market_.mark(instrument, at_);
    risk::PositionChange change;
    change.agent = agent;
    change.instrument = instrument;
    change.quantity = position_of(agent, instrument).quantity;
    change.intent = intent;
    change.exit = exit;
    change.mark = mark.known() ? mark.price : fallback;
    change.default_stop = universe_.instrument(instrument).default_stop;
    if (const Listing* listing = listing_for(instrument)) change.lot = listing->lot;
    if (const auto* record = consensus::find_intent(state_.consensus, intent)) {
        change.stop = record->intent.stop;
        change.take = record->intent.take;
        change.trail = record->intent.trail;
    }
    const Sequence correlation{intent.value()};
    for (const risk::StopChange& event : risk::on_position(state_.risk.stops, change)) {
        std::visit([&](const auto& body) { emit(body, correlation); }, event);
    }
    dirty_stops_.insert(instrument);
    listen(instrument);
}

// One look at the market for the stops of an instrument: `low` and `high` are what has just traded,
// zero: nothing.
void Engine::check_stops(InstrumentId instrument, Price low, Price high) {
    if (state_.risk.book.frozen || cancels_exits_) return;
    if (warming()) return retry_stops(instrument);
    const MarketView view = market_.view(instrument, VenueId{}, at_);
    risk::StopLook look{view, low, high, Price{}};
    if (const Listing* listing = listing_for(instrument)) look.tick = listing->tick;
    const risk::StopFindings found = risk::triggered(state_.risk.stops, settings_.stops, look);
    for (const events::StopTriggered& stop : found.triggered) {
        const auto record = state_.risk.stops.all.find(stop.id);
        if (record == state_.risk.stops.all.end()) continue; // the exit of another took it along
        const AgentId agent = record->second.agent;
        const Quantity held = position_of(agent, instrument).quantity.abs();
        if (held.is_positive() && is_dust(instrument, held)) {
            sweep_dust(agent, instrument); // no order can leave with it; it waits for a fresh mark
        } else if (stop.attempt > 1 && record->second.quantity < least_exit(instrument)) {
            continue; // a rest that no order can take out leaves with the next exit
        } else if (!is_leaving(agent, instrument)) {
            exit_by(stop);
        }
    }
    for (const events::StopMoved& moved : risk::trailed(state_.risk.stops, settings_.stops, look)) {
        const auto record = state_.risk.stops.all.find(moved.id);
        emit(moved, Sequence{record->second.intent.value()});
    }
    if (found.blind) alert("stop", "a stop has no price to trigger on: the market data is stale");
    const risk::PriceBand band = risk::band(state_.risk.stops, instrument);
    market_.set_band(instrument, market::Band{band.low, band.high});
    retry_stops(instrument);
}

// A stop that could not leave tries again by the clock: the price that made it leave may be gone.
void Engine::retry_stops(InstrumentId instrument) {
    const Instant due =
        risk::retry_at(state_.risk.stops, settings_.stops, instrument, least_exit(instrument));
    if (due.is_none()) return;
    // Due and not tried: another exit takes it along, or it is dust. Their ends look again.
    const Instant soon = due > at_ ? due : at_ + Duration::minutes(1);
    schedule_once(TimerKind::stop_escalation, instrument.value(), std::max(soon, live_from_));
}

// Waits for nothing: what of it could still fill counts until its end is known.
void Engine::end_own_work(AgentId agent, InstrumentId instrument, events::ParentEnd why) {
    for (const ParentId id : own_work(state_.execution, agent, instrument)) {
        const IntentId of = state_.execution.parents.find(id)->parent.intent;
        take(execution::end_parent(state_.execution, id, why, Price{}), Sequence{of.value()});
    }
}

void Engine::exit_by(const events::StopTriggered& stop) {
    const auto found = state_.risk.stops.all.find(stop.id);
    if (found == state_.risk.stops.all.end()) return; // the exit of another took the position along
    const risk::StopRecord record = found->second;
    emit(stop, Sequence{record.intent.value()});
    const Quantity held = position_of(record.agent, record.instrument).quantity;
    if (held.is_zero()) return;
    // A patient exit holds what the stop must sell, an increase would undo it: both end. The
    // children of the stop wait for it.
    end_own_work(record.agent, record.instrument, events::ParentEnd::superseded);
    const Quantity size = std::min(record.quantity, held.abs());
    leave(record.agent, record.instrument, Purpose::stop, record.id,
          held.is_negative() ? -size : size);
}

void Engine::move_stop(AgentId agent, const Action& action) {
    risk::StopMoveRequest request;
    request.agent = agent;
    request.instrument = action.instrument;
    request.stop = action.stop;
    request.mark = market_.mark(action.instrument, at_).price;
    const risk::StopMoveDecision decision = risk::move_stop(state_.risk.stops, request);
    for (const events::StopMoved& moved : decision.moved)
        emit(moved, Sequence{});
    dirty_stops_.insert(action.instrument);
}

Price Engine::stop_price(AgentId agent, InstrumentId instrument) const {
    const auto held = state_.risk.stops.holdings.find({agent, instrument});
    if (held == state_.risk.stops.holdings.end() || held->second.empty()) return {};
    return state_.risk.stops.all.at(held->second.back()).stop;
}

// The stop that rests at the venue for the net position, where it is configured (§6).
void Engine::disaster_stop(InstrumentId instrument) {
    const Listing* listing = listing_for(instrument);
    if (listing == nullptr || state_.risk.book.frozen) return;
    risk::DisasterContext context{instrument, {}, {}, {}, *listing, false, false, at_};
    context.net = portfolio::venue_quantity(state_.portfolio, listing->venue, instrument);
    context.live = settings_.money == Money::live;
    context.on_margin =
        universe_.instrument(instrument).kind == InstrumentKind::perpetual || settings_.shorts;
    for (const ParentId id : state_.execution.open_parents) {
        const execution::ParentRecord& parent = *state_.execution.parents.find(id);
        const bool exits = parent.parent.instrument == instrument && reduces(parent.parent.purpose);
        if (exits) context.exiting += parent.rest();
    }
    for (const OrderId id : state_.execution.disaster_stops) {
        const execution::OrderRecord& order = *state_.execution.orders.find(id);
        if (order.order.instrument != instrument) continue;
        context.resting = {id, order.order.side, order.rest(), order.order.trigger};
    }
    const risk::DisasterPlan plan = risk::disaster(state_.risk.stops, settings_.stops, context);
    uncovered_[instrument] = plan.uncovered;
    carry_out(plan, instrument, *listing, context);
}

void Engine::carry_out(const risk::DisasterPlan& plan, InstrumentId instrument,
                       const Listing& listing, const risk::DisasterContext& context) {
    switch (plan.action) {
    case risk::DisasterAction::none: return;
    case risk::DisasterAction::wait:
        return schedule(TimerKind::stop_escalation, instrument.value(), plan.at);
    case risk::DisasterAction::cancel:
        return take(execution::cancel(state_.execution, context.resting->id, events::ParentEnd{}),
                    Sequence{});
    case risk::DisasterAction::place:
    case risk::DisasterAction::replace: break;
    }
    Order order;
    order.agent = house_agent;
    order.instrument = instrument;
    order.venue = listing.venue;
    order.side = plan.side;
    order.type = plan.type;
    order.purpose = Purpose::disaster_stop;
    order.reduce_only = context.on_margin;
    order.quantity = plan.quantity;
    order.trigger = plan.trigger;
    order.limit = plan.limit;
    order.reference = market_.mark(instrument, at_).price;
    if (plan.action == risk::DisasterAction::place) {
        submit(order);
    } else {
        order.id = context.resting->id;
        replace({context.resting->id, order});
    }
}

} // namespace grekko::engine
