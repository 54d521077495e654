#include <algorithm>

#include "base/assert.hpp"
#include "core/execution/execution.hpp"
#include "core/execution/split.hpp"

namespace grekko::execution {
namespace {

// One taker of a fill before money is put to it.
struct Taker {
    Allocation allocation;
    Decimal weight;
    Decimal quantity;
};

events::FillAllocated blank(const OrderRecord* record, const Fill& fill) {
    events::FillAllocated event;
    event.order = fill.order;
    if (record != nullptr) {
        event.parent = record->order.parent;
        event.intent = record->order.intent;
        event.agent = record->order.agent;
        event.purpose = record->order.purpose;
    } else {
        event.agent = house_agent;
        event.purpose = Purpose::reduce;
    }
    event.instrument = fill.instrument;
    event.venue = fill.venue;
    event.side = fill.side;
    event.price = fill.price;
    event.fee_currency = fill.fee_currency;
    return event;
}

// Gives `amount` to the takers that `chosen` names, by weight; returns what they could not take.
template <class Chosen>
Decimal give(std::vector<Taker>& takers, Decimal amount, Decimal lot, Chosen chosen) {
    std::vector<Weight> weights;
    std::vector<Taker*> to;
    Decimal room;
    for (Taker& taker : takers) {
        if (!chosen(taker) || taker.weight.is_zero()) continue;
        weights.push_back({taker.allocation.agent, taker.weight});
        to.push_back(&taker);
        room += taker.weight;
    }
    const Decimal now = std::min(amount, room);
    if (now.is_zero()) return amount;
    if (now == room) {
        for (Taker* taker : to)
            taker->quantity += taker->weight;
        return amount - now;
    }
    const std::vector<Decimal> shares = split_pro_rata(now, weights, lot);
    for (std::size_t i = 0; i < to.size(); ++i)
        to[i]->quantity += shares[i];
    return amount - now;
}

// More than was decided has filled (a cancel lost a race): to all, by their allocation.
void give_excess(std::vector<Taker>& takers, Decimal amount, Decimal lot) {
    if (amount.is_zero()) return;
    std::vector<Weight> weights;
    for (const Taker& taker : takers) {
        weights.push_back({taker.allocation.agent, taker.allocation.quantity.decimal()});
    }
    const std::vector<Decimal> shares = split_pro_rata(amount, weights, lot);
    for (std::size_t i = 0; i < takers.size(); ++i)
        takers[i].quantity += shares[i];
}

std::vector<Taker> takers_of(const State& state, const OrderRecord* record,
                             std::span<const Holder> holders) {
    std::vector<Taker> takers;
    if (record == nullptr) return takers;
    const ParentRecord* parent = state.parents.find(record->order.parent);
    if (parent != nullptr) {
        for (const Share& share : parent->shares) {
            takers.push_back({share.allocation, share.unfilled().decimal(), Decimal{}});
        }
    } else if (record->order.purpose == Purpose::disaster_stop) {
        for (const Holder& holder : holders) {
            Allocation allocation;
            allocation.agent = holder.agent;
            allocation.purpose = Purpose::disaster_stop;
            allocation.quantity = holder.quantity;
            if (!holder.quantity.is_positive()) continue;
            takers.push_back({allocation, holder.quantity.decimal(), Decimal{}});
        }
    }
    return takers;
}

Notional in_money(Notional by_contracts, Quantity contract_size) {
    if (contract_size == 1_quantity) return by_contracts;
    return Notional{multiply(by_contracts.decimal(), contract_size.decimal(), Rounding::half_even)};
}

Notional in_quote(Decimal fee, Rate rate) {
    const auto value = checked_multiply(fee, rate.decimal(), Rounding::half_even);
    return Notional{value.value_or(Decimal{})};
}

// Value and fees in proportion to the quantities, exact in sum.
std::vector<events::FillAllocated> with_money(const OrderRecord* record, const Fill& fill,
                                              const std::vector<Taker>& takers, Notional value,
                                              Rate fee_to_quote) {
    std::vector<Decimal> parts;
    for (const Taker& taker : takers)
        parts.push_back(taker.quantity);
    const Decimal whole = fill.quantity.decimal();
    const std::vector<Decimal> values = split_along(value.decimal(), parts, whole);
    const std::vector<Decimal> fees = split_along(fill.fee, parts, whole);
    const std::vector<Decimal> quote =
        split_along(in_quote(fill.fee, fee_to_quote).decimal(), parts, whole);
    std::vector<events::FillAllocated> result;
    for (std::size_t i = 0; i < takers.size(); ++i) {
        if (takers[i].quantity.is_zero()) continue;
        events::FillAllocated event = blank(record, fill);
        event.agent = takers[i].allocation.agent;
        event.intent = takers[i].allocation.intent;
        event.purpose = takers[i].allocation.purpose;
        event.quantity = Quantity{takers[i].quantity};
        event.value = Notional{values[i]};
        event.fee = fees[i];
        event.fee_quote = Notional{quote[i]};
        result.push_back(event);
    }
    return result;
}

Taker whole_taker(const OrderRecord* record, const Fill& fill) {
    const events::FillAllocated event = blank(record, fill);
    Taker taker;
    taker.allocation.agent = event.agent;
    taker.allocation.intent = event.intent;
    taker.allocation.purpose = event.purpose;
    taker.allocation.quantity = fill.quantity;
    taker.quantity = fill.quantity.decimal();
    return taker;
}

bool reducing(const Taker& taker) {
    return reduces(taker.allocation.purpose);
}
bool increasing(const Taker& taker) {
    return !reducing(taker);
}

} // namespace

std::vector<events::FillAllocated> allocate(const State& state, const events::OrderFilled& event,
                                            const AllocateContext& context) {
    const Fill& fill = event.fill;
    const OrderRecord* record = state.orders.find(fill.order);
    std::vector<Taker> takers = takers_of(state, record, context.holders);
    if (takers.empty()) {
        takers.push_back(whole_taker(record, fill));
    } else {
        const Decimal lot = context.lot.decimal();
        Decimal left = give(takers, fill.quantity.decimal(), lot, reducing);
        left = give(takers, left, lot, increasing);
        give_excess(takers, left, lot);
    }
    const Notional value =
        in_money(multiply(fill.price, fill.quantity, Rounding::half_even), context.contract_size);
    return with_money(record, fill, takers, value, context.fee_to_quote);
}

std::vector<events::FillAllocated> allocate(const State& state, const events::FillUpgraded& event,
                                            const AllocateContext& context) {
    const Fill& fill = event.fill;
    const OrderRecord* record = state.orders.find(fill.order);
    std::vector<Taker> takers;
    const ParentRecord* parent =
        record == nullptr ? nullptr : state.parents.find(record->order.parent);
    if (parent != nullptr) {
        for (const Share& share : parent->shares) {
            takers.push_back({share.allocation, share.filled.decimal(), Decimal{}});
        }
        give_excess(takers,
                    give(takers, fill.quantity.decimal(), context.lot.decimal(),
                         [](const Taker&) { return true; }),
                    context.lot.decimal());
    } else {
        takers = takers_of(state, record, context.holders);
        give_excess(takers, takers.empty() ? Decimal{} : fill.quantity.decimal(),
                    context.lot.decimal());
        if (takers.empty()) takers.push_back(whole_taker(record, fill));
    }
    const Notional correction =
        in_money(multiply(fill.price, fill.quantity, Rounding::half_even), context.contract_size) -
        in_money(event.booked, context.contract_size);
    std::vector<events::FillAllocated> result =
        with_money(record, fill, takers, correction, context.fee_to_quote);
    for (events::FillAllocated& share : result)
        share.quantity = Quantity{};
    return result;
}

} // namespace grekko::execution
