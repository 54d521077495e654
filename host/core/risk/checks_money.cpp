// Checks 28, 30 and 31: what is there to pay with, where it lies, and whether it is worth its name.
#include "base/planted.hpp"
#include "core/risk/draft.hpp"

namespace grekko::risk {

namespace {

// What may leave: no more than the position, less what other orders already reduce of it. A
// disaster stop stands for the net position; a child is bounded by its parent.
Quantity leavable(const Draft& draft) {
    const Request& request = draft.request;
    if (request.kind == events::AssessmentKind::child) return draft.requested;
    const unsigned side = side_index(request.side);
    const bool net = request.purpose == Purpose::disaster_stop;
    const Exposure& exposure = draft.state.exposure;
    const Cell& own = cell(exposure, request.agent, request.instrument);
    const Quantity position =
        net ? row(exposure, request.instrument).sums.position : own.sums.position;
    const Quantity held = request.side == Side::sell ? position : -position;
    const bool alone = net || planted(Bug::sold_twice);
    const Quantity others = alone ? Quantity{} : own.reducing[side];
    return std::max(std::max(held, Quantity{}) - others + draft.credit, Quantity{});
}

Quantity payable(const Draft& draft) {
    const Context& context = draft.context;
    const Rate fee = context.listing == nullptr ? Rate{} : context.listing->taker_fee;
    const Rate margin = Rate::whole(1) + fee + draft.settings.balance_margin;
    const Price cost =
        scaled(scaled(draft.price, margin, Rounding::ceiling),
               Rate{context.instrument.contract_size.decimal()}, Rounding::ceiling);
    return affordable(Notional{context.balances.quote}, cost);
}

}  // namespace

void check_money(Draft& draft) {
    const Context& context = draft.context;
    const Settings& settings = draft.settings;
    const bool exit = draft.leaving || draft.stopping;
    const bool owned = context.instrument.kind == InstrumentKind::spot &&
                       !context.balances.on_margin;
    if (exit) draft.reduce(Check::balance, leavable(draft));
    if (owned && draft.request.side == Side::sell) {
        draft.reduce(Check::balance, Quantity{context.balances.base});
    } else if (owned || !exit) {
        draft.reduce(Check::balance, payable(draft));
    }

    if (context.venue.venues > 1) {
        const Notional assets = context.venue.assets;
        draft.block(Check::venue_share,
                    assets > scaled(draft.base, settings.venue_share_max, Rounding::floor));
        draft.warn(Check::venue_share,
                   assets > scaled(draft.base, settings.venue_share_warn, Rounding::floor));
    }
    draft.block(Check::quote_currency, !context.money_known);
    draft.block(Check::quote_currency, Rate{context.par_deviation.decimal().abs()} >
                                           settings.par_deviation_max);
}

}  // namespace grekko::risk
