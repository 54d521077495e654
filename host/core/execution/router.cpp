#include "core/execution/router.hpp"

#include <algorithm>
#include <tuple>

namespace grekko::execution {
namespace {

// A level of some venue, as the router counts it.
struct Offer {
    std::size_t venue{0}; // index into the venues
    Price price, effective;
    Quantity quantity;
    Duration latency;
    VenueId id;
};

// What one venue gets in a plan.
struct Portion {
    Quantity quantity;
    Price worst;
    Notional cost;
};

struct Draft {
    std::vector<Portion> portions; // by venue index
    Quantity quantity;
    Notional cost;
};

bool inside(const RouteRequest& request, Price price) {
    if (!price.is_positive()) return false;
    if (request.limit.is_zero()) return true;
    return request.side == Side::buy ? price <= request.limit : price >= request.limit;
}

std::vector<Offer> offers_of(const Settings& settings, const RouteRequest& request,
                             const MarketView& view, std::span<const VenueMarket> venues) {
    std::vector<Offer> offers;
    for (std::size_t i = 0; i < venues.size(); ++i) {
        const VenueMarket& venue = venues[i];
        if (!venue.ready) continue;
        for (const PriceLevel& level : request.side == Side::buy ? venue.asks : venue.bids) {
            if (!inside(request, level.price)) break;
            const Quantity shown = multiply(level.quantity, settings.depth_share, Rounding::floor);
            const Quantity lot = venue.listing.lot;
            const Quantity counted =
                lot.is_positive() ? round_to(shown, lot, Rounding::floor) : shown;
            if (!counted.is_positive()) continue;
            const Price effective =
                effective_price(settings, view, venue, request.side, level.price);
            offers.push_back(
                {i, level.price, effective, counted, venue.latency, venue.listing.venue});
        }
    }
    const auto rank = [](const Offer& o) { return std::tuple{o.latency, o.id}; };
    std::stable_sort(offers.begin(), offers.end(), [&](const Offer& a, const Offer& b) {
        if (a.effective == b.effective) return rank(a) < rank(b);
        return request.side == Side::buy ? a.effective < b.effective : a.effective > b.effective;
    });
    return offers;
}

// What the balances of a venue allow at a price, beyond what the plan took of it already.
Quantity affordable(const RouteRequest& request, const VenueMarket& venue, const Portion& taken,
                    Price effective) {
    if (request.side == Side::sell) {
        return venue.free_base > taken.quantity ? venue.free_base - taken.quantity : Quantity{};
    }
    if (venue.free_quote <= taken.cost) return Quantity{};
    return divide(venue.free_quote - taken.cost, effective, Rounding::floor);
}

// The best levels first, of the venues that `allowed` names.
Draft fill_from(const std::vector<Offer>& offers, const RouteRequest& request,
                std::span<const VenueMarket> venues, const std::vector<bool>& allowed) {
    Draft draft;
    draft.portions.resize(venues.size());
    Quantity left = request.quantity;
    for (const Offer& offer : offers) {
        if (!left.is_positive()) break;
        if (!allowed[offer.venue]) continue;
        Portion& portion = draft.portions[offer.venue];
        const Quantity quantity =
            std::min({left, offer.quantity,
                      affordable(request, venues[offer.venue], portion, offer.effective)});
        if (!quantity.is_positive()) continue;
        portion.quantity += quantity;
        portion.worst = offer.price;
        portion.cost += multiply(offer.effective, quantity, Rounding::half_even);
        left -= quantity;
    }
    for (Portion& portion : draft.portions) {
        draft.quantity += portion.quantity;
        draft.cost += portion.cost;
    }
    return draft;
}

// Whether a part can stand: of a split at least `minimums` minimum notionals.
bool large_enough(const Portion& portion, const Listing& listing, std::int64_t minimums) {
    if (portion.quantity < listing.quantity_min) return false;
    const Notional value = multiply(portion.worst, portion.quantity, Rounding::floor);
    return value >= listing.notional_min * minimums;
}

// Drops the smallest part that cannot stand until all can, or one venue is left.
Draft best_split(const Settings& settings, const std::vector<Offer>& offers,
                 const RouteRequest& request, std::span<const VenueMarket> venues) {
    std::vector<bool> allowed(venues.size(), true);
    for (;;) {
        Draft draft = fill_from(offers, request, venues, allowed);
        std::size_t used = 0;
        std::size_t smallest = venues.size();
        for (std::size_t i = 0; i < venues.size(); ++i) {
            const Portion& portion = draft.portions[i];
            if (!portion.quantity.is_positive()) continue;
            ++used;
            if (large_enough(portion, venues[i].listing, settings.part_minimums)) continue;
            const bool smaller =
                smallest == venues.size() || portion.quantity < draft.portions[smallest].quantity;
            if (smaller) smallest = i;
        }
        if (used < 2 || smallest == venues.size()) return draft;
        allowed[smallest] = false;
    }
}

// One venue alone: it fills most, then costs least, then answers soonest, then has the lowest id.
Draft best_single(const std::vector<Offer>& offers, const RouteRequest& request,
                  std::span<const VenueMarket> venues) {
    Draft best;
    best.portions.resize(venues.size());
    std::size_t chosen = venues.size();
    for (std::size_t i = 0; i < venues.size(); ++i) {
        std::vector<bool> allowed(venues.size(), false);
        allowed[i] = true;
        Draft draft = fill_from(offers, request, venues, allowed);
        if (!draft.quantity.is_positive()) continue;
        if (!large_enough(draft.portions[i], venues[i].listing, 1)) continue;
        const bool buy = request.side == Side::buy;
        bool better = chosen == venues.size() || draft.quantity > best.quantity;
        if (!better && draft.quantity == best.quantity) {
            const bool equal = draft.cost == best.cost;
            const bool cheaper = buy ? draft.cost < best.cost : draft.cost > best.cost;
            const auto rank = [&](std::size_t v) {
                return std::tuple{venues[v].latency, venues[v].listing.venue};
            };
            better = cheaper || (equal && rank(i) < rank(chosen));
        }
        if (!better) continue;
        best = std::move(draft);
        chosen = i;
    }
    return best;
}

bool worth_splitting(const Settings& settings, const RouteRequest& request, const Draft& split,
                     const Draft& single) {
    std::size_t used = 0;
    for (const Portion& portion : split.portions)
        used += portion.quantity.is_positive() ? 1U : 0U;
    if (used < 2) return false;
    if (split.quantity != single.quantity) return split.quantity > single.quantity;
    const Notional saved =
        request.side == Side::buy ? single.cost - split.cost : split.cost - single.cost;
    return saved >= multiply(single.cost, settings.split_saving_min, Rounding::half_even);
}

// No book, only bars: everything where the fee is least.
Route route_without_book(const RouteRequest& request, const MarketView& view,
                         std::span<const VenueMarket> venues) {
    const VenueMarket* best = nullptr;
    const auto rank = [](const VenueMarket& v) {
        return std::tuple{v.taker_fee, v.latency, v.listing.venue};
    };
    for (const VenueMarket& venue : venues) {
        if (venue.ready && (best == nullptr || rank(venue) < rank(*best))) best = &venue;
    }
    Route result;
    result.unrouted = request.quantity;
    if (best == nullptr || !view.mark.price.is_positive()) return result;
    const Price wanted = request.limit.is_zero() ? view.mark.price : request.limit;
    const Price tick = best->listing.tick;
    const Rounding less = request.side == Side::buy ? Rounding::floor : Rounding::ceiling;
    const Price limit = tick.is_positive() ? round_to(wanted, tick, less) : wanted;
    if (!limit.is_positive()) return result;
    const Notional cost_each = multiply(limit, 1_quantity, Rounding::half_even);
    const Rate with_fee = 1_rate + best->taker_fee;
    Quantity quantity = request.quantity;
    if (request.side == Side::sell) {
        quantity = std::min(quantity, best->free_base);
    } else {
        const Notional each = multiply(cost_each, with_fee, Rounding::ceiling);
        const auto most =
            checked_divide(best->free_quote.decimal(), each.decimal(), Rounding::floor);
        quantity = std::min(quantity, Quantity{most.value_or(Decimal{})});
    }
    if (best->listing.lot.is_positive() && quantity.is_positive()) {
        quantity = round_to(quantity, best->listing.lot, Rounding::floor);
    }
    const Portion portion{quantity, limit, Notional{}};
    if (!quantity.is_positive() || !large_enough(portion, best->listing, 1)) return result;
    result.parts.push_back(
        {best->listing.venue, quantity, limit, multiply(limit, quantity, Rounding::half_even)});
    result.unrouted = request.quantity - quantity;
    return result;
}

} // namespace

Price effective_price(const Settings& settings, const MarketView& view, const VenueMarket& venue,
                      Side side, Price price) {
    const Rate sigma =
        multiply(view.sigma(venue.latency), settings.latency_risk, Rounding::half_even);
    const Price against = multiply(price, venue.taker_fee + sigma, Rounding::half_even);
    return side == Side::buy ? price + against : price - against;
}

Route route(const Settings& settings, const RouteRequest& request, const MarketView& view,
            std::span<const VenueMarket> venues) {
    Route result;
    result.unrouted = request.quantity;
    if (!request.quantity.is_positive()) return result;
    if (view.bars_only) return route_without_book(request, view, venues);
    const std::vector<Offer> offers = offers_of(settings, request, view, venues);
    const Draft split = best_split(settings, offers, request, venues);
    const Draft single = best_single(offers, request, venues);
    const Draft& chosen = worth_splitting(settings, request, split, single) ? split : single;
    std::size_t used = 0;
    for (const Portion& portion : chosen.portions)
        used += portion.quantity.is_positive() ? 1U : 0U;
    for (std::size_t i = 0; i < venues.size(); ++i) {
        Portion portion = chosen.portions[i];
        const Listing& listing = venues[i].listing;
        if (!portion.quantity.is_positive()) continue;
        if (listing.lot.is_positive()) {
            portion.quantity = round_to(portion.quantity, listing.lot, Rounding::floor);
        }
        const std::int64_t minimums = used > 1 ? settings.part_minimums : 1;
        if (!portion.quantity.is_positive() || !large_enough(portion, listing, minimums)) continue;
        result.parts.push_back({listing.venue, portion.quantity, portion.worst, portion.cost});
        result.unrouted -= portion.quantity;
    }
    std::stable_sort(
        result.parts.begin(), result.parts.end(),
        [](const RoutePart& a, const RoutePart& b) { return a.quantity > b.quantity; });
    return result;
}

} // namespace grekko::execution
