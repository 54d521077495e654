#include "core/risk/stops_disaster.hpp"

#include <algorithm>

#include "core/risk/money.hpp"
#include "core/risk/stops_parts.hpp"

namespace grekko::risk {

using namespace stop_parts;

namespace {

// Farther from the market of two triggers of a position side.
Price farther(Price a, Price b, bool is_long_net) {
    return is_long_net ? std::min(a, b) : std::max(a, b);
}

Price away(Price from, Rate by, bool down) {
    const Price distance = scaled(from, by, Rounding::half_even);
    return down ? from - distance : from + distance;
}

struct Place {
    Price wanted;              // zero: no stop of this side is armed
    Price nearest;             // nearer to the market it could fire before a host stop
};

Place place(const Stops& stops, const StopSettings& settings, InstrumentId instrument,
            bool is_long_net) {
    Place found;
    const InstrumentStops& lines = of(stops, instrument);
    for (const Line& line : is_long_net ? lines.below : lines.above) {
        if (line.kind != LineKind::stop) continue;
        const StopRecord& stop = *find(stops, line.id);
        const Price from = stop.extreme.is_positive() ? stop.extreme : stop.stop;
        const Price behind = is_long_net ? from - stop.stop : stop.stop - from;
        const Rate distance{
            quotient(std::max(behind, Price{}).decimal(), from.decimal(), Rounding::half_even)};
        const Rate wide = std::clamp(
            Rate{product(distance.decimal(), settings.disaster_factor.decimal(),
                         Rounding::half_even)},
            settings.disaster_min, settings.disaster_max);
        const Price beyond = away(stop.stop, settings.disaster_beyond, is_long_net);
        const Price wanted = farther(away(from, wide, is_long_net), beyond, is_long_net);
        const bool first = found.wanted.is_zero();
        found.wanted = first ? wanted : farther(found.wanted, wanted, is_long_net);
        found.nearest = first ? beyond : farther(found.nearest, beyond, is_long_net);
    }
    return found;
}

Price to_tick(Price price, Price tick, Rounding mode) {
    return tick.is_positive() ? round_to(price, tick, mode) : price;
}

// Zero where nothing can rest: too small for the venue.
Quantity wanted_quantity(const DisasterContext& context, Price price) {
    const Listing& listing = context.listing;
    Quantity quantity = context.net.abs();
    if (!context.on_margin) quantity = std::max(quantity - context.exiting, Quantity{});
    if (listing.quantity_max.is_positive()) quantity = std::min(quantity, listing.quantity_max);
    if (listing.lot.is_positive()) quantity = round_to(quantity, listing.lot, Rounding::floor);
    if (quantity < listing.quantity_min) return Quantity{};
    if (value(price, quantity, Rounding::floor) < listing.notional_min) return Quantity{};
    return quantity;
}

bool configured(const StopSettings& settings, const DisasterContext& context) {
    if (settings.disaster == DisasterMode::off || !context.listing.has_stop_orders) return false;
    return settings.disaster == DisasterMode::on || context.live;
}

// It stays while it is near the wanted trigger and beyond every host stop.
bool well_placed(const StopSettings& settings, const DisasterOrder& resting, const Place& place,
                 bool is_long_net) {
    const bool inside = is_long_net ? resting.trigger > place.nearest
                                    : resting.trigger < place.nearest;
    const Price most = scaled(place.wanted, settings.disaster_drift, Rounding::floor);
    return !inside && (resting.trigger - place.wanted).abs() < most;
}

// Quiet for the debounce, or old enough.
Instant settled_at(const StopSettings& settings, const InstrumentStops& instrument) {
    if (instrument.changed_first.is_none()) return Instant{};
    return std::min(instrument.changed_last + settings.disaster_debounce,
                    instrument.changed_first + settings.disaster_within);
}

DisasterPlan without(const DisasterContext& context) {
    DisasterPlan plan;
    plan.action = context.resting ? DisasterAction::cancel : DisasterAction::none;
    if (context.resting) plan.side = context.resting->side;
    return plan;
}

}  // namespace

DisasterPlan disaster(const Stops& stops, const StopSettings& settings,
                      const DisasterContext& context) {
    const bool is_long_net = context.net.is_positive();
    if (!configured(settings, context) || context.net.is_zero()) return without(context);
    Place where = place(stops, settings, context.instrument, is_long_net);
    const Side side = is_long_net ? Side::sell : Side::buy;
    const bool fits = context.resting && context.resting->side == side;
    if (where.wanted.is_zero() && fits) where.wanted = where.nearest = context.resting->trigger;
    if (!where.wanted.is_positive()) return without(context);

    const Listing& listing = context.listing;
    DisasterPlan plan;
    plan.side = side;
    const bool stays = fits && well_placed(settings, *context.resting, where, is_long_net);
    plan.trigger = stays ? context.resting->trigger
                         : to_tick(where.wanted, listing.tick,
                                   is_long_net ? Rounding::ceiling : Rounding::floor);
    plan.limit = to_tick(away(plan.trigger, settings.disaster_limit, is_long_net), listing.tick,
                         is_long_net ? Rounding::floor : Rounding::ceiling);
    plan.quantity = wanted_quantity(context, plan.limit);
    const auto& plain = settings.disaster_market;
    if (std::find(plain.begin(), plain.end(), listing.venue) != plain.end()) {
        plan.type = OrderType::stop;
        plan.limit = Price{};
    }
    if (plan.quantity.is_zero() || (context.resting && !fits)) {
        const Quantity open = plan.quantity;
        plan = without(context);
        plan.uncovered = open;
        return plan;
    }
    const Quantity resting = fits ? context.resting->quantity : Quantity{};
    plan.uncovered = std::max(plan.quantity - resting, Quantity{});
    if (stays && plan.quantity == resting) return plan;
    plan.action = fits ? DisasterAction::replace : DisasterAction::place;
    const Instant settled = settled_at(settings, of(stops, context.instrument));
    if (plan.quantity >= resting && context.now < settled) {
        plan.action = DisasterAction::wait;
        plan.at = settled;
    }
    return plan;
}

}  // namespace grekko::risk
