// Checks 10-15: whether the market can be believed and can bear the order.
#include "base/planted.hpp"
#include "core/risk/draft.hpp"

namespace grekko::risk {

namespace {

// |a − b| <= share of b.
bool within(Price a, Price b, Rate share) {
    const Price gap = (a - b).abs();
    // Nearly always near: a shift says so without a product.
    if (share >= 0.0078125_rate && gap.raw() <= b.raw() >> 7U) return true;
    return gap <= scaled(b, share, Rounding::floor);
}

bool is_marketable(const Draft& draft) {
    const MarketView& market = draft.context.market;
    const bool buys = draft.request.side == Side::buy;
    const Price touch = market.best.two_sided ? (buys ? market.best.ask : market.best.bid)
                                              : draft.mark;
    return buys ? draft.limit >= touch : draft.limit <= touch;
}

bool outside_collar(const Draft& draft) {
    const Settings& settings = draft.settings;
    if (draft.limit.is_zero()) return false;
    if (!is_marketable(draft)) {
        return !within(draft.limit, draft.mark, settings.collar_resting);
    }
    const Rate collar = draft.leaving ? settings.collar_exit : settings.collar_marketable;
    return !within(draft.limit, draft.mark, collar);
}

Quantity depth_taken(const MarketView& market, Side side) {
    return side == Side::buy ? market.depth_ask_20bp : market.depth_bid_20bp;
}

// On bars: ½ spread + 0.7 · σ(1 d) · √(q / V) within the limit, solved for q.
Quantity impact_quantity(const Settings& settings, const MarketView& market) {
    const Rate half_spread{quotient(market.spread.decimal(), 2_d, Rounding::ceiling)};
    const Rate room = settings.slippage_max - half_spread;
    if (!room.is_positive()) return Quantity{};
    const Rate reach =
        scaled(market.sigma(Duration::days(1)), settings.impact_factor, Rounding::ceiling);
    if (reach.is_zero()) return market.volume_24h;
    const Decimal root = quotient(room.decimal(), reach.decimal(), Rounding::floor);
    const Decimal share = product(root, root, Rounding::floor);
    return Quantity{product(market.volume_24h.decimal(), share, Rounding::floor)};
}

Quantity slippage_quantity(const Draft& draft) {
    const MarketView& market = draft.context.market;
    if (market.bars_only) return impact_quantity(draft.settings, market);
    if (draft.context.costs.takeable.is_positive()) return draft.context.costs.takeable;
    return depth_taken(market, draft.request.side);
}

Quantity times(Quantity quantity, std::uint32_t count) {
    return Quantity{product(quantity.decimal(), Decimal::whole(count), Rounding::floor)};
}

}  // namespace

Rate data_age(const Settings& settings, const MarketView& market, Instant now) {
    const Instant at = market.bars_only ? market.last_bar_close : market.best.at;
    const Decimal age = Decimal::whole((now - at).count());
    const Decimal limit =
        market.bars_only ? product(Decimal::whole(market.bar_interval.count()),
                                   settings.bar_age_max.decimal(), Rounding::floor)
                         : Decimal::whole(settings.book_age_max.count());
    if (!age.is_positive()) return Rate{};
    return Rate{quotient(age, limit, Rounding::ceiling)};
}

bool data_is_old(const Settings& settings, const MarketView& market, Instant now) {
    if (!market.bars_only) {
        return market.best.gapped || now - market.best.at > settings.book_age_max;
    }
    return data_age(settings, market, now) > Rate::whole(1);
}

bool book_is_sane(const Settings& settings, const MarketView& market) {
    if (!market.bars_only && (!market.best.two_sided || market.best.crossed)) return false;
    if (market.spread <= settings.spread_max) return true;
    return market.spread <=
           scaled(market.spread_median_1h, settings.spread_median_factor, Rounding::floor);
}

bool mark_in_doubt(const Settings& settings, const MarketView& market, Price mark) {
    const Price mean = market.vwap_1min;
    if (mean.is_positive() && !within(mark, mean, settings.collar_vwap)) return true;
    const Price others = market.median_other_venues;
    return others.is_positive() && !within(mark, others, settings.collar_venues);
}

Quantity volume_share(const Settings& settings, const MarketView& market, Side side) {
    const Quantity volume = market.bars_only ? market.last_bar_volume : market.volume_5min;
    const Quantity by_volume = scaled(volume, settings.participation_volume, Rounding::floor);
    if (market.bars_only) return by_volume;
    return std::min(by_volume, scaled(depth_taken(market, side), settings.participation_depth,
                                      Rounding::floor));
}

void check_market(Draft& draft) {
    const Settings& settings = draft.settings;
    const MarketView& market = draft.context.market;
    // What is held without a price is in no sum of exposure: nothing may be added to the rest.
    const bool unpriced = draft.state.valuation.unpriced > 0;
    const bool old = unpriced || !market.mark.known() ||
                     data_is_old(settings, market, draft.context.now);
    const bool insane = !book_is_sane(settings, market);
    if (planted(Bug::stale_price_traded)) return;
    draft.leaving ? draft.warn(Check::data_age, old) : draft.block(Check::data_age, old);
    draft.leaving ? draft.warn(Check::book_sane, insane) : draft.block(Check::book_sane, insane);
    draft.block(Check::collar,
                outside_collar(draft) || mark_in_doubt(settings, market, draft.mark));

    const bool takes = !draft.request.post_only &&
                       draft.request.working.urgency != Urgency::passive;
    if (takes) {
        draft.reduce_or_slice(Check::slippage, times(slippage_quantity(draft), draft.parts));
    }
    draft.reduce_or_slice(
        Check::participation,
        times(volume_share(settings, market, draft.request.side), draft.parts));

    if (market.sigma_1min_median_7d.is_positive()) {
        const Rate usual = market.sigma_1min_median_7d;
        const Rate most = scaled(usual, settings.volatility_max, Rounding::floor);
        const Rate much = scaled(usual, settings.volatility_warn, Rounding::floor);
        draft.block(Check::volatility, market.sigma_1min > most);
        draft.warn(Check::volatility, market.sigma_1min > much);
    }
}

}  // namespace grekko::risk
