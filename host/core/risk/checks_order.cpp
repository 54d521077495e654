// Checks 16-19: whether this order is worth its risk.
#include "core/risk/draft.hpp"

namespace grekko::risk {

namespace {

bool has_stop(const Draft& draft) { return draft.request.stop.is_positive(); }

bool stop_on_losing_side(const Draft& draft) {
    return draft.request.side == Side::buy ? draft.request.stop < draft.price
                                           : draft.request.stop > draft.price;
}

bool stop_is_sane(const Draft& draft) {
    if (!has_stop(draft) || !stop_on_losing_side(draft)) return false;
    const MarketView& market = draft.context.market;
    const Settings& settings = draft.settings;
    const Rate distance = stop_distance(draft);
    const Rate noise = std::max(
        scaled(market.spread, settings.stop_spreads_min, Rounding::ceiling),
        scaled(market.sigma(Duration::hours(1)), settings.stop_sigma_min, Rounding::ceiling));
    return distance >= noise && distance <= settings.stop_distance_max;
}

Rate expected_move(const Draft& draft) {
    const Request& request = draft.request;
    if (request.take.is_positive()) {
        const Price gain = request.side == Side::buy ? request.take - draft.price
                                                     : draft.price - request.take;
        return Rate{quotient(gain.decimal(), draft.price.decimal(), Rounding::floor)};
    }
    return draft.noise;
}

void check_value(Draft& draft) {
    const Settings& settings = draft.settings;
    Notional most = scaled(draft.base, settings.order_value_max, Rounding::floor);
    const bool capped = settings.order_value_cap.is_positive();
    if (capped) most = std::min(most, settings.order_value_cap);
    if (draft.leaving) {
        draft.slice(Check::order_value, affordable(most, draft.unit));
        return;
    }
    draft.block(Check::order_value, draft.worth(draft.requested) > most);
    draft.block(Check::order_value, draft.context.live && !capped);
}

void check_trade_risk(Draft& draft) {
    if (!has_stop(draft)) return;
    const Settings& settings = draft.settings;
    const Notional most = scaled(scaled(draft.base, settings.trade_risk_max, Rounding::floor),
                                 draft.context.terms.tolerance, Rounding::floor);
    const Price costs = scaled(scaled(draft.price, draft.context.costs.round_trip,
                                      Rounding::ceiling),
                               draft.scale, Rounding::ceiling);
    draft.reduce(Check::trade_risk, affordable(most, stop_loss_unit(draft) + costs));
}

}  // namespace

Price stop_loss_unit(const Draft& draft) {
    if (!has_stop(draft)) return Price{};
    return scaled((draft.price - draft.request.stop).abs(), draft.scale, Rounding::ceiling);
}

Rate stop_distance(const Draft& draft) {
    const Price distance = (draft.price - draft.request.stop).abs();
    return Rate{quotient(distance.decimal(), draft.price.decimal(), Rounding::half_even)};
}

void check_order(Draft& draft) {
    if (draft.on(Check::order_value)) check_value(draft);
    if (draft.on(Check::trade_risk)) check_trade_risk(draft);
    if (draft.on(Check::stop_sane)) draft.block(Check::stop_sane, !stop_is_sane(draft));
    if (!draft.on(Check::edge)) return;
    const Rate needed = scaled(draft.context.costs.round_trip,
                               draft.settings.edge_min(draft.context.terms.mode),
                               Rounding::ceiling);
    draft.block(Check::edge, expected_move(draft) < needed);
}

}  // namespace grekko::risk
