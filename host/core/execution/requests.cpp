#include "core/execution/requests.hpp"

namespace grekko::execution {

CancelOrder cancel_effect(const OrderRecord& record) {
    const Order& order = record.order;
    return {order.id, order.venue, order.instrument, order.client_id};
}

QueryOrder query_effect(const OrderRecord& record) {
    const Order& order = record.order;
    const ClientOrderId& client_id =
        record.replacing() ? record.replacement.client_id : order.client_id;
    return {order.id, order.venue, order.instrument, client_id};
}

} // namespace grekko::execution
