#include "core/execution/trigger.hpp"

#include <algorithm>

#include "core/execution/execution.hpp"
#include "core/execution/requests.hpp"

namespace grekko::execution {
namespace {

OrderClass class_of(Purpose purpose, Algorithm algorithm) {
    if (purpose == Purpose::disaster_stop) return OrderClass::protective;
    if (!reduces(purpose)) return OrderClass::increase;
    const bool algorithmic = purpose == Purpose::reduce && algorithm != Algorithm::none;
    return algorithmic ? OrderClass::reduce_algorithm : OrderClass::reduce;
}

OrderAction for_increase(Trigger trigger) {
    switch (trigger) {
    case Trigger::agent_reloaded:
    case Trigger::host_crash: return OrderAction::keep;
    case Trigger::venue_lost: return OrderAction::unknown;
    case Trigger::venue_returned:
    case Trigger::restart: return OrderAction::query_then_cancel;
    default: return OrderAction::cancel;
    }
}

OrderAction for_reduce(Trigger trigger, OrderClass order_class) {
    switch (trigger) {
    case Trigger::venue_lost:
    case Trigger::venue_returned: return OrderAction::query;
    case Trigger::clean_stop: return OrderAction::finish_or_cancel;
    case Trigger::restart: return OrderAction::query_then_cancel;
    case Trigger::reducing:
    case Trigger::halted:
        return order_class == OrderClass::reduce_algorithm ? OrderAction::cancel
                                                           : OrderAction::keep;
    default: return OrderAction::keep;
    }
}

bool in_scope(const ParentRecord* parent, AgentId agent, IntentId intent,
              const TriggerScope& scope) {
    const auto matches = [&](AgentId a, IntentId i) {
        return (scope.agent.is_none() || scope.agent == a) &&
               (scope.intent.is_none() || scope.intent == i);
    };
    if (matches(agent, intent)) return true;
    if (parent == nullptr) return false;
    return std::any_of(parent->shares.begin(), parent->shares.end(), [&](const Share& share) {
        return matches(share.allocation.agent, share.allocation.intent);
    });
}

bool cancels(OrderAction action, const TriggerScope& scope) {
    return action == OrderAction::cancel || action == OrderAction::query_then_cancel ||
           (action == OrderAction::finish_or_cancel && scope.grace_over);
}

bool waits(const Parent& parent, const TriggerScope& scope) {
    return scope.pauses_schedules && is_scheduled(parent.working);
}

Outcome act(const State& state, const OrderRecord& record, OrderAction action,
            const TriggerScope& scope) {
    Outcome outcome;
    const bool doubt = action == OrderAction::query || action == OrderAction::query_then_cancel ||
                       action == OrderAction::unknown;
    if (doubt) {
        outcome.events.push_back(
            events::OrderUnknown{.order = record.order.id, .queries = record.missing});
        if (action != OrderAction::unknown) query_effects(record, outcome.effects);
    }
    // A venue that is gone does not end a parent: another venue can take its rest.
    const auto why = scope.venue.is_none() ? scope.why : events::ParentEnd{};
    if (cancels(action, scope)) outcome.append(cancel(state, record.order.id, why));
    return outcome;
}

} // namespace

OrderClass order_class(const State& state, const Order& order) {
    const ParentRecord* parent = state.parents.find(order.parent);
    const Algorithm algorithm =
        parent == nullptr ? Algorithm::none : parent->parent.working.algorithm;
    return class_of(order.purpose, algorithm);
}

OrderAction order_action(Trigger trigger, OrderClass order_class, OrderStatus status) {
    if (terminal(status)) return OrderAction::keep;
    switch (order_class) {
    case OrderClass::increase: return for_increase(trigger);
    case OrderClass::reduce:
    case OrderClass::reduce_algorithm: return for_reduce(trigger, order_class);
    case OrderClass::protective: break;
    }
    return trigger == Trigger::restart ? OrderAction::query : OrderAction::keep;
}

Outcome on_event(const State& state, Trigger trigger, const TriggerScope& scope) {
    Outcome outcome;
    for (const OrderId id : state.open_orders) {
        const OrderRecord& record = *state.orders.find(id);
        const Order& order = record.order;
        if (!scope.venue.is_none() && scope.venue != order.venue) continue;
        if (!scope.instrument.is_none() && scope.instrument != order.instrument) continue;
        const ParentRecord* parent = state.parents.find(order.parent);
        if (!in_scope(parent, order.agent, order.intent, scope)) continue;
        const OrderClass order_class = execution::order_class(state, order);
        // At a restart what increased ends for good; what reduces is sent anew for what is left.
        TriggerScope own = scope;
        if (trigger == Trigger::restart && order_class != OrderClass::increase) own.why = {};
        if (parent != nullptr && waits(parent->parent, scope)) own.why = {};
        outcome.append(act(state, record, order_action(trigger, order_class, record.status), own));
    }
    if (!scope.venue.is_none()) return outcome;
    for (const ParentId id : state.open_parents) {
        const ParentRecord* record = state.parents.find(id);
        const Parent& parent = record->parent;
        if (!record->children.empty()) continue; // its last child's end closes it
        if (!scope.instrument.is_none() && scope.instrument != parent.instrument) continue;
        if (!in_scope(record, parent.agent, parent.intent, scope)) continue;
        const OrderClass order_class = class_of(parent.purpose, parent.working.algorithm);
        const OrderAction action = order_action(trigger, order_class, OrderStatus::submitted);
        if (trigger == Trigger::restart && order_class != OrderClass::increase) continue;
        if (!cancels(action, scope) || waits(parent, scope)) continue;
        const auto closed = close_parent(state, id, scope.why, Price{});
        if (closed) outcome.events.push_back(*closed);
    }
    return outcome;
}

} // namespace grekko::execution
