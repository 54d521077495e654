#include <algorithm>

#include "core/execution/job.hpp"

namespace grekko::execution {
namespace {

// A fraction in -1..1, the same in every replay.
Rate jitter(ParentId parent, std::uint64_t number) {
    const auto chance = static_cast<std::int64_t>(draw(parent, number) & 0xFFFFU);
    return Rate{
        divide(Decimal::whole(2 * chance - 0xFFFF), Decimal::whole(0xFFFF), Rounding::half_even)};
}

// 10 % of the order ± 20 %, and never less than what a venue takes.
Quantity shown_of(const Job& job) {
    const Settings& settings = job.settings;
    const Rate around = multiply(jitter(job.parent().id, job.record.children_sent),
                                 settings.iceberg_jitter, Rounding::half_even);
    const Rate share = multiply(settings.iceberg_shown, 1_rate + around, Rounding::half_even);
    Quantity shown = multiply(job.parent().quantity, share, Rounding::floor);
    for (const VenueMarket& venue : job.now.venues) {
        const Listing& listing = venue.listing;
        const Price price = touch_price(venue.touch, job.parent().side);
        Quantity least = listing.quantity_min;
        if (price.is_positive()) {
            least = std::max(least, divide(listing.notional_min, price, Rounding::ceiling));
        }
        if (listing.lot.is_positive() && least.is_positive()) {
            least = round_to(least, listing.lot, Rounding::ceiling);
        }
        shown = std::max(shown, least);
    }
    return shown;
}

Instant refresh_at(const Job& job) {
    if (job.record.child_ended_at.is_none()) return job.now.now;
    const Settings& settings = job.settings;
    const Duration range = settings.iceberg_refresh_max - settings.iceberg_refresh_min;
    const auto chance = static_cast<std::int64_t>(
        draw(job.parent().id, ~std::uint64_t{job.record.children_sent}) & 0xFFFFU);
    return job.record.child_ended_at + settings.iceberg_refresh_min + range * chance / 0xFFFF;
}

} // namespace

void work_iceberg(Job& job) {
    const Duration over = job.parent().working.over;
    const Instant deadline = over > Duration{} ? job.record.opened_at + over : Instant{};
    if (!deadline.is_none() && job.now.now >= deadline) {
        if (job.parent().working.on_timeout == OnTimeout::cross) return cross_rest(job);
        return finish(job, events::ParentEnd::timed_out);
    }
    job.plan.next = deadline;
    if (!job.idle()) return;
    const Instant refresh = refresh_at(job);
    if (job.now.now < refresh) {
        job.plan.next = sooner(deadline, refresh);
        return;
    }
    const bool native = !job.now.venues.empty() &&
                        std::all_of(job.now.venues.begin(), job.now.venues.end(),
                                    [](const VenueMarket& v) { return v.listing.has_iceberg; });
    const Quantity shown = shown_of(job);
    const std::uint32_t slice = std::min(job.record.children_sent, first_cross_slice - 1);
    const bool placed =
        native ? rest_at_touch(job, job.left, slice, shown) : rest_at_touch(job, shown, slice);
    if (!placed) job.plan.next = sooner(deadline, job.now.now + Duration::seconds(1));
}

} // namespace grekko::execution
