// Checks 7-9: the price and size that a venue takes. Prices are rounded to the less aggressive
// tick, sizes down to the lot; an exit that is too small for its venue is dust, not an error.
#include "core/risk/draft.hpp"

namespace grekko::risk {

namespace {

Price rounded_price(const Draft& draft, const Listing& listing) {
    if (!listing.tick.is_positive() || draft.limit.is_zero()) return draft.limit;
    const Rounding mode =
        draft.request.side == Side::buy ? Rounding::floor : Rounding::ceiling;
    return Price{bounded(checked_round_to(draft.limit.decimal(), listing.tick.decimal(), mode),
                         false)};
}

bool outside_bands(const Draft& draft, const Listing& listing) {
    const Price limit = draft.limit;
    if (limit.is_zero()) return false;
    if (listing.price_min.is_positive() && limit < listing.price_min) return true;
    if (listing.price_max.is_positive() && limit > listing.price_max) return true;
    const Price down = scaled(draft.mark, listing.band_down, Rounding::floor);
    const Price up = scaled(draft.mark, listing.band_up, Rounding::floor);
    if (listing.band_down.is_positive() && limit < draft.mark - down) return true;
    return listing.band_up.is_positive() && limit > draft.mark + up;
}

Quantity step_of(const Draft& draft, const Listing& listing) {
    const bool market = draft.request.type == OrderType::market;
    return market && listing.market_lot.is_positive() ? listing.market_lot : listing.lot;
}

Quantity smallest(const Draft& draft, const Listing& listing) {
    return std::max(listing.quantity_min, step_of(draft, listing));
}

// In the quote currency, at the lower of limit and M: what a venue would see at worst.
bool reaches_minimum(const Draft& draft, const Listing& listing, Quantity quantity) {
    const Price worst = draft.limit.is_zero() ? draft.mark : std::min(draft.limit, draft.mark);
    const Quantity units =
        scaled(quantity, Rate{draft.context.instrument.contract_size.decimal()},
               Rounding::toward_zero);
    const Notional least = scaled(listing.notional_min,
                                  Rate::whole(1) + draft.settings.notional_margin,
                                  Rounding::ceiling);
    return value(worst, units, Rounding::toward_zero) >= least;
}

}  // namespace

Quantity in_lots(const Draft& draft, Quantity quantity) {
    const Listing* listing = draft.context.listing;
    if (listing == nullptr || !has(draft.applies, Check::size_form)) return quantity;
    const Quantity step = step_of(draft, *listing);
    if (!step.is_positive()) return quantity;
    return round_to(quantity, step, Rounding::toward_zero);
}

bool form_holds(const Draft& draft, Quantity quantity) {
    const Listing* listing = draft.context.listing;
    if (!quantity.is_positive()) return false;
    if (listing == nullptr) return true;
    if (draft.on(Check::size_form) && quantity < smallest(draft, *listing)) return false;
    return !draft.on(Check::notional) || reaches_minimum(draft, *listing, quantity);
}

void check_form(Draft& draft) {
    const Listing* listing = draft.context.listing;
    if (listing == nullptr) return;
    if (draft.on(Check::price_form)) {
        draft.limit = rounded_price(draft, *listing);
        const bool vanished = draft.limit.is_zero() && draft.request.limit.is_positive();
        draft.block(Check::price_form, vanished || outside_bands(draft, *listing));
    }
    const bool exit = draft.leaving || draft.stopping;
    const Quantity lots = in_lots(draft, draft.requested);
    draft.reduce(Check::size_form, lots);
    const bool small = draft.on(Check::size_form) && lots < smallest(draft, *listing);
    const bool cheap =
        draft.on(Check::notional) && !reaches_minimum(draft, *listing, lots);
    draft.too_small = exit && (small || cheap);
    draft.block(Check::size_form, small && !exit);
    draft.block(Check::notional, cheap && !exit);
    if (!listing->quantity_max.is_positive()) return;
    draft.block(Check::size_form, lots > listing->quantity_max && !exit);
    if (exit) draft.slice(Check::size_form, listing->quantity_max);
}

}  // namespace grekko::risk
