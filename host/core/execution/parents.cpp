#include <algorithm>

#include "core/execution/execution.hpp"

namespace grekko::execution {
namespace {

Price protection(const Parent& parent, const Settings& settings) {
    const Rate away =
        reduces(parent.purpose) ? settings.protection_reduce : settings.protection_increase;
    const Price distance = multiply(parent.arrival, away, Rounding::floor);
    return parent.side == Side::buy ? parent.arrival + distance : parent.arrival - distance;
}

} // namespace

std::optional<Opened> open_parent(const ParentRequest& request, const Settings& settings,
                                  Instant now) {
    if (request.allocations.empty() || !request.parent.arrival.is_positive()) return std::nullopt;
    Opened result;
    Parent& parent = result.opened.parent;
    parent = request.parent;
    parent.id = ParentId{};
    parent.quantity = Quantity{};
    parent.decided_at = now;
    for (const Allocation& allocation : request.allocations) {
        if (!allocation.quantity.is_positive()) return std::nullopt;
        const auto sum = checked_add(parent.quantity, allocation.quantity);
        if (!sum) return std::nullopt;
        parent.quantity = *sum;
        result.allocated.push_back({allocation});
    }
    if (parent.protection.is_zero()) parent.protection = protection(parent, settings);
    if (is_scheduled(parent.working) && parent.working.over <= Duration{}) {
        parent.working.over = settings.schedule_default;
    }
    return result;
}

Outcome end_parent(const State& state, ParentId id, events::ParentEnd why, Price market_vwap) {
    const ParentRecord* record = state.parents.find(id);
    if (record == nullptr || record->closed) return {};
    Outcome outcome;
    for (const OrderId child : record->children)
        outcome.append(cancel(state, child, why));
    if (const auto closed = close_parent(state, id, why, market_vwap)) {
        outcome.events.push_back(*closed);
    }
    return outcome;
}

std::optional<events::ParentClosed> close_parent(const State& state, ParentId id,
                                                 events::ParentEnd end, Price market_vwap) {
    const ParentRecord* record = state.parents.find(id);
    if (record == nullptr || record->closed || !record->children.empty()) return std::nullopt;
    events::ParentClosed event;
    event.parent = id;
    event.intent = record->parent.intent;
    event.end = record->rest().is_zero() ? events::ParentEnd::filled : end;
    event.filled = record->filled;
    event.decided = record->parent.quantity;
    event.arrival = record->parent.arrival;
    event.vwap = market_vwap;
    event.fees = record->fees;
    if (record->filled.is_positive()) {
        event.mean = divide(record->value, record->filled, Rounding::half_even);
        event.passive_share = ratio(record->passive_filled, record->filled, Rounding::half_even);
    }
    return event;
}

} // namespace grekko::execution
