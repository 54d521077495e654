// Checks 28, 30 and 31: what is there to pay with, where it lies, and whether it is worth its name.
#include <algorithm>

#include "base/planted.hpp"
#include "core/risk/draft.hpp"

namespace grekko::risk {

namespace {

Quantity held_to_leave(const Request& request, Quantity position) {
    return std::max(request.side == Side::sell ? position : -position, Quantity{});
}

// The position of an agent less what its orders already reduce of it. A stop or flatten takes the
// place of what is ending: only its children wait until that has ended.
Quantity unreduced(const Draft& draft, AgentId agent) {
    const Request& request = draft.request;
    const unsigned side = side_index(request.side);
    const Cell& own = cell(draft.state.exposure, agent, request.instrument);
    const Quantity held = held_to_leave(request, own.sums.position);
    if (planted(Bug::sold_twice)) return held;
    const bool takes_over = request.kind == events::AssessmentKind::stop ||
                            request.kind == events::AssessmentKind::flatten;
    const Quantity ending = takes_over ? own.ending[side] : Quantity{};
    return held - (own.reducing[side] - ending);
}

// What may leave: no more than the position, less what other orders already reduce of it. So much
// of a parent is left to its child where a fill came late. Where agents leave together it is the
// sum of theirs. A disaster stop stands for the net position, and is made for it.
Quantity leavable(const Draft& draft) {
    const Request& request = draft.request;
    const Exposure& exposure = draft.state.exposure;
    if (request.purpose == Purpose::disaster_stop) {
        if (request.kind == events::AssessmentKind::child) return draft.requested;
        const Quantity net = row(exposure, request.instrument).sums.position;
        return held_to_leave(request, net) + draft.credit;
    }
    const ParentRow* parent = exposure.parents.find(request.parent);
    if (parent == nullptr || parent->shares.size() < 2) {
        return std::max(unreduced(draft, request.agent) + draft.credit, Quantity{});
    }
    Quantity sum;
    const auto& shares = parent->shares;
    for (auto share = shares.begin(); share != shares.end(); ++share) {
        const auto same = [&](const Share& other) { return other.agent == share->agent; };
        if (std::none_of(shares.begin(), share, same)) sum += unreduced(draft, share->agent);
    }
    return std::max(sum + draft.credit, Quantity{});
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
