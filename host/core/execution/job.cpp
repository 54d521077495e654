#include "core/execution/job.hpp"

#include <algorithm>
#include <tuple>

namespace grekko::execution {
namespace {

Quantity to_lot(const Listing& listing, Quantity quantity) {
    if (!listing.lot.is_positive() || !quantity.is_positive()) return quantity;
    return round_to(quantity, listing.lot, Rounding::floor);
}

bool above_minimum(const Listing& listing, Quantity quantity, Price price) {
    if (!quantity.is_positive() || quantity < listing.quantity_min) return false;
    return multiply(price, quantity, Rounding::floor) >= listing.notional_min;
}

// The venue where resting is best: price after the maker fee, then latency, then id.
const VenueMarket* best_touch(const Job& job) {
    const VenueMarket* best = nullptr;
    Price best_price;
    const auto after_fee = [&](const VenueMarket& venue) {
        const Price price = touch_price(venue.touch, job.parent().side);
        const Price fee = multiply(price, venue.maker_fee, Rounding::half_even);
        return job.buy() ? price + fee : price - fee;
    };
    const auto rank = [](const VenueMarket& v) { return std::tuple{v.latency, v.listing.venue}; };
    for (const VenueMarket& venue : job.now.venues) {
        if (!venue.ready || !usable(venue.touch)) continue;
        const Price price = after_fee(venue);
        const bool cheaper = job.buy() ? price < best_price : price > best_price;
        const bool tie = price == best_price && best != nullptr && rank(venue) < rank(*best);
        if (best == nullptr || cheaper || tie) {
            best = &venue;
            best_price = price;
        }
    }
    return best;
}

// What the venue's balance allows at a price.
Quantity affordable(const Job& job, const VenueMarket& venue, Price price) {
    if (!job.buy()) return venue.free_base;
    const Price with_fee = price + multiply(price, venue.maker_fee, Rounding::ceiling);
    const auto most = checked_divide(venue.free_quote, with_fee, Rounding::floor);
    return most.value_or(Quantity{});
}

} // namespace

const VenueMarket* venue_of(const Job& job, VenueId id) {
    const auto found = std::ranges::find_if(
        job.now.venues, [&](const VenueMarket& venue) { return venue.listing.venue == id; });
    return found == job.now.venues.end() ? nullptr : &*found;
}

Price to_tick(const Listing& listing, Price price, Rounding mode) {
    return listing.tick.is_positive() ? round_to(price, listing.tick, mode) : price;
}

bool usable(const Touch& touch) {
    return touch.two_sided && !touch.crossed && !touch.gapped;
}

Price touch_price(const Touch& touch, Side side) {
    return side == Side::buy ? touch.bid : touch.ask;
}
Price opposite_price(const Touch& touch, Side side) {
    return side == Side::buy ? touch.ask : touch.bid;
}

Price stricter(Side side, Price a, Price b) {
    if (a.is_zero()) return b;
    if (b.is_zero()) return a;
    return side == Side::buy ? std::min(a, b) : std::max(a, b);
}

Price through(Side side, Price price, Rate fraction) {
    const Price distance = multiply(price, fraction, Rounding::floor);
    return side == Side::buy ? price + distance : price - distance;
}

Price bound_of(const Settings& settings, const ParentRecord& record, const WorkContext& now) {
    const Parent& parent = record.parent;
    const Price mark = now.view.mark.known() ? now.view.mark.price : parent.arrival;
    // An increase is bound by the mark it was decided on, and by the collar around the mark of now:
    // a price that has come towards us is no reason to send what check 12 denies.
    const Price protection =
        reduces(parent.purpose)
            ? through(parent.side, mark, settings.protection_reduce)
            : stricter(parent.side, parent.protection,
                       through(parent.side, mark, settings.protection_increase));
    return stricter(parent.side, parent.limit, protection);
}

std::uint64_t draw(ParentId parent, std::uint64_t number) {
    std::uint64_t x = parent.value() * 0x9E3779B97F4A7C15U + number * 0xD1B54A32D192ED03U;
    x = (x ^ x >> 30U) * 0xBF58476D1CE4E5B9U;
    x = (x ^ x >> 27U) * 0x94D049BB133111EBU;
    return x ^ x >> 31U;
}

Instant sooner(Instant a, Instant b) {
    if (a.is_none()) return b;
    if (b.is_none()) return a;
    return std::min(a, b);
}

Order& add_child(Job& job, VenueId venue, Quantity quantity, std::uint32_t slice) {
    const Parent& parent = job.parent();
    Order order;
    order.parent = parent.id;
    order.intent = parent.intent;
    order.stop = parent.stop;
    order.agent = parent.agent;
    order.instrument = parent.instrument;
    order.venue = venue;
    order.side = parent.side;
    order.purpose = parent.purpose;
    order.reduce_only = reduces(parent.purpose);
    order.slice = static_cast<std::uint8_t>(std::min<std::uint32_t>(slice, 255));
    order.quantity = quantity;
    order.reference = job.now.view.mark.known() ? job.now.view.mark.price : parent.arrival;
    job.left -= quantity;
    return job.plan.place.emplace_back(order);
}

namespace {

// An order moves the price that it takes, and the price moves while it is on its way: at the worst
// level planned and not a tick beyond it would fill in scraps. So it may reach as far beyond as it
// is expected to move the price, and never less far than urgency normal goes through the touch, all
// inside the limit of the parent and short of an own order. What it pays is what the levels ask.
Price with_room(const Job& job, const RoutePart& part, Price limit) {
    const VenueMarket* venue = venue_of(job, part.venue);
    const Price tick = venue == nullptr ? Price{} : venue->listing.tick;
    if (job.now.view.bars_only || !tick.is_positive()) return part.limit;
    const Rate room = std::max(job.now.impact, job.settings.normal_within);
    const Side side = job.parent().side;
    const Rounding away = job.buy() ? Rounding::ceiling : Rounding::floor;
    const Rounding inside = job.buy() ? Rounding::floor : Rounding::ceiling;
    const Price moved = round_to(through(side, part.limit, room), tick, away);
    Price reach = round_to(stricter(side, moved, limit), tick, inside);
    const Price own = job.buy() ? venue->own_ask : venue->own_bid;
    if (own.is_positive()) reach = stricter(side, reach, job.buy() ? own - tick : own + tick);
    return job.buy() ? std::max(reach, part.limit) : std::min(reach, part.limit);
}

} // namespace

bool take(Job& job, Quantity quantity, Price limit, std::uint32_t slice) {
    quantity = std::min(quantity, job.left);
    if (job.now.slice_max.is_positive()) quantity = std::min(quantity, job.now.slice_max);
    if (!quantity.is_positive()) return false;
    const Route route = execution::route(job.settings, {job.parent().side, quantity, limit},
                                         job.now.view, job.now.venues);
    for (const RoutePart& part : route.parts) {
        Order& order = add_child(job, part.venue, part.quantity, slice);
        order.time_in_force = TimeInForce::ioc;
        order.limit = with_room(job, part, limit);
    }
    return !route.parts.empty();
}

bool rest_at_touch(Job& job, Quantity quantity, std::uint32_t slice, Quantity shown) {
    const VenueMarket* venue = best_touch(job);
    if (venue == nullptr) return false;
    const Side side = job.parent().side;
    const Price touch = touch_price(venue->touch, side);
    const Rounding mode = job.buy() ? Rounding::floor : Rounding::ceiling;
    const Price price = to_tick(venue->listing, stricter(side, touch, job.bound), mode);
    if (!price.is_positive()) return false;
    quantity = std::min({quantity, job.left, affordable(job, *venue, price)});
    if (job.now.slice_max.is_positive()) quantity = std::min(quantity, job.now.slice_max);
    quantity = to_lot(venue->listing, quantity);
    if (!above_minimum(venue->listing, quantity, price)) return false;
    Order& order = add_child(job, venue->listing.venue, quantity, slice);
    order.post_only = true;
    order.limit = price;
    order.shown = shown < quantity ? shown : Quantity{};
    if (venue->has_gtd && !reduces(order.purpose)) {
        order.time_in_force = TimeInForce::gtd;
        order.expires_at = sooner(job.now.now + job.settings.resting_gtd, job.parent().expires_at);
    }
    return true;
}

void cancel_children(Job& job) {
    for (const OrderId id : job.record.children) {
        const OrderRecord* child = job.state.orders.find(id);
        if (child != nullptr && !child->cancel_wanted) job.plan.cancel.push_back(id);
    }
}

void finish(Job& job, events::ParentEnd end) {
    if (job.idle()) {
        job.plan.end = end;
    } else {
        cancel_children(job);
    }
}

void cross_rest(Job& job) {
    if (!job.idle()) return cancel_children(job);
    const std::uint32_t crossed = job.record.crossed;
    const std::uint32_t done = crossed > first_cross_slice ? crossed - first_cross_slice : 0;
    if (done > job.settings.reroutes_max) return finish(job, events::ParentEnd::timed_out);
    if (!take(job, job.left, job.bound, first_cross_slice + done)) {
        finish(job, events::ParentEnd::no_route);
    }
}

} // namespace grekko::execution
