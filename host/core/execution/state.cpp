#include "core/execution/state.hpp"

#include <algorithm>

#include "core/execution/client_id.hpp"

namespace grekko::execution {
namespace {

const OrderRecord* by_client_id(const State& state, const ClientOrderId& text) {
    const std::optional<ClientId> id = decode(text);
    if (!id) return nullptr;
    const OrderId* order = state.by_client.find(id->sequence);
    const OrderRecord* record = order == nullptr ? nullptr : state.orders.find(*order);
    if (record == nullptr) return nullptr;
    const std::optional<ClientId> own = decode(record->order.client_id);
    return own && own->incarnation == id->incarnation ? record : nullptr;
}

} // namespace

Quantity OrderRecord::fillable() const {
    if (!open()) return Quantity{};
    const Quantity whole =
        replacing() ? std::max(order.quantity, replacement.quantity) : order.quantity;
    return filled < whole ? whole - filled : Quantity{};
}

OpenQuantity open_quantity(const State& state, AgentId agent, InstrumentId instrument) {
    const auto found = state.open.find({agent, instrument});
    return found == state.open.end() ? OpenQuantity{} : found->second;
}

const OrderRecord* find_order(const State& state, const VenueReport& report) {
    const OrderRecord* record = nullptr;
    const OrderRecord* named = state.orders.find(report.order);
    if (named != nullptr && named->order.client_id == report.client_id) {
        record = named; // as nearly always: no text is read
    } else if (!report.client_id.empty()) {
        record = by_client_id(state, report.client_id);
    } else {
        record = named;
    }
    if (record == nullptr && !report.venue_order_id.empty()) {
        const auto found = state.by_venue_id.find({report.venue, report.venue_order_id});
        if (found != state.by_venue_id.end()) record = state.orders.find(found->second);
    }
    return record != nullptr && record->order.venue == report.venue ? record : nullptr;
}

bool fill_known(const State& state, const Fill& fill) {
    if (fill.trade_id.empty()) return false;
    return state.fills.contains({fill.venue, fill.instrument, fill.trade_id});
}

} // namespace grekko::execution
