// Approved: an order that risk has passed. Only risk::Gate can make one and execution takes
// nothing else, so there is no other door to a venue. A compile-fail test shows it.
// core/engine carries it from core/risk to core/execution.
#pragma once

#include <utility>

#include "domain/order.hpp"

namespace grekko {

namespace risk {
class Gate;  // defined in core/risk alone
}

class Approved {
public:
    class Key {
        friend class ::grekko::risk::Gate;
        Key() = default;
    };

    Approved(Key, Order order) : order_{std::move(order)} {}
    const Order& order() const { return order_; }

private:
    Order order_;
};

}  // namespace grekko
