#include "core/risk/exposure_parts.hpp"

#include <algorithm>

#include "base/planted.hpp"

namespace grekko::risk {

namespace parts {

namespace {

// An agent's part of what its parent could still do. Children beyond the parent's rest (a replace
// that is not atomic) count in full for everyone in it.
Quantity share_target(const ParentRow& parent, const Share& share) {
    const Quantity beyond = std::max(parent.children - parent.rest(), Quantity{});
    const Quantity target = share.rest + beyond;
    return parent.open && !parent.ending ? target : std::min(target, parent.children);
}

// What an ending parent could still fill counts, but not against an exit that takes its place.
void settle_ending(Exposure& exposure, const ParentRow& parent, Share& share) {
    const bool ends = parent.ending && reduces(share.purpose);
    const Quantity target = ends ? share.counted : Quantity{};
    if (target == share.ending) return;
    const std::uint32_t index = touch_cell(exposure, share.agent, parent.instrument);
    exposure.cells[index].ending[side_index(parent.side)] += target - share.ending;
    share.ending = target;
}

void settle_share(Exposure& exposure, const ParentRow& parent, Share& share) {
    const Quantity target = share_target(parent, share);
    if (target == share.counted) return;
    change_cell(exposure, share.agent, parent.instrument,
                {parent.side, share.purpose, target - share.counted});
    share.counted = target;
    if (share.stop_distance.is_zero()) return;
    const Notional loss = multiply(share.stop_distance, target, Rounding::ceiling);
    touch_row(exposure, parent.instrument).pending_loss += loss - share.pending_loss;
    share.pending_loss = loss;
}

}  // namespace

void settle(Exposure& exposure, ParentRow& parent) {
    const bool reserves = parent.open && !parent.ending && !planted(Bug::unsent_not_counted);
    const Quantity reserved = reserves ? parent.rest() : Quantity{};
    const Quantity target = std::max(reserved, parent.children);
    if (target != parent.counted) {
        change_row(exposure, parent.instrument,
                   {parent.side, parent.purpose, target - parent.counted});
        parent.counted = target;
    }
    for (Share& share : parent.shares) {
        settle_share(exposure, parent, share);
        settle_ending(exposure, parent, share);
    }
}

void forget_if_done(Exposure& exposure, ParentId id) {
    const ParentRow* parent = exposure.parents.find(id);
    if (parent == nullptr || parent->open || parent->children_open > 0) return;
    ASSERT(parent->counted.is_zero());
    exposure.parents.erase(id);
}

}  // namespace parts

void apply(Exposure& exposure, const events::IntentProposed& event, const RecordHead&) {
    const Intent& intent = event.intent;
    const std::uint32_t index = parts::touch_cell(exposure, intent.agent, intent.instrument);
    Cell& proposer = exposure.cells[index];
    proposer.proposed = event.id;
    proposer.stop_distance =
        intent.stop.is_zero() ? Price{} : (intent.reference - intent.stop).abs();
}

void apply(Exposure& exposure, const events::ParentOpened& event, const RecordHead&) {
    const Parent& opened = event.parent;
    ParentRow& parent = exposure.parents.insert(opened.id);
    parent.agent = opened.agent;
    parent.instrument = opened.instrument;
    parent.side = opened.side;
    parent.purpose = opened.purpose;
    parent.quantity = opened.quantity;
    parent.stop = opened.stop;
    parts::exit_begins(exposure, opened.stop);
    parts::settle(exposure, parent);
}

void apply(Exposure& exposure, const events::ParentAllocated& event, const RecordHead&) {
    const Allocation& allocation = event.allocation;
    ParentRow* parent = exposure.parents.find(allocation.parent);
    ASSERT(parent != nullptr);
    if (!parts::has_owner(allocation.purpose)) return;
    const std::uint32_t index =
        parts::touch_cell(exposure, allocation.agent, parent->instrument);
    Cell& owner = exposure.cells[index];
    owner.opened = std::max(owner.opened, allocation.intent);
    Share share;
    share.agent = allocation.agent;
    share.purpose = allocation.purpose;
    share.rest = allocation.quantity;
    if (!reduces(allocation.purpose)) share.stop_distance = owner.stop_distance;
    parent->shares.push_back(share);
    parts::settle(exposure, *parent);
}

void apply(Exposure& exposure, const events::ParentClosed& event, const RecordHead&) {
    ParentRow* parent = exposure.parents.find(event.parent);
    if (parent == nullptr) return;
    parent->open = false;
    parts::exit_ends(exposure, parent->stop);
    parts::settle(exposure, *parent);
    parts::forget_if_done(exposure, event.parent);
}

}  // namespace grekko::risk
