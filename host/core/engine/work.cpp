// Parents at work: their plans become child orders, each with its own approval, and leave.
#include <algorithm>

#include "core/engine/emit.hpp"

namespace grekko::engine {
namespace {

// The order as checks 7 and 8 left it: the price on its tick, no more than was approved.
Order as_assessed(Order order, const risk::Assessment& assessment) {
    if (!order.limit.is_zero()) order.limit = assessment.event().limit;
    order.quantity = std::min(order.quantity, assessment.event().approved);
    return order;
}

// Denied for nothing but what the market is at the moment.
bool of_market(risk::CheckSet blocked) {
    constexpr risk::CheckSet checks = risk::bit(risk::Check::data_age) |
                                      risk::bit(risk::Check::book_sane) |
                                      risk::bit(risk::Check::collar);
    return blocked != 0 && (blocked & ~checks) == 0;
}

bool waits_for_market(const Parent& parent) {
    return is_scheduled(parent.working) && !reduces(parent.purpose);
}

// Schedules of increases wait while the market is not fit to trade on (10 to 12), while a breaker
// is open for that alone, and while another increase tries whether it may close.
bool paused(const risk::State& state, const risk::Settings& settings, const Parent& parent,
            const MarketView& view) {
    if (!waits_for_market(parent)) return false;
    if (view.mark.stale || risk::market_failures(settings, view) != 0) return true;
    const risk::BreakerView breakers =
        risk::view(state.breakers, VenueId{}, parent.instrument, parent.agent, parent.id);
    return breakers.open ? risk::about_data(breakers.causes) : !breakers.admits;
}

// Parents that rest on the other side at the order's venue: who leaves at the touch goes before who
// waits there, an exit too. A stop or flatten does not rest.
std::vector<ParentId> in_the_way(const execution::State& state, const Order& order) {
    std::vector<ParentId> out;
    for (const ParentId id : state.open_parents) {
        const execution::ParentRecord& parent = *state.parents.find(id);
        const bool meets = parent.parent.instrument == order.instrument &&
                           parent.parent.side != order.side &&
                           !execution::is_forced(parent.parent.purpose);
        const bool there = std::ranges::any_of(parent.children, [&](OrderId child) {
            const execution::OrderRecord* record = state.orders.find(child);
            return record != nullptr && record->order.venue == order.venue;
        });
        if (meets && there && parent.ending == events::ParentEnd{}) out.push_back(id);
    }
    return out;
}

// A profile is 10 kB: only a VWAP makes room for it.
execution::Plan plan_by_volume(const execution::State& state, const execution::Settings& settings,
                               ParentId id, execution::WorkContext context,
                               const VolumeProfile& profile) {
    context.profile = &profile;
    return execution::work(state, settings, id, context);
}

// A halt and a breaker of one step end the same order: one cancel by each of its names is enough,
// and the venue's rate is there for the others.
bool cancelled_already(const Effects& effects, const Effect& effect) {
    const auto* cancel = std::get_if<CancelOrder>(&effect);
    return cancel != nullptr && std::ranges::any_of(effects, [&](const Effect& each) {
               const auto* other = std::get_if<CancelOrder>(&each);
               return other != nullptr && other->id == cancel->id &&
                      other->client_id == cancel->client_id;
           });
}

} // namespace

void Engine::work(ParentId id) {
    const execution::ParentRecord* record = state_.execution.parents.find(id);
    if (record == nullptr || record->closed) return;
    if (warming()) return schedule_once(TimerKind::slice, id.value(), live_from_);
    const InstrumentId instrument = record->parent.instrument;
    const Sequence correlation{record->parent.intent.value()};
    if (has_nothing_to_leave(*record)) {
        return take(
            execution::end_parent(state_.execution, id, events::ParentEnd::rest_too_small, Price{}),
            correlation);
    }
    const VenueMarkets venues = venue_markets(instrument);
    execution::WorkContext context;
    context.now = at_;
    context.view = market_.view(instrument, VenueId{}, at_);
    context.venues = venues.markets;
    const bool stands_in = context.view.bars_only && !venues.markets.empty();
    if (stands_in) context.view.best = venues.markets.front().touch;
    context.traded = traded_since(id);
    if (context.view.bars_only) context.stop = stop_behind(record->parent);
    if (execution::may_place(*record)) size_by_market(*record, context);
    context.paused = paused(state_.risk, settings_.risk, record->parent, context.view);
    // Where a child finds out what the pause has not seen; T does not get longer.
    const bool patient =
        waits_for_market(record->parent) && at_ < record->opened_at + record->parent.working.over;
    const execution::Plan plan =
        record->parent.working.algorithm == Algorithm::vwap
            ? plan_by_volume(state_.execution, settings_.execution, id, context,
                             market_.profile(instrument, at_))
            : execution::work(state_.execution, settings_.execution, id, context);
    if (plan.profile_missing && at_ == record->opened_at)
        alert("profile", "VWAP has less than seven days of volume behind it: worked as TWAP");
    for (const OrderId order : plan.cancel) {
        take(execution::cancel(state_.execution, order, events::ParentEnd{}), correlation);
    }
    for (const OrderId order : plan.query)
        query(order);
    for (const execution::Repricing& repricing : plan.replace)
        replace(repricing);
    bool denied = false;
    Instant next = plan.next;
    for (const Order& order : plan.place) {
        const Sent sent = submit(order);
        const bool waits = sent == Sent::not_now && patient;
        const Instant again = at_ + Duration::seconds(1);
        if (waits) next = next.is_none() ? again : std::min(next, again);
        denied = denied || (sent != Sent::yes && !waits);
    }
    if (plan.end != events::ParentEnd{}) {
        const auto closed = execution::close_parent(state_.execution, id, plan.end, Price{});
        if (closed) {
            emit(*closed, correlation);
            return consequence(*closed);
        }
    }
    if (denied) return child_denied(id);
    if (!next.is_none()) schedule_once(TimerKind::slice, id.value(), next);
}

// What an order that leaves now asks for. Of an exit that 13, 14 or 16 let go in parts only, its
// part, by the market of now: nothing is remembered, so each has its own, over a restart too.
void Engine::size_by_market(const execution::ParentRecord& record,
                            execution::WorkContext& context) {
    const Parent& parent = record.parent;
    if (reduces(parent.purpose)) {
        const events::AssessmentKind kind =
            parent.purpose == Purpose::stop      ? events::AssessmentKind::stop
            : parent.purpose == Purpose::flatten ? events::AssessmentKind::flatten
                                                 : events::AssessmentKind::reduce;
        context.slice_max = assess(request_of(parent, kind), VenueId{}).part();
    }
    if (!context.view.bars_only && !execution::is_forced(parent.purpose))
        context.impact = cost(parent.instrument, record.rest(), Urgency::urgent, at_).impact;
}

// On a tape of bars nobody sees the price at which a stop was reached; zero: not the exit of one.
Price Engine::stop_behind(const Parent& parent) const {
    const auto found = state_.risk.stops.all.find(parent.stop);
    if (found == state_.risk.stops.all.end()) return {};
    const bool takes = found->second.cause == events::StopTriggerCause::take;
    return takes ? Price{} : found->second.stop;
}

// What may have kept exits from leaving is gone: they look at once, not after their pause.
void Engine::wake_exits(InstrumentId instrument) {
    dirty_stops_.insert(instrument);
    for (const ParentId id : state_.execution.open_parents) {
        const Parent& parent = state_.execution.parents.find(id)->parent;
        if (parent.instrument != instrument || !reduces(parent.purpose)) continue;
        denied_exits_.erase(id);
        dirty_parents_.insert(id);
    }
}

void Engine::wake_exits_at(VenueId venue) {
    for (const Listing& listing : universe_.listings) {
        if (listing.venue == venue) wake_exits(listing.instrument);
    }
}

void Engine::wake_exits() {
    for (std::size_t i = 1; i < universe_.instruments.size(); ++i)
        wake_exits(universe_.instruments[i].id);
}

// A child of an increase that may not be sent ends its parent; an exit tries again, a stop or
// flatten never later than after four seconds.
void Engine::child_denied(ParentId id) {
    const execution::ParentRecord* record = state_.execution.parents.find(id);
    if (record == nullptr || record->closed) return;
    if (reduces(record->parent.purpose)) {
        const std::uint32_t most = execution::is_forced(record->parent.purpose) ? 1U : 8U;
        const std::uint32_t doublings = std::min(denied_exits_[id]++, most);
        const Duration pause = settings_.execution.exit_slice_pause * (1 << doublings);
        return schedule_once(TimerKind::slice, id.value(), at_ + pause);
    }
    take(execution::end_parent(state_.execution, id, events::ParentEnd::denied, Price{}),
         Sequence{record->parent.intent.value()});
}

Engine::Sent Engine::submit(const Order& order) {
    const Sequence correlation{order.intent.value()};
    const risk::Assessment assessment = assess(request_of(order), order.venue);
    if (!assessment.approved()) {
        emit(assessment.event(), correlation);
        // Check 21: leaving does not wait for an own order that rests where it would trade.
        const risk::CheckSet blocked = assessment.event().blocked;
        const Sent sent = of_market(blocked) ? Sent::not_now : Sent::denied;
        const bool met = risk::has(blocked, risk::Check::self_trade);
        if (!met || !reduces(order.purpose)) return sent;
        for (const ParentId id : in_the_way(state_.execution, order)) {
            const IntentId of = state_.execution.parents.find(id)->parent.intent;
            take(execution::end_parent(state_.execution, id, events::ParentEnd::cancelled, Price{}),
                 Sequence{of.value()});
        }
        return sent;
    }
    emit(assessment.event(), correlation);
    const std::optional<Approved> approved =
        risk::Gate::approve(assessment, as_assessed(order, assessment));
    if (!approved) return Sent::denied;
    events::OrderSubmitted submitted =
        execution::submit(state_.execution, settings_.execution, *approved);
    const OrderId id{emit(submitted, correlation).value()};
    submitted.order.id = id;
    effects_.push_back(execution::place(submitted.order));
    denied_exits_.erase(order.parent);
    watch(id);
    return Sent::yes;
}

void Engine::replace(const execution::Repricing& repricing) {
    const execution::OrderRecord* old = state_.execution.orders.find(repricing.order);
    if (old == nullptr) return;
    const Sequence correlation{old->order.intent.value()};
    const Listing* listing = universe_.listing(old->order.instrument, old->order.venue);
    if (listing == nullptr) return;
    // Where the venue cannot replace in one step the old order ends first, and the new one passes
    // risk as a child of its own: nothing is approved here that would stand beside the old one.
    if (!listing->replace_is_atomic && old->order.purpose != Purpose::disaster_stop) {
        return take(execution::cancel(state_.execution, repricing.order, events::ParentEnd{}),
                    correlation);
    }
    risk::Request request = request_of(repricing.replacement);
    request.kind = events::AssessmentKind::replace;
    request.replaces = repricing.order;
    const risk::Assessment assessment = assess(request, repricing.replacement.venue);
    emit(assessment.event(), correlation);
    const std::optional<Approved> approved =
        assessment.approved()
            ? risk::Gate::approve(assessment, as_assessed(repricing.replacement, assessment))
            : std::nullopt;
    if (!approved) return;
    take(execution::replace(state_.execution, settings_.execution, repricing.order, *approved,
                            *listing),
         correlation);
    watch(repricing.order);
}

// Looks at an order again when only time can change it.
void Engine::watch(OrderId id) {
    const Instant next = execution::next_check(state_.execution, settings_.execution, id);
    if (!next.is_none()) schedule_once(TimerKind::order_expiry, id.value(), next);
}

void Engine::query(OrderId id) {
    const execution::OrderRecord* record = state_.execution.orders.find(id);
    if (record == nullptr) return;
    effects_.push_back(
        QueryOrder{id, record->order.venue, record->order.instrument, record->order.client_id});
}

// Emits what execution decided, one by one, and hands out its effects.
void Engine::take(const execution::Outcome& outcome, Sequence correlation) {
    for (const execution::Event& event : outcome.events) {
        if (const auto* moved = std::get_if<events::TransferBooked>(&event)) {
            found(*moved);
            continue;
        }
        std::visit([&](const auto& body) { emit(body, correlation); }, event);
        std::visit([&](const auto& body) { consequence(body); }, event);
    }
    for (const Effect& effect : outcome.effects)
        if (!cancelled_already(effects_, effect)) effects_.push_back(effect);
}

} // namespace grekko::engine
