#include "core/execution/requests.hpp"

namespace grekko::execution {

CancelOrder cancel_named(const OrderRecord& record, const ClientOrderId& name) {
    const Order& order = record.order;
    return {order.id, order.venue, order.instrument, name};
}

void cancel_effects(const OrderRecord& record, std::vector<Effect>& out) {
    out.push_back(cancel_named(record, record.order.client_id));
    if (record.replacing()) out.push_back(cancel_named(record, record.replacement.client_id));
}

void query_effects(const OrderRecord& record, std::vector<Effect>& out) {
    const Order& order = record.order;
    out.push_back(QueryOrder{order.id, order.venue, order.instrument, order.client_id});
    if (!record.replacing()) return;
    out.push_back(
        QueryOrder{order.id, order.venue, order.instrument, record.replacement.client_id});
}

} // namespace grekko::execution
