#include "research/sim/truth.hpp"

#include <algorithm>

namespace grekko::sim {

Truth::Truth(const Universe& universe, Decimal cash) : universe_{universe} {
    for (const VenueSpec& venue : universe.venues) {
        if (!venue.id.is_none()) balances_[{venue.id, universe.base_currency}] = cash;
    }
}

// A client id is used once in the life of the account, whatever the host has gone through.
void Truth::sent(const PlaceOrder& request, Instant now, Findings& findings) {
    const Order& order = request.order;
    const auto [known, fresh] = by_client_.try_emplace(order.client_id.string(), order.id);
    if (!fresh) {
        findings.add("identity", "client id " + known->first + " of order " +
                                     std::to_string(known->second.value()) +
                                     " was sent again for order " +
                                     std::to_string(order.id.value()));
    }
    TrueOrder& record = orders_[order.id];
    record.order = order;
    record.sent_at = now;
}

void Truth::sent(const ReplaceOrder& request, Instant now) {
    by_client_.try_emplace(request.replacement.client_id.string(), request.id);
    const auto known = orders_.find(request.id);
    if (known == orders_.end()) return;
    known->second.replacement = request.replacement;
    known->second.sent_at = now;
}

const TrueOrder* Truth::find(OrderId id) const {
    const auto found = orders_.find(id);
    return found == orders_.end() ? nullptr : &found->second;
}

void Truth::told(VenueId venue, const VenueReport& report) {
    if (report.kind == ReportKind::filled) booked(venue, report);
    const auto named = by_client_.find(report.client_id.string());
    const auto known = orders_.find(named == by_client_.end() ? report.order : named->second);
    if (known == orders_.end()) return;
    TrueOrder& order = known->second;
    order.filled = std::max(order.filled, report.cumulative);
    switch (report.kind) {
    case ReportKind::accepted: order.arrived = order.open = true; break;
    case ReportKind::replaced:
        if (order.replacement.client_id == report.client_id) order.order = order.replacement;
        order.open = order.filled < order.order.quantity;
        break;
    case ReportKind::cancelled:
    case ReportKind::expired: order.open = false; break;
    case ReportKind::filled:
        order.arrived = true;
        if (order.filled >= order.order.quantity) order.open = false;
        break;
    case ReportKind::order_state:
        order.arrived = true;
        order.open = !terminal(report.status);
        break;
    default: break;
    }
    order.ended = order.ended || (order.arrived && !order.open);
    order.open = order.open && !order.ended;
    if (order.open) {
        open_.insert(known->first);
    } else {
        open_.erase(known->first);
    }
}

void Truth::booked(VenueId venue, const VenueReport& report) {
    const Fill& fill = report.fill;
    const TradeKey key{venue, fill.trade_id.string()};
    const auto named = by_client_.find(report.client_id.string());
    const OrderId order = named == by_client_.end() ? report.order : named->second;
    const auto [known, fresh] =
        fills_.try_emplace(key, TrueFill{order, venue, fill.side, fill.instrument, fill.price,
                                         fill.quantity, fill.fee, fill.fee_currency});
    if (!fresh) return;
    const Instrument& traded = universe_.instrument(fill.instrument);
    const Decimal value = multiply(fill.price, fill.quantity, Rounding::half_even).decimal();
    const bool buys = fill.side == Side::buy;
    balances_[{venue, traded.quote}] += buys ? -value : value;
    balances_[{venue, traded.base}] += buys ? fill.quantity.decimal() : -fill.quantity.decimal();
    balances_[{venue, fill.fee_currency}] -= fill.fee;
    if (const TrueOrder* known_order = find(order)) {
        filled_by_parent_[known_order->order.parent] += fill.quantity;
    }
}

Decimal Truth::balance(VenueId venue, Currency currency) const {
    const auto found = balances_.find({venue, currency});
    return found == balances_.end() ? Decimal{} : found->second;
}

} // namespace grekko::sim
