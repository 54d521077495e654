// What a trade costs (trading rules §1): fee, spread and impact, as fractions of price.
#include <algorithm>

#include "core/market/market.hpp"
#include "core/market/mark.hpp"

namespace grekko::market {
namespace {

// Mean price of `quantity` beyond the touch, as a fraction of the touch. What the visible book
// cannot fill counts at its worst price.
Rate walk(const Slot& slot, Side side, Quantity quantity) {
    const auto levels = slot.book.side(side);
    if (levels.empty() || quantity.is_zero()) return {};
    const Price touch = levels.back().price;
    Quantity rest = quantity;
    Notional beyond;
    for (auto level = levels.rbegin(); level != levels.rend() && !rest.is_zero(); ++level) {
        const bool last = level + 1 == levels.rend();
        const Quantity part = last ? rest : std::min(rest, level->quantity);
        beyond += multiply((level->price - touch).abs(), part, Rounding::half_even);
        rest -= part;
    }
    return ratio(divide(beyond, quantity, Rounding::half_even), touch, Rounding::half_even);
}

}  // namespace

// 0.7 · σ(1 d) · √(q / V24h); zero while volatility or volume is unknown.
Rate Market::impact(const MarketView& view, Quantity quantity) const {
    if (!view.volume_24h.is_positive()) return {};
    const std::optional<Decimal> share = checked_divide(
        quantity.decimal(), view.volume_24h.decimal(), Rounding::half_even);
    if (!share) return {};
    const Rate sigma = multiply(view.sigma(Duration::days(1)), settings_.impact_factor,
                                Rounding::half_even);
    return multiply(sigma, Rate{square_root(*share)}, Rounding::half_even);
}

Rate Market::half_spread_of_bars(InstrumentId id, VenueId venue, Price price) const {
    const bool major = universe_.instrument(id).major;
    const Rate least = major ? settings_.bar_half_spread_major : settings_.bar_half_spread;
    const Listing* listing = universe_.listing(id, venue);
    if (listing == nullptr || !price.is_positive()) return least;
    const Rate half_tick = ratio(listing->tick, price * 2, Rounding::half_even);
    return std::max(least, half_tick);
}

CostEstimate Market::cost(const Listing& listing, Quantity quantity, Urgency urgency,
                          Instant now) const {
    CostEstimate cost;
    const InstrumentId id = listing.instrument;
    const Slot* slot = find_slot(id, listing.venue);
    if (slot == nullptr) return cost;
    const MarketView view = this->view(id, listing.venue, now);
    const bool booked = slot->gives_mark(now);
    const Rate spread = booked ? view.spread
                               : half_spread_of_bars(id, listing.venue, view.mark.price) * 2;
    const Rate modelled = impact(view, quantity.abs());
    const Side first = quantity.is_negative() ? Side::buy : Side::sell;  // the side it takes from
    const auto taker = [&](Side side) {
        return std::max(booked ? walk(*slot, side, quantity.abs()) : Rate{}, modelled);
    };
    const Rate half = divide(spread, 2_rate, Rounding::half_even);
    cost.exit = listing.taker_fee + half + taker(opposite(first));
    if (urgency == Urgency::passive) {
        cost.fee = listing.maker_fee;
        cost.half_spread = divide(spread, 4_rate, Rounding::half_even);
    } else {
        cost.fee = listing.taker_fee;
        cost.half_spread = half;
        cost.impact = taker(first);
    }
    cost.entry = cost.fee + cost.half_spread + cost.impact;
    cost.round_trip = cost.entry + cost.exit;
    return cost;
}

}  // namespace grekko::market
