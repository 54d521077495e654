// 5: what venues report → execution → portfolio → stops and scores.
#include "core/engine/emit.hpp"

namespace grekko::engine {

void Engine::venue_report(const VenueReport& report) {
    record_input(report);
    const execution::OrderRecord* record = execution::find_order(state_.execution, report);
    const Sequence correlation{record == nullptr ? 0 : record->order.intent.value()};
    take(execution::on_report(state_.execution, settings_.execution, report, at_), correlation);
    if (report.venue.is_none() || report.venue.value() >= runs_.size()) return;
    execution::Run& run = runs_[report.venue.value()];
    std::vector<execution::ExpectedBalance> expected;
    if (report.kind == ReportKind::snapshot_end &&
        execution::balances_due(settings_.execution, run, at_)) {
        expected = expected_balances(report.venue);
    }
    take(execution::on_venue_report(state_.execution, settings_.execution, run, report, expected,
                                    at_),
         Sequence{});
    schedule_reconcile(report.venue);
}

// Without a line there is nothing to ask: the reconnect asks by itself.
void Engine::schedule_reconcile(VenueId venue) {
    const auto known = state_.execution.venues.find(venue);
    if (known == state_.execution.venues.end() || !known->second.connected) return;
    const execution::Run& run = runs_[venue.value()];
    const Instant due = execution::reconcile_due(state_.execution, settings_.execution, run,
                                                 universe_.venue(venue));
    Instant& armed = reconcile_armed_[venue.value()];
    if (due.is_none() || (armed > at_ && armed <= due)) return;
    armed = due;
    schedule(TimerKind::reconcile, venue.value(), due);
}

// ---- What follows from an event of execution -----------------------------------------------

void Engine::consequence(const events::OrderFilled& filled) {
    const execution::OrderRecord* record = state_.execution.orders.find(filled.fill.order);
    ASSERT(record != nullptr);
    const Order order = record->order;
    execution::AllocateContext context;
    if (const Listing* listing = universe_.listing(order.instrument, order.venue)) {
        context.lot = listing->lot;
    }
    context.fee_to_quote = fee_to_quote(filled.fill);
    const std::vector<execution::Holder> holders = order.purpose == Purpose::disaster_stop
                                                       ? holders_of(order.instrument, order.side)
                                                       : std::vector<execution::Holder>{};
    context.holders = holders;
    context.contract_size = universe_.instrument(order.instrument).contract_size;
    const Price mark = market_.mark(order.instrument, at_).price;
    for (events::FillAllocated& share : execution::allocate(state_.execution, filled, context)) {
        share.mark = mark;
        emit(share, Sequence{share.intent.value()});
        judge(share, order.reference);
        ask_fill(share);
        owe_fee(share);
        const execution::ParentRecord* parent = state_.execution.parents.find(share.parent);
        cover(share.agent, share.instrument, share.intent,
              parent == nullptr ? StopId{} : parent->parent.stop, share.price);
    }
    order_ended(order);
}

void Engine::consequence(const events::FillUpgraded& upgraded) {
    execution::AllocateContext context;
    context.fee_to_quote = fee_to_quote(upgraded.fill);
    context.contract_size = universe_.instrument(upgraded.fill.instrument).contract_size;
    for (events::FillAllocated& share : execution::allocate(state_.execution, upgraded, context)) {
        share.mark = market_.mark(share.instrument, at_).price;
        emit(share, Sequence{share.intent.value()});
        owe_fee(share);
        const bool moved = share.fee_currency == universe_.instrument(share.instrument).base;
        if (moved) cover(share.agent, share.instrument, share.intent, StopId{}, share.price);
    }
}

void Engine::consequence(const events::OrderAccepted& e) {
    ask_order(e.order, "accepted");
}
void Engine::consequence(const events::OrderCancelled& e) {
    ended(e.order, "cancelled");
}
void Engine::consequence(const events::OrderExpired& e) {
    ended(e.order, "expired");
}
void Engine::consequence(const events::OrderLapsed& e) {
    ended(e.order, "lapsed");
}
void Engine::consequence(const events::OrderUnknown& e) {
    venue_trouble(e.order);
    watch(e.order);
}
void Engine::consequence(const events::OrderReplaced& e) {
    ask_order(e.order, "replaced");
}
void Engine::consequence(const events::CancelRequested& e) {
    watch(e.order);
}
void Engine::consequence(const events::ReplaceRejected& e) {
    if (const auto* record = state_.execution.orders.find(e.order)) order_ended(record->order);
}

void Engine::consequence(const events::OrderRejected& e) {
    if (e.reason != RejectReason::post_only_would_take) venue_trouble(e.order);
    const execution::OrderRecord* record = state_.execution.orders.find(e.order);
    if (record != nullptr && e.reason == RejectReason::would_trigger_immediately) {
        const Order order = record->order;
        for (const events::StopTriggered& stop : risk::exit_at_once(
                 state_.risk.stops, order.instrument, opposite(order.side), order.reference)) {
            exit_by(stop);
        }
    }
    ended(e.order, "rejected");
}

void Engine::ended(OrderId id, std::string_view reason) {
    const execution::OrderRecord* record = state_.execution.orders.find(id);
    if (record == nullptr) return;
    ask_order(id, reason);
    order_ended(record->order);
}

// Its parent has something to decide, and whoever waits for the base or for the end of old work.
void Engine::order_ended(const Order& order) {
    if (!order.parent.is_none()) dirty_parents_.insert(order.parent);
    const bool disaster = order.purpose == Purpose::disaster_stop;
    for (const ParentId id : state_.execution.open_parents) {
        const Parent& parent = state_.execution.parents.find(id)->parent;
        const bool forced = execution::is_forced(parent.purpose);
        const bool waits = disaster || forced || denied_exits_.contains(id);
        if (waits && parent.instrument == order.instrument) dirty_parents_.insert(id);
    }
    if (disaster) dirty_stops_.insert(order.instrument);
}

void Engine::consequence(const events::ParentClosed& closed) {
    const execution::ParentRecord* record = state_.execution.parents.find(closed.parent);
    traded_at_open_.erase(closed.parent);
    denied_exits_.erase(closed.parent);
    if (record == nullptr) return;
    const Parent parent = record->parent;
    dirty_waiting_.insert({parent.agent, parent.instrument});
    dirty_stops_.insert(parent.instrument);
    for (const ParentId id : state_.execution.open_parents) {
        const Parent& other = state_.execution.parents.find(id)->parent;
        if (other.instrument == parent.instrument && reduces(other.purpose))
            dirty_parents_.insert(id);
    }
    completed(closed, parent);
    // What an exit leaves and no order can sell is dust of the house (§1).
    if (reduces(parent.purpose) && !has_open_work(parent.agent, parent.instrument)) {
        sweep_dust(parent.agent, parent.instrument);
    }
}

// Everything that events of this step have left to do, in a fixed order, until nothing is left:
// stops cover positions before any parent works, older work ends before newer begins.
void Engine::settle() {
    for (std::uint32_t round = 0;; ++round) {
        ASSERT(round < 1'000);
        if (!dirty_stops_.empty()) {
            const InstrumentId instrument = *dirty_stops_.begin();
            dirty_stops_.erase(dirty_stops_.begin());
            check_stops(instrument, Price{}, Price{});
            disaster_stop(instrument);
        } else if (!dirty_parents_.empty()) {
            const ParentId id = *dirty_parents_.begin();
            dirty_parents_.erase(dirty_parents_.begin());
            work(id);
        } else if (!dirty_waiting_.empty()) {
            const auto [agent, instrument] = *dirty_waiting_.begin();
            dirty_waiting_.erase(dirty_waiting_.begin());
            follow_up(agent, instrument);
            execute_waiting(agent, instrument);
        } else if (!approved_.empty()) {
            open_parents();
        } else {
            break;
        }
    }
}

// The increase of a flip is proposed once its reduce has filled (§1).
void Engine::follow_up(AgentId agent, InstrumentId instrument) {
    const consensus::State& state = state_.consensus;
    const auto latest = state.latest.find({agent, instrument});
    if (latest == state.latest.end()) return;
    if (has_open_work(agent, instrument)) return;
    const auto next = consensus::follow_up(state, settings_.consensus, latest->second.intent, at_);
    if (next) propose_intent(*next, false);
}

// Marks are gathered only where something can close: this runs after every market record.
void Engine::close_intents() {
    const Instant horizon = portfolio::next_horizon(state_.portfolio);
    const bool none_over = horizon.is_none() || horizon > at_;
    if (state_.portfolio.due.empty() && none_over) return;
    while (const auto closed = portfolio::next_closed(state_.portfolio, marks(at_), at_)) {
        emit(*closed, Sequence{closed->intent.value()});
    }
}

} // namespace grekko::engine
