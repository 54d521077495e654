// Check 41: the ten factors of the score from what the draft knows, on the size that the other
// checks left. A factor whose base is unknown counts as zero, one whose limit is zero as one.
#include "core/risk/draft.hpp"

namespace grekko::risk {

namespace {

Rate clamped(Decimal value) { return Rate{std::clamp(value, 0_d, 1_d)}; }

Rate size_factor(const Draft& draft) {
    const Sums& sums = risk::row(draft.state.exposure, draft.request.instrument).sums;
    const bool buys = draft.request.side == Side::buy;
    const Quantity added = std::max(draft.quantity - draft.credit, Quantity{});
    const Quantity end = buys ? sums.long_end() + added : sums.short_end() - added;
    const Quantity worst = std::max(end.abs(), sums.worst());
    return share_of(draft.worth(worst),
                    instrument_limit(draft.settings, draft.base, draft.context.instrument));
}

Rate heat_factor(const Draft& draft) {
    const Notional added = value(stop_loss_unit(draft), draft.quantity, Rounding::ceiling);
    return share_of(draft.state.valuation.heat + added,
                    scaled(draft.base, draft.settings.heat_max, Rounding::floor));
}

Rate volatility_factor(const MarketView& market) {
    if (!market.sigma_1h_median_30d.is_positive()) return Rate{};
    const Decimal now = market.sigma(Duration::hours(1)).decimal();
    const Decimal times =
        quotient(now, market.sigma_1h_median_30d.decimal(), Rounding::half_even);
    return clamped(quotient(times - 1_d, 3_d, Rounding::half_even));
}

Rate liquidity_factor(const Draft& draft) {
    const MarketView& market = draft.context.market;
    const Settings& settings = draft.settings;
    if (market.bars_only) {
        return share_of(draft.quantity, volume_share(settings, market, draft.request.side));
    }
    const Quantity depth = draft.request.side == Side::buy ? market.depth_ask_20bp
                                                           : market.depth_bid_20bp;
    return share_of(draft.quantity, scaled(depth, settings.participation_depth, Rounding::floor));
}

Rate stop_factor(const Draft& draft) {
    const Rate sigma = draft.noise;
    if (!sigma.is_positive() || !draft.request.stop.is_positive()) return Rate{};
    const Decimal noises =
        quotient(stop_distance(draft).decimal(), sigma.decimal() + sigma.decimal(),
                 Rounding::half_even);
    return clamped(1_d - noises);
}

Rate dissent_factor(const DecisionRecord& decision) {
    return share_of(Rate::whole(1) - decision.approval, Rate::whole(1) - decision.threshold);
}

Rate record_factor(const Draft& draft) {
    return clamped(
        quotient(1_d - draft.context.terms.skill.decimal(), 0.75_d, Rounding::half_even));
}

}  // namespace

void check_score(Draft& draft) {
    if (!draft.on(Check::score)) return;
    const Settings& settings = draft.settings;
    const MarketView& market = draft.context.market;
    const auto set = [&](Factor factor, Rate u) {
        draft.factors[static_cast<std::size_t>(factor)] = u;
    };
    set(Factor::size, size_factor(draft));
    set(Factor::heat, heat_factor(draft));
    set(Factor::volatility, volatility_factor(market));
    set(Factor::cost, share_of(draft.context.costs.round_trip, draft.noise));
    set(Factor::drawdown, share_of(draft.context.book.drawdown, settings.drawdown_halted));
    set(Factor::liquidity, liquidity_factor(draft));
    set(Factor::stop, stop_factor(draft));
    set(Factor::dissent, dissent_factor(draft.context.decision));
    set(Factor::data, clamped(data_age(settings, market, draft.context.now).decimal()));
    set(Factor::record, record_factor(draft));
    draft.score = score(settings.score, draft.factors);
    const Rate share = size_share(settings.score, draft.score.value);
    draft.block(Check::score, share.is_zero());
    if (share < Rate::whole(1)) {
        draft.reduce(Check::score, scaled(draft.quantity, share, Rounding::toward_zero));
    }
}

}  // namespace grekko::risk
