// Checks 22-27 and 29: the worst case after this order against the limits of agent, instrument,
// book and cluster. The order's own instrument is valued at M exactly, others at their grid marks.
#include "core/risk/draft.hpp"

namespace grekko::risk {

namespace {

// What this side may still add before max(|q + B|, |q − S|) is worth more than `room`.
Quantity addable(const Draft& draft, const Sums& sums, Notional room) {
    const Quantity most = affordable(room, draft.unit);
    const bool buys = draft.request.side == Side::buy;
    const Quantity fixed = buys ? sums.short_end() : sums.long_end();
    if (fixed.abs() > most) return Quantity{};
    const Quantity end = buys ? sums.long_end() : -sums.short_end();
    return std::max(most - end, Quantity{});
}

// What the worst case of `sums` with the whole request would be worth: within a room of that much,
// nothing is reduced. One product serves all limits on the same sums; a division for each of them
// is only made where one is passed.
Notional wanted(const Draft& draft, const Sums& sums) {
    const bool buys = draft.request.side == Side::buy;
    const Quantity fixed = buys ? sums.short_end() : sums.long_end();
    const Quantity end = buys ? sums.long_end() : -sums.short_end();
    const Quantity most = std::max(fixed.abs(), end + draft.requested - draft.credit);
    if (most.decimal() >= ceiling_value) return Notional::max();
    const Notional worth = value(draft.unit, most, Rounding::ceiling);
    return worth.decimal() >= ceiling_value ? Notional::max() : std::max(worth, Notional{});
}

struct Limited {
    const Sums& sums;
    Notional wanted;
};

void limit(Draft& draft, Check check, const Limited& of, Notional room) {
    if (!draft.on(check) || (room.is_positive() && of.wanted <= room)) return;
    draft.reduce(check, addable(draft, of.sums, room) + draft.credit);
}

void check_net(Draft& draft, const InstrumentRow& row) {
    const Valuation& valuation = draft.state.valuation;
    const Valued& own = valued(valuation, draft.request.instrument);
    const Notional most = scaled(draft.base, draft.settings.book_net_max, Rounding::floor);
    const bool buys = draft.request.side == Side::buy;
    // Toward this side, all of it filled and nothing of the other side.
    const Notional others = buys ? valuation.long_net - own.long_end
                                 : own.short_end - valuation.short_net;
    const Quantity end = buys ? row.sums.long_end() : -row.sums.short_end();
    const Quantity room = affordable(most - others, draft.unit) - end;
    draft.reduce(Check::book_gross, std::max(room, Quantity{}) + draft.credit);
}

void check_virtual(Draft& draft, const InstrumentRow& row, const Limited& own) {
    if (!draft.on(Check::virtual_gross)) return;
    const Notional most =
        scaled(instrument_limit(draft.settings, draft.base, draft.context.instrument),
               draft.settings.virtual_gross_factor, Rounding::floor);
    const Quantity others = row.virtual_gross - own.sums.worst();
    limit(draft, Check::virtual_gross, own, most - draft.worth(others));
}

void check_leverage(Draft& draft, const Limited& all, Notional others) {
    const Settings& settings = draft.settings;
    const Balances& balances = draft.context.balances;
    limit(draft, Check::leverage, all,
          scaled(draft.base, settings.leverage_max, Rounding::floor) - others);
    const bool on_margin =
        balances.on_margin || draft.context.instrument.kind == InstrumentKind::perpetual;
    draft.block(Check::leverage, on_margin && !settings.margin);
    if (!on_margin) return;
    // Where the liquidation lies nobody has said: then nothing is borrowed.
    if (balances.liquidation.is_zero()) {
        return draft.block(Check::leverage, settings.leverage_max > Rate::whole(1));
    }
    const Price far = (draft.mark - balances.liquidation).abs();
    const Price stop = (draft.price - draft.request.stop).abs();
    draft.block(Check::leverage,
                far < scaled(stop, settings.liquidation_stops_min, Rounding::ceiling));
}

void check_heat(Draft& draft) {
    const Price loss = stop_loss_unit(draft);
    if (loss.is_zero()) return;
    const Notional most = scaled(draft.base, draft.settings.heat_max, Rounding::floor);
    draft.reduce(Check::heat,
                 affordable(most - draft.state.valuation.heat, loss) + draft.credit);
}

}  // namespace

Notional agent_limit(const Settings& settings, Notional base, const AgentTerms& terms,
                     Notional allocation) {
    const Notional by_book =
        scaled(scaled(base, settings.agent_gross_max, Rounding::floor), terms.tolerance,
               Rounding::floor);
    return std::min(by_book, allocation);
}

Notional instrument_limit(const Settings& settings, Notional base, const Instrument& instrument) {
    return scaled(base,
                  instrument.major ? settings.instrument_major_max
                                   : settings.instrument_other_max,
                  Rounding::floor);
}

void check_exposure(Draft& draft) {
    constexpr CheckSet mine_alone =
        bit(Check::agent_gross) | bit(Check::instrument) | bit(Check::book_gross) |
        bit(Check::virtual_gross) | bit(Check::cluster) | bit(Check::leverage) | bit(Check::heat);
    if (!draft.on_any(mine_alone)) return;
    const Settings& settings = draft.settings;
    const Context& context = draft.context;
    const Valuation& valuation = draft.state.valuation;
    const InstrumentRow& row = risk::row(draft.state.exposure, draft.request.instrument);
    const Valued& own = valued(valuation, draft.request.instrument);
    const Cell& mine = cell(draft.state.exposure, draft.request.agent, draft.request.instrument);

    const Limited agents{mine.sums, wanted(draft, mine.sums)};
    const Limited all{row.sums, wanted(draft, row.sums)};
    const Notional agent_others = agent_gross(valuation, draft.request.agent) -
                                  value_of(mine.sums.worst(), own.unit);
    limit(draft, Check::agent_gross, agents,
          agent_limit(settings, draft.base, context.terms, context.agent.allocation) -
              agent_others);
    limit(draft, Check::instrument, all,
          instrument_limit(settings, draft.base, context.instrument));

    const Notional others = valuation.gross - own.worst;
    limit(draft, Check::book_gross, all,
          scaled(draft.base, settings.book_gross_max, Rounding::floor) - others);
    check_net(draft, row);
    check_virtual(draft, row, agents);
    if (own.cluster != 0) {
        const Notional together = cluster_gross(valuation, own.cluster) - own.worst;
        limit(draft, Check::cluster, all,
              scaled(draft.base, settings.cluster_max, Rounding::floor) - together);
    }
    check_leverage(draft, all, others);
    check_heat(draft);
}

}  // namespace grekko::risk
