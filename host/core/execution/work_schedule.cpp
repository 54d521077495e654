#include <algorithm>

#include "core/execution/job.hpp"

namespace grekko::execution {
namespace {

// TWAP or VWAP, laid out: n slices in T, slice k starting at T·(k + u)/n, u in 0.25..0.75.
struct Schedule {
    Instant begin, end;
    std::int64_t slices{1};
    std::int64_t current{-1}; // the last slice that has begun, -1: none
    Instant passive_end;      // of the current slice
    Instant next_start;       // of the slice after it, or the end
    Duration length() const { return end - begin; }
    Instant boundary(std::int64_t k) const {
        const Int128 offset = static_cast<Int128>(length().count()) * k / slices;
        return begin + Duration::nanoseconds(static_cast<std::int64_t>(offset));
    }
};

std::int64_t slices_of(const Job& job, Duration length) {
    const Settings& settings = job.settings;
    const Parent& parent = job.parent();
    std::int64_t slices = parent.working.slices;
    if (slices == 0) {
        slices = std::clamp(length.count() / settings.slice_each.count(), settings.slices_min,
                            settings.slices_max);
    }
    slices = std::min(slices, settings.slices_max);
    std::int64_t most = slices;
    for (const VenueMarket& venue : job.now.venues) {
        const Notional least = venue.listing.notional_min * settings.part_minimums;
        if (!least.is_positive()) continue;
        const auto value = checked_multiply(parent.arrival, parent.quantity, Rounding::floor);
        if (!value) continue;
        const Decimal count = divide(value->decimal(), least.decimal(), Rounding::floor);
        const Decimal whole = round_to(count, 1_d, Rounding::floor);
        if (whole < Decimal::whole(most)) {
            most = static_cast<std::int64_t>(whole.raw() / Decimal::whole(1).raw());
        }
    }
    return std::max<std::int64_t>(most, 1);
}

Instant start_of(const Job& job, const Schedule& schedule, std::int64_t k) {
    constexpr Int128 one = Int128{1} << 17U;
    const auto chance = draw(job.parent().id, static_cast<std::uint64_t>(k)) & 0xFFFFU;
    const Int128 place = one * k + one / 4 + static_cast<Int128>(chance);
    const Int128 offset =
        static_cast<Int128>(schedule.length().count()) * place / (one * schedule.slices);
    return schedule.begin + Duration::nanoseconds(static_cast<std::int64_t>(offset));
}

Schedule lay_out(const Job& job) {
    Schedule schedule;
    schedule.begin = job.record.opened_at;
    schedule.end = schedule.begin + job.parent().working.over;
    schedule.slices = slices_of(job, schedule.length());
    while (schedule.current + 1 < schedule.slices &&
           start_of(job, schedule, schedule.current + 1) <= job.now.now) {
        ++schedule.current;
    }
    schedule.next_start = schedule.current + 1 < schedule.slices
                              ? start_of(job, schedule, schedule.current + 1)
                              : schedule.end;
    if (schedule.current >= 0) {
        const Decimal slice = Decimal::whole(schedule.length().count() / schedule.slices);
        const Decimal part = multiply(slice, job.settings.slice_passive.decimal(), Rounding::floor);
        const auto count = static_cast<std::int64_t>(part.raw() / Decimal::whole(1).raw());
        schedule.passive_end =
            std::min(start_of(job, schedule, schedule.current) + Duration::nanoseconds(count),
                     schedule.next_start);
    }
    return schedule;
}

// Expected volume between two instants, from the profile by weekday and quarter of an hour.
Quantity expected_volume(const VolumeProfile& profile, Instant from, Instant to) {
    constexpr Duration quarter = Duration::minutes(15);
    constexpr std::int64_t monday_offset = 3 * 96; // 1970-01-01 was a Thursday
    Quantity sum;
    for (Instant at = from.floor(quarter); at < to; at = at + quarter) {
        const std::int64_t number = at.nanoseconds() / quarter.count() + monday_offset;
        const auto index =
            static_cast<std::size_t>(number % static_cast<std::int64_t>(VolumeProfile::quarters));
        const Duration overlap = std::min(to, at + quarter) - std::max(from, at);
        const Rate share{divide(Decimal::whole(overlap.count()), Decimal::whole(quarter.count()),
                                Rounding::half_even)};
        sum += multiply(profile.volume[index], share, Rounding::half_even);
    }
    return sum;
}

// What shall be filled at the end of the current slice.
Quantity target_of(const Job& job, const Schedule& schedule) {
    const Quantity whole = job.parent().quantity;
    const std::int64_t k = schedule.current + 1;
    if (k >= schedule.slices) return whole;
    const VolumeProfile* profile = job.now.profile;
    const bool vwap = job.parent().working.algorithm == Algorithm::vwap && profile != nullptr &&
                      profile->days >= job.settings.profile_days_min;
    if (vwap) {
        const Quantity all = expected_volume(*profile, schedule.begin, schedule.end);
        const Quantity now = expected_volume(*profile, schedule.begin, schedule.boundary(k));
        if (all.is_positive()) return multiply_divide(whole, now, all, Rounding::floor);
    }
    return multiply_divide(whole, Quantity::whole(k), Quantity::whole(schedule.slices),
                           Rounding::floor);
}

// What may be sent now: behind the target, at most two slices at once, within participation.
Quantity due_of(const Job& job, const Schedule& schedule) {
    const Quantity done = job.record.filled + job.open;
    Quantity due = target_of(job, schedule) - done;
    const Quantity slice = multiply_divide(job.parent().quantity, Quantity::whole(1),
                                           Quantity::whole(schedule.slices), Rounding::ceiling);
    due = std::min(due, slice * job.settings.catch_up_slices - job.open);
    if (job.now.traded) {
        const Quantity most =
            multiply(*job.now.traded, job.settings.participation_max, Rounding::floor);
        due = std::min(due, most - done);
    }
    return std::max(due, Quantity{});
}

void work_slice(Job& job, const Schedule& schedule) {
    const auto slice = static_cast<std::uint32_t>(schedule.current);
    const bool passive = job.now.now < schedule.passive_end;
    job.plan.next = passive ? schedule.passive_end : schedule.next_start;
    for (const OrderId id : job.record.children) {
        const OrderRecord* child = job.state.orders.find(id);
        if (child == nullptr || child->cancel_wanted) continue;
        const bool late = child->order.slice < slice || !passive;
        if (child->order.post_only && late) job.plan.cancel.push_back(id);
    }
    if (!job.idle()) return;
    const Quantity due = due_of(job, schedule);
    if (passive && job.record.attempts <= slice) {
        rest_at_touch(job, due, slice);
    } else if (!passive && job.record.crossed <= slice) {
        take(job, due, job.bound, slice);
    }
}

// Bars come so rarely that looking every second for the next would only make timers.
Duration pause_of(const MarketView& view) {
    const Duration look = Duration::seconds(1);
    return view.bars_only ? std::max(look, view.bar_interval / 60) : look;
}

} // namespace

void work_schedule(Job& job) {
    const Schedule schedule = lay_out(job);
    const bool enough =
        job.now.profile != nullptr && job.now.profile->days >= job.settings.profile_days_min;
    job.plan.profile_missing = job.parent().working.algorithm == Algorithm::vwap && !enough;
    if (job.now.now >= schedule.end) {
        const bool crosses = job.parent().working.on_timeout == OnTimeout::cross;
        if (crosses && !job.now.paused) return cross_rest(job);
        return finish(job, events::ParentEnd::timed_out);
    }
    if (schedule.current < 0) {
        job.plan.next = schedule.next_start;
        return;
    }
    if (job.now.paused) { // waits, and does not get more time for it
        job.plan.next = sooner(schedule.end, job.now.now + pause_of(job.now.view));
        return;
    }
    work_slice(job, schedule);
}

} // namespace grekko::execution
