#include "paper/rules.hpp"

#include <grekko/events.h>

#include "paper/book/ladder.hpp"

namespace grekko::paper {
namespace {

bool has_limit(const grekko_request& r) {
    return r.type == GREKKO_LIMIT || r.type == GREKKO_STOP_LIMIT ||
           r.type == GREKKO_TAKE_PROFIT_LIMIT;
}

Refusal check_form(const grekko_request& r) {
    const bool post_only = (r.flags & GREKKO_ORDER_POST_ONLY) != 0;
    if (r.side != GREKKO_BUY && r.side != GREKKO_SELL) return {GREKKO_REJECT_INVALID, "no side"};
    if (r.type < GREKKO_LIMIT || r.type > GREKKO_TRAILING_STOP)
        return {GREKKO_REJECT_INVALID, "unknown order type"};
    if (r.time_in_force < GREKKO_GTC || r.time_in_force > GREKKO_GTD)
        return {GREKKO_REJECT_INVALID, "unknown time in force"};
    if (r.time_in_force == GREKKO_GTD && r.expires_at <= r.at)
        return {GREKKO_REJECT_INVALID, "expires in the past"};
    if (post_only && r.type != GREKKO_LIMIT)
        return {GREKKO_REJECT_INVALID, "post-only is for limit orders"};
    if (post_only && (r.time_in_force == GREKKO_IOC || r.time_in_force == GREKKO_FOK))
        return {GREKKO_REJECT_INVALID, "post-only cannot be immediate"};
    if (has_limit(r) && !Decimal{r.limit}.is_positive())
        return {GREKKO_REJECT_INVALID, "no limit price"};
    const bool needs_trigger = r.type >= GREKKO_STOP && r.type <= GREKKO_TAKE_PROFIT_LIMIT;
    if (needs_trigger && !Decimal{r.trigger}.is_positive())
        return {GREKKO_REJECT_INVALID, "no trigger price"};
    const Decimal trail{r.trail};
    if (r.type == GREKKO_TRAILING_STOP && (!trail.is_positive() || trail >= Decimal{1}))
        return {GREKKO_REJECT_INVALID, "the trail must be a fraction between 0 and 1"};
    return {};
}

Refusal check_price(const Listing& listing, Decimal price, Decimal last) {
    if (!is_multiple(price, listing.tick))
        return {GREKKO_REJECT_INVALID, "the price is no multiple of the tick"};
    const bool low = listing.price_min.is_positive() && price < listing.price_min;
    const bool high = listing.price_max.is_positive() && price > listing.price_max;
    if (low || high || price.raw() / listing.tick.raw() >= book::ticks_max)
        return {GREKKO_REJECT_PRICE_OUT_OF_BAND, "the price is outside of the product's range"};
    if (!last.is_positive()) return {};
    const Decimal change = divide(price - last, last, Round::toward_zero);
    if (listing.band_up.is_positive() && change > listing.band_up)
        return {GREKKO_REJECT_PRICE_OUT_OF_BAND, "too far above the last price"};
    if (listing.band_down.is_positive() && -change > listing.band_down)
        return {GREKKO_REJECT_PRICE_OUT_OF_BAND, "too far below the last price"};
    return {};
}

Refusal check_size(const Listing& listing, const grekko_request& r, Decimal price) {
    const Decimal quantity{r.quantity};
    if (!quantity.is_positive() || !is_multiple(quantity, listing.lot))
        return {GREKKO_REJECT_SIZE_OUT_OF_RANGE, "the quantity is no multiple of the lot"};
    if (r.type == GREKKO_MARKET && !is_multiple(quantity, listing.market_lot))
        return {GREKKO_REJECT_SIZE_OUT_OF_RANGE, "the quantity is no multiple of the market lot"};
    if (quantity < listing.quantity_min)
        return {GREKKO_REJECT_SIZE_OUT_OF_RANGE, "the quantity is below the minimum"};
    if (listing.quantity_max.is_positive() && quantity > listing.quantity_max)
        return {GREKKO_REJECT_SIZE_OUT_OF_RANGE, "the quantity is above the maximum"};
    const Decimal shown{r.shown};
    if (shown.is_negative() || shown > quantity || !is_multiple(shown, listing.lot))
        return {GREKKO_REJECT_SIZE_OUT_OF_RANGE, "the shown quantity makes no sense"};
    const Decimal notional =
        multiply(multiply(quantity, listing.contract_size, Round::down), price, Round::down);
    if (price.is_positive() && notional < listing.notional_min)
        return {GREKKO_REJECT_SIZE_OUT_OF_RANGE, "the value is below the minimum"};
    return {};
}

Refusal check_status(const grekko_request& r, std::uint8_t status) {
    const bool post_only = (r.flags & GREKKO_ORDER_POST_ONLY) != 0;
    switch (status) {
    case GREKKO_TRADING: return {};
    case GREKKO_LIMIT_ONLY:
        if (has_limit(r)) return {};
        return {GREKKO_REJECT_NOT_TRADING, "the product takes limit orders only"};
    case GREKKO_POST_ONLY:
        if (post_only) return {};
        return {GREKKO_REJECT_NOT_TRADING, "the product takes post-only orders only"};
    case GREKKO_CANCEL_ONLY: return {GREKKO_REJECT_NOT_TRADING, "the product is cancel-only"};
    default: return {GREKKO_REJECT_NOT_TRADING, "the product does not trade"};
    }
}

} // namespace

Refusal check_rules(const Listing& listing, const grekko_request& request, std::uint8_t status,
                    Decimal last) {
    if (const Refusal refusal = check_form(request)) return refusal;
    if (const Refusal refusal = check_status(request, status)) return refusal;
    const Decimal limit{request.limit};
    const Decimal trigger{request.trigger};
    if (has_limit(request)) {
        if (const Refusal refusal = check_price(listing, limit, last)) return refusal;
    }
    if (trigger.is_positive() && !is_multiple(trigger, listing.tick))
        return {GREKKO_REJECT_INVALID, "the trigger is no multiple of the tick"};
    const Decimal price = has_limit(request) ? limit : trigger.is_positive() ? trigger : last;
    return check_size(listing, request, price);
}

} // namespace grekko::paper
