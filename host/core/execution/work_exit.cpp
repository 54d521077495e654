#include <algorithm>

#include "core/execution/job.hpp"

namespace grekko::execution {
namespace {

constexpr std::uint32_t market_level = 3;

// How far through the touch this attempt goes.
Price limit_at(const Job& job, std::uint32_t level) {
    const Touch& best = job.now.view.best;
    Price touch = opposite_price(best, job.parent().side);
    if (!touch.is_positive() || !usable(best)) touch = job.now.view.mark.price;
    if (!touch.is_positive()) touch = job.parent().arrival;
    // A bar that went through the stop and came back: the exit is worth no more than the stop.
    const Price stop = job.now.stop;
    if (stop.is_positive()) touch = job.buy() ? std::max(touch, stop) : std::min(touch, stop);
    const std::uint32_t step = std::min(level, market_level - 1);
    return through(job.parent().side, touch, job.settings.escalation[step]);
}

Quantity holds(const Job& job, const VenueMarket& venue, Price price) {
    if (!job.buy()) return venue.free_base;
    const Price with_fee = price + multiply(price, venue.taker_fee, Rounding::ceiling);
    return checked_divide(venue.free_quote, with_fee, Rounding::floor).value_or(Quantity{});
}

Quantity planned_at(const Job& job, VenueId venue) {
    Quantity sum;
    for (const Order& order : job.plan.place) {
        if (order.venue == venue) sum += order.quantity;
    }
    return sum;
}

// What no visible level takes goes where most can be done, trading feed or not: it must leave.
void send_blind(Job& job, Quantity quantity, Price limit, std::uint32_t slice) {
    const VenueMarket* best = nullptr;
    Quantity best_room;
    for (const VenueMarket& venue : job.now.venues) {
        const Quantity room = holds(job, venue, limit) - planned_at(job, venue.listing.venue);
        if (room > best_room) {
            best = &venue;
            best_room = room;
        }
    }
    if (best == nullptr) return;
    quantity = std::min({quantity, job.left, best_room});
    if (best->listing.lot.is_positive() && quantity.is_positive()) {
        quantity = round_to(quantity, best->listing.lot, Rounding::floor);
    }
    if (!quantity.is_positive()) return;
    for (Order& order : job.plan.place) {
        if (order.venue != best->listing.venue) continue;
        order.quantity += quantity;
        job.left -= quantity;
        return;
    }
    add_child(job, best->listing.venue, quantity, slice);
}

bool sells_at_market(const Job& job, VenueId id) {
    const VenueMarket* venue = venue_of(job, id);
    return venue != nullptr && venue->has_market && venue->listing.status == TradingStatus::trading;
}

// To the less aggressive tick.
Price on_tick(const Job& job, VenueId id, Price price) {
    const VenueMarket* venue = venue_of(job, id);
    const Rounding inside = job.buy() ? Rounding::floor : Rounding::ceiling;
    return venue == nullptr ? price : to_tick(venue->listing, price, inside);
}

// Away from the market: a simulated venue fills at no better price than this one.
Price stop_on_tick(const Job& job, VenueId id) {
    const VenueMarket* venue = venue_of(job, id);
    const Rounding away = job.buy() ? Rounding::ceiling : Rounding::floor;
    return venue == nullptr ? job.now.stop : to_tick(venue->listing, job.now.stop, away);
}

Instant next_attempt(const Job& job) {
    if (job.record.attempts == 0) return job.now.now;
    if (job.record.misses > 0) return job.record.sent_at + job.settings.escalate_after;
    return job.record.child_ended_at + job.settings.exit_slice_pause;
}

// When an exit that has not been answered goes one step further. On a tape of bars nothing trades
// before the next bar opens: then.
Instant escalates_at(const Job& job) {
    const Instant soon = job.record.sent_at + job.settings.escalate_after;
    const MarketView& view = job.now.view;
    if (!view.bars_only) return soon;
    const Instant opened = view.last_bar_close + view.bar_interval + job.settings.escalate_after;
    const bool late = job.now.now >= opened;
    return std::max(soon, late ? job.record.sent_at + view.bar_interval / 10 : opened);
}

} // namespace

// A stop or a flatten: limit IOC 1 % through the touch, 2 %, 4 %, then market, until it is done.
void work_exit(Job& job) {
    if (!job.idle()) {
        job.plan.next = escalates_at(job);
        if (job.now.now >= job.plan.next) {
            cancel_children(job); // an IOC that does not answer
            job.plan.next = job.now.now + job.settings.escalate_after;
        }
        return;
    }
    job.plan.next = next_attempt(job);
    if (job.now.now < job.plan.next) return;
    const std::uint32_t level = std::min(job.record.misses, market_level);
    const std::uint32_t slice = std::min(job.record.attempts, std::uint32_t{254});
    const Price limit = limit_at(job, level);
    Quantity quantity = job.left;
    if (job.now.slice_max.is_positive()) quantity = std::min(quantity, job.now.slice_max);
    const Quantity before = job.left;
    take(job, quantity, limit, slice);
    send_blind(job, quantity - (before - job.left), limit, slice);
    for (Order& order : job.plan.place) {
        const bool market = level == market_level && sells_at_market(job, order.venue);
        order.type = market ? OrderType::market : OrderType::limit;
        order.time_in_force = TimeInForce::ioc;
        order.limit = market ? Price{} : on_tick(job, order.venue, limit);
        order.trigger = stop_on_tick(job, order.venue);
    }
    job.plan.next = job.now.now + job.settings.escalate_after;
}

void release_base(Job& job) {
    if (job.buy() || !reduces(job.parent().purpose) || !job.left.is_positive()) return;
    Quantity shortage = job.left;
    for (const VenueMarket& venue : job.now.venues) {
        shortage -= std::min(shortage, std::max(venue.free_base, Quantity{}));
    }
    for (const OrderId id : job.state.disaster_stops) {
        if (!shortage.is_positive()) return;
        const OrderRecord* stop = job.state.orders.find(id);
        if (stop == nullptr || !stop->open()) continue;
        if (stop->order.instrument != job.parent().instrument) continue;
        if (stop->order.side != Side::sell) continue;
        const Quantity held = stop->fillable();
        if (stop->cancel_wanted || stop->replacing()) {
            const Instant due = stop->asked_at + job.settings.stop_release_wait;
            if (job.now.now >= due) job.plan.query.push_back(id);
            const Instant again = std::max(due, job.now.now + job.settings.stop_release_wait);
            job.plan.next = sooner(job.plan.next, job.now.now >= due ? again : due);
        } else {
            const VenueMarket* venue = venue_of(job, stop->order.venue);
            const bool lower = venue != nullptr && venue->listing.replace_is_atomic &&
                               held > shortage && stop->acknowledged;
            Order smaller = stop->order;
            smaller.quantity -= lower ? shortage : Quantity{};
            if (lower && venue->listing.lot.is_positive()) {
                smaller.quantity = round_to(smaller.quantity, venue->listing.lot, Rounding::floor);
            }
            smaller.client_id = ClientOrderId{};
            if (lower && smaller.quantity > stop->filled) {
                job.plan.replace.push_back({id, smaller});
            } else {
                job.plan.cancel.push_back(id);
            }
            job.plan.next = sooner(job.plan.next, job.now.now + job.settings.stop_release_wait);
        }
        shortage -= std::min(shortage, held);
    }
}

} // namespace grekko::execution
