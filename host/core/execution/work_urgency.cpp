#include <algorithm>

#include "core/execution/job.hpp"

namespace grekko::execution {
namespace {

Duration passive_for(const Job& job, Duration by_rule) {
    const Duration own = job.parent().working.passive_for;
    return own > Duration{} ? own : by_rule;
}

// IOC now, the rest again at most twice.
void urgent(Job& job) {
    if (!job.idle()) return;
    if (job.record.misses > job.settings.reroutes_max) {
        return finish(job, events::ParentEnd::no_route);
    }
    const bool sliced = job.now.slice_max.is_positive() && !job.record.child_ended_at.is_none();
    const Instant next_slice = job.record.child_ended_at + job.settings.exit_slice_pause;
    if (sliced && job.record.misses == 0 && job.now.now < next_slice) {
        job.plan.next = next_slice;
        return;
    }
    if (!take(job, job.left, job.bound, job.record.attempts)) {
        finish(job, events::ParentEnd::no_route);
    }
}

// Re-prices a resting child when the touch has been elsewhere for a second.
void reprice(Job& job, const OrderRecord& child) {
    const VenueMarket* venue = venue_of(job, child.order.venue);
    const bool settled =
        child.status == OrderStatus::accepted || child.status == OrderStatus::partly_filled;
    if (venue == nullptr || !settled || !usable(venue->touch)) return;
    if (job.record.attempts > job.settings.reprices_max) return;
    const Side side = child.order.side;
    const Price touch = stricter(side, touch_price(venue->touch, side), job.bound);
    const Price moved =
        touch > child.order.limit ? touch - child.order.limit : child.order.limit - touch;
    if (moved.is_zero() || moved < venue->listing.tick) return;
    const Instant since = side == Side::buy ? venue->bid_since : venue->ask_since;
    const Instant due = std::max(since, child.submitted_at) + job.settings.reprice_after;
    if (job.now.now < due) {
        job.plan.next = sooner(job.plan.next, due);
        return;
    }
    Order order = child.order;
    order.limit = touch;
    order.slice = static_cast<std::uint8_t>(std::min<std::uint32_t>(job.record.attempts, 255));
    order.client_id = ClientOrderId{};
    job.plan.replace.push_back({child.order.id, order});
}

// When the touch can have moved: soon, on a tape of bars with the next bar or, where that is late,
// now and then.
Instant next_look(const Job& job) {
    const Instant soon = job.now.now + job.settings.reprice_after;
    const MarketView& view = job.now.view;
    if (!view.bars_only) return soon;
    const Instant bar = view.last_bar_close + view.bar_interval + job.settings.reprice_after;
    return std::max(soon, bar > job.now.now ? bar : job.now.now + view.bar_interval / 60);
}

// Post-only at the touch, re-priced at most five times, then as the intent says.
void passive(Job& job) {
    const Instant deadline = job.record.opened_at + passive_for(job, job.settings.passive_ttl);
    if (job.now.now >= deadline) {
        if (job.parent().working.on_timeout == OnTimeout::cross) return cross_rest(job);
        return finish(job, events::ParentEnd::timed_out);
    }
    job.plan.next = sooner(deadline, next_look(job));
    for (const OrderId id : job.record.children) {
        const OrderRecord* child = job.state.orders.find(id);
        if (child != nullptr) reprice(job, *child);
    }
    if (!job.idle() || job.record.attempts > job.settings.reprices_max) return;
    rest_at_touch(job, job.left, job.record.attempts);
}

// IOC within 10 bp, the rest passive for 10 s, then IOC.
void normal(Job& job) {
    const Duration length = passive_for(job, job.settings.normal_passive);
    const Instant since = job.record.passive_since;
    if (!job.idle()) {
        if (since.is_none()) return; // the IOC is on its way
        if (job.now.now >= since + length) return cancel_children(job);
        job.plan.next = since + length;
        return;
    }
    if (job.record.attempts == 0) {
        const Price touch = opposite_price(job.now.view.best, job.parent().side);
        const Price near = touch.is_positive()
                               ? through(job.parent().side, touch, job.settings.normal_within)
                               : Price{};
        if (take(job, job.left, stricter(job.parent().side, near, job.bound), 0)) return;
    }
    const bool over = !since.is_none() && job.now.now >= since + length;
    const std::uint32_t slice = std::max<std::uint32_t>(job.record.attempts, 1);
    const bool again = slice <= job.settings.reprices_max;
    if (!over && again && rest_at_touch(job, job.left, slice)) {
        job.plan.next = (since.is_none() ? job.now.now : since) + length;
        return;
    }
    if (!over && !again && !since.is_none()) {
        job.plan.next = since + length;
        return;
    }
    cross_rest(job);
}

} // namespace

void work_urgency(Job& job) {
    switch (job.parent().working.urgency) {
    case Urgency::urgent: return urgent(job);
    case Urgency::passive: return passive(job);
    case Urgency::normal: break;
    }
    normal(job);
}

} // namespace grekko::execution
