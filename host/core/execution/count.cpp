#include "core/execution/count.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace grekko::execution {
namespace {

enum class Change : std::int8_t { take_out = -1, put_back = 1 };

struct Amount {
    AgentId agent;
    InstrumentId instrument;
    Side side{Side::buy};
    Purpose purpose{Purpose::increase};
    Quantity quantity;
};

void change(State& state, const Amount& amount, Change change) {
    if (amount.quantity.is_zero()) return;
    const Quantity delta = change == Change::put_back ? amount.quantity : -amount.quantity;
    const OpenKey key{amount.agent, amount.instrument};
    OpenQuantity& open = state.open[key];
    const bool buy = amount.side == Side::buy;
    (buy ? open.buys : open.sells) += delta;
    if (reduces(amount.purpose)) (buy ? open.reducing_buys : open.reducing_sells) += delta;
    if (amount.purpose == Purpose::disaster_stop) {
        (buy ? open.protective_buys : open.protective_sells) += delta;
    }
    ASSERT(!open.buys.is_negative());
    ASSERT(!open.sells.is_negative());
    if (open == OpenQuantity{}) state.open.erase(key);
}

Quantity children_fillable(const State& state, const ParentRecord& parent) {
    Quantity sum;
    for (const OrderId id : parent.children) {
        const OrderRecord* child = state.orders.find(id);
        if (child != nullptr) sum += child->fillable();
    }
    return sum;
}

// A working parent counts its unfilled shares; a closed one only what its children could fill.
// Children that together exceed the rest (a replace in flight) count on the first share.
void count_parent(State& state, const ParentRecord& record, Change direction) {
    Quantity children = children_fillable(state, record);
    const Quantity all = children;
    for (const Share& share : record.shares) {
        const Quantity unfilled = share.unfilled();
        const Quantity counted = record.closed ? std::min(unfilled, all) : unfilled;
        change(state,
               {share.allocation.agent, record.parent.instrument, record.parent.side,
                share.allocation.purpose, counted},
               direction);
        children -= std::min(children, counted);
    }
    if (record.shares.empty()) return;
    const Allocation& first = record.shares.front().allocation;
    change(state,
           {first.agent, record.parent.instrument, record.parent.side, first.purpose, children},
           direction);
}

Amount amount_of(const OrderRecord& record, Quantity quantity) {
    const Order& order = record.order;
    return {order.agent, order.instrument, order.side, order.purpose, quantity};
}

void count_order(State& state, OrderId id, Change direction) {
    const OrderRecord* record = state.orders.find(id);
    if (record == nullptr) return;
    if (!record->order.parent.is_none()) {
        const ParentRecord* parent = state.parents.find(record->order.parent);
        if (parent != nullptr) {
            count_parent(state, *parent, direction);
            return;
        }
    }
    const OrderRecord* other =
        record->order.linked.is_none() ? nullptr : state.orders.find(record->order.linked);
    const bool paired = other != nullptr && other->order.linked == id &&
                        other->order.parent.is_none() && other->order.side == record->order.side &&
                        other->order.purpose == record->order.purpose &&
                        other->order.agent == record->order.agent &&
                        other->order.instrument == record->order.instrument;
    const Quantity own = record->fillable();
    const Quantity counted = paired ? std::max(own, other->fillable()) : own;
    change(state, amount_of(*record, counted), direction);
    if (other != nullptr && !paired && other->order.parent.is_none()) {
        change(state, amount_of(*other, other->fillable()), direction);
    }
}

} // namespace

CountOrder::CountOrder(State& state, OrderId id) : state_{state}, id_{id} {
    count_order(state_, id_, Change::take_out);
}
CountOrder::~CountOrder() {
    count_order(state_, id_, Change::put_back);
}

CountParent::CountParent(State& state, ParentId id) : state_{state}, id_{id} {
    const ParentRecord* record = state_.parents.find(id_);
    if (record != nullptr) count_parent(state_, *record, Change::take_out);
}
CountParent::~CountParent() {
    const ParentRecord* record = state_.parents.find(id_);
    if (record != nullptr) count_parent(state_, *record, Change::put_back);
}

} // namespace grekko::execution
