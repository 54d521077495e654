#include "core/execution/work.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "core/execution/job.hpp"

namespace grekko::execution {
namespace {

// Whether no venue would take so little.
bool too_small(const Job& job, Quantity quantity) {
    if (job.now.venues.empty()) return false;
    const Price price = job.now.view.mark.known() ? job.now.view.mark.price : job.parent().arrival;
    return std::all_of(job.now.venues.begin(), job.now.venues.end(), [&](const VenueMarket& venue) {
        const Listing& listing = venue.listing;
        if (quantity < listing.lot || quantity < listing.quantity_min) return true;
        const auto value = checked_multiply(price, quantity, Rounding::half_even);
        return value && *value < listing.notional_min;
    });
}

void dispatch(Job& job) {
    const Parent& parent = job.parent();
    if (is_forced(parent.purpose)) return work_exit(job);
    switch (parent.working.algorithm) {
    case Algorithm::twap:
    case Algorithm::vwap: return work_schedule(job);
    case Algorithm::iceberg: return work_iceberg(job);
    case Algorithm::none: break;
    }
    work_urgency(job);
}

// The promise of this folder: Σ children open + filled ≤ decided.
void check(const Job& job) {
    Quantity placed;
    for (const Order& order : job.plan.place) {
        ASSERT(order.quantity.is_positive());
        placed += order.quantity;
    }
    const Quantity before = job.record.filled + job.open;
    ASSERT(placed.is_zero() || before + placed <= job.parent().quantity);
    ASSERT(job.plan.end == events::ParentEnd{} || job.plan.place.empty());
    ASSERT(job.plan.end == events::ParentEnd{} || job.record.children.empty());
}

} // namespace

bool may_place(const ParentRecord& parent) {
    const bool one_by_one =
        is_forced(parent.parent.purpose) || parent.parent.working.algorithm == Algorithm::none;
    return parent.ending == events::ParentEnd{} && (!one_by_one || parent.children.empty());
}

Plan work(const State& state, const Settings& settings, ParentId parent, const WorkContext& now) {
    const ParentRecord* record = state.parents.find(parent);
    if (record == nullptr || record->closed) return {};
    Job job{state, settings, *record, now, {}, {}, bound_of(settings, *record, now), {}};
    for (const OrderId id : record->children) {
        const OrderRecord* child = state.orders.find(id);
        if (child != nullptr) job.open += child->fillable();
    }
    const Quantity rest = record->rest();
    job.left = rest > job.open ? rest - job.open : Quantity{};

    const Instant expiry = record->parent.expires_at;
    if (rest.is_zero()) {
        finish(job, events::ParentEnd::filled);
    } else if (record->ending != events::ParentEnd{}) {
        finish(job, record->ending);
    } else if (!expiry.is_none() && now.now >= expiry) {
        finish(job, events::ParentEnd::expired);
    } else if (job.idle() && too_small(job, rest)) {
        finish(job, events::ParentEnd::rest_too_small);
    } else {
        release_base(job);
        const Instant release = job.plan.next;
        const bool waits = !release.is_none();
        job.plan.next = Instant{};
        dispatch(job);
        // While base is being freed an exit without a route waits for it.
        if (waits) job.plan.end = events::ParentEnd{};
        job.plan.next = sooner(sooner(job.plan.next, release), expiry);
        const bool stalls = job.idle() && job.plan.place.empty() &&
                            job.plan.end == events::ParentEnd{} && job.plan.next.is_none();
        if (stalls) job.plan.next = now.now + settings.reprice_after;
    }
    check(job);
    return std::move(job.plan);
}

} // namespace grekko::execution
