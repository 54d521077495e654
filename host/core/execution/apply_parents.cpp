#include <algorithm>

#include "base/assert.hpp"
#include "core/execution/count.hpp"
#include "core/execution/execution.hpp"

namespace grekko::execution {
namespace {

void forget_oldest(State& state) {
    while (state.ended_parents.size() > ended_parents_max) {
        const ParentId id = state.ended_parents.front();
        const ParentRecord* record = state.parents.find(id);
        ASSERT(record != nullptr);
        if (!record->children.empty()) return;
        state.ended_parents.pop_front();
        state.parents.erase(id);
    }
}

} // namespace

void apply(State& state, const events::ParentOpened& event, const RecordHead& head) {
    ASSERT(!event.parent.id.is_none());
    ASSERT(event.parent.quantity.is_positive());
    ParentRecord record;
    record.parent = event.parent;
    record.opened_at = head.at;
    state.parents.insert(event.parent.id, record);
    state.open_parents.insert(event.parent.id);
}

void apply(State& state, const events::ParentAllocated& event, const RecordHead&) {
    const CountParent count{state, event.allocation.parent};
    ParentRecord* record = state.parents.find(event.allocation.parent);
    ASSERT(record != nullptr);
    record->shares.push_back({event.allocation, Quantity{}});
}

void apply(State& state, const events::ParentClosed& event, const RecordHead&) {
    {
        const CountParent count{state, event.parent};
        ParentRecord* record = state.parents.find(event.parent);
        ASSERT(record != nullptr);
        ASSERT(!record->closed);
        record->closed = true;
        record->ending = event.end;
        state.open_parents.erase(event.parent);
        state.ended_parents.push_back(event.parent);
    }
    forget_oldest(state);
}

void apply(State& state, const events::FillAllocated& event, const RecordHead&) {
    const CountParent count{state, event.parent};
    ParentRecord* record = state.parents.find(event.parent);
    if (record == nullptr) return; // of an order that stands alone
    record->fees += event.fee_quote;
    for (Share& share : record->shares) {
        const Allocation& allocation = share.allocation;
        if (allocation.agent != event.agent || allocation.intent != event.intent) continue;
        share.filled += event.quantity;
        return;
    }
}

} // namespace grekko::execution
