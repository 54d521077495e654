// Checks 1-6: who may act now. 20 and 21: suspected errors, which block and never reduce.
#include "base/planted.hpp"
#include "core/risk/draft.hpp"

namespace grekko::risk {

namespace {

using events::AssessmentKind;
using events::BookState;

bool state_forbids(const Draft& draft) {
    const BookConditions& conditions = draft.context.conditions;
    if (conditions.frozen) return true;
    if (draft.stopping) return false;
    if (!draft.leaving) {
        return conditions.state != BookState::active && !planted(Bug::increase_after_halt);
    }
    const bool by_operator = draft.request.agent == operator_agent ||
                             draft.request.purpose == Purpose::flatten ||
                             draft.request.kind == AssessmentKind::flatten;
    return conditions.state == BookState::halted && !by_operator;
}

// Children and replaces act on a decision that is already at work.
bool intent_is_used(const Draft& draft) {
    const Request& request = draft.request;
    if (request.kind != AssessmentKind::increase && request.kind != AssessmentKind::reduce) {
        return false;
    }
    const Cell& own = cell(draft.state.exposure, request.agent, request.instrument);
    return !request.intent.is_none() && request.intent <= own.opened;
}

bool has_authority(const Draft& draft) {
    const Request& request = draft.request;
    const DecisionRecord& decision = draft.context.decision;
    // The parent's reservation is the decision of a child; none may go beyond it. What protects a
    // position at the venue has no parent: stops.cpp gives it the net position and no more.
    const bool reserved = request.purpose != Purpose::disaster_stop;
    if (reserved && request.kind == AssessmentKind::child && draft.requested > draft.credit) {
        return false;
    }
    if (draft.stopping) return true;
    if (!decision.generation_live || intent_is_used(draft)) return false;
    if (request.kind == AssessmentKind::child) return true;
    if (request.kind == AssessmentKind::replace &&
        draft.state.exposure.orders.find(request.replaces) == nullptr) {
        return false;
    }
    if (draft.leaving) return true;
    if (!decision.present || draft.requested > decision.quantity) return false;
    return decision.expires_at.is_none() || draft.context.now <= decision.expires_at;
}

bool venue_is_ready(const Draft& draft) {
    const VenueStatus& venue = draft.context.venue;
    if (draft.leaving || draft.stopping) return venue.rest_alive;
    const Duration limit = draft.settings.clock_offset_max;
    const bool clock_good = venue.clock_offset <= limit && Duration{} - limit <= venue.clock_offset;
    return venue.connected && venue.reconciled && venue.private_alive && clock_good;
}

bool has_permission(const Draft& draft) {
    const Permission& permission = draft.context.permission;
    if (!permission.allowed || permission.restricted || permission.blackout) return false;
    if (permission.shorts || draft.request.side == Side::buy) return true;
    const Cell& own = cell(draft.state.exposure, draft.request.agent, draft.request.instrument);
    const Quantity added = std::max(draft.requested - draft.credit, Quantity{});
    return !(own.sums.short_end() - added).is_negative();
}

bool takes_status(TradingStatus status, const Request& request) {
    switch (status) {
        case TradingStatus::trading: return true;
        case TradingStatus::limit_only: return request.type != OrderType::market;
        case TradingStatus::post_only: return request.post_only;
        case TradingStatus::cancel_only:
        case TradingStatus::halted:
        case TradingStatus::removed: break;
    }
    return false;
}

bool is_tradable(const Draft& draft) {
    const Listing* listing = draft.context.listing;
    return listing != nullptr && takes_status(listing->status, draft.request) &&
           takes_status(draft.context.market.status, draft.request);
}

// How often the same was assessed before, in `window`. An order that follows the touch repeats
// nothing: its versions count against one another, where they name the very same price.
std::uint32_t repeats(const Draft& draft, Duration window) {
    const AgentRow& row = agent_row(draft.state.counters, draft.request.agent);
    const Settings& settings = draft.settings;
    const bool replaces = draft.request.kind == AssessmentKind::replace;
    const Price price = draft.request.limit.is_positive() ? draft.request.limit : draft.mark;
    std::uint32_t count = 0;
    for (std::uint64_t i = 0; i < std::min<std::uint64_t>(row.repeat_count, repeats_kept); ++i) {
        const Repeat& past = row.repeats[i];
        if (past.instrument != draft.request.instrument || past.side != draft.request.side) {
            continue;
        }
        if (draft.context.now - past.at >= window || (past.replaced == 1) != replaces) continue;
        const Price price_gap =
            replaces ? Price{} : scaled(price, settings.repetition_price, Rounding::floor);
        const Quantity quantity_gap =
            scaled(draft.requested, settings.repetition_quantity, Rounding::floor);
        if ((past.price - price).abs() > price_gap) continue;
        if ((past.quantity - draft.requested).abs() <= quantity_gap) ++count;
    }
    return count;
}

bool meets_own_order(const Draft& draft) {
    const Request& request = draft.request;
    const Listing* listing = draft.context.listing;
    if (listing == nullptr) return false;
    // What rests at the venue until it is triggered meets nobody by being placed.
    if (request.purpose == Purpose::disaster_stop) return false;
    const Price best = own_best(draft.state.exposure, request.instrument, listing->venue,
                                opposite(request.side));
    if (best.is_zero()) return false;
    // Who leaves by children sends nothing yet: each child is looked at with its own price.
    const bool by_children = request.kind == events::AssessmentKind::reduce ||
                             request.kind == events::AssessmentKind::flatten ||
                             request.kind == events::AssessmentKind::stop;
    if (by_children) return false;
    if (draft.limit.is_zero()) return true;
    return request.side == Side::buy ? draft.limit >= best : draft.limit <= best;
}

}  // namespace

void check_authority(Draft& draft) {
    draft.block(Check::state, state_forbids(draft));
    draft.block(Check::breaker, draft.context.conditions.breaker_open);
    draft.block(Check::authority, !has_authority(draft));
    draft.block(Check::venue_ready, !venue_is_ready(draft));
    draft.block(Check::permission, !has_permission(draft));
    draft.block(Check::tradable, !is_tradable(draft));
    draft.block(Check::self_trade, meets_own_order(draft));

    const Settings& settings = draft.settings;
    draft.block(Check::repetition,
                repeats(draft, settings.repetition_window) >= settings.repetition_max);
    const bool runaway = repeats(draft, settings.repetition_breaker_window) + 1 >=
                         settings.repetition_breaker;
    if (runaway && draft.on(Check::repetition)) draft.agent_breakers |= bit(Check::repetition);

    // What makes increases smaller does so once, where their size is decided: not to the orders
    // that work it, and never to an exit.
    const AssessmentKind kind = draft.request.kind;
    if (kind != AssessmentKind::increase && kind != AssessmentKind::mandate) return;
    const Settings& s = settings;
    if (draft.context.conditions.half_size) {
        draft.reduce(Check::state, scaled(draft.requested, s.half, Rounding::toward_zero));
    }
    if (draft.context.conditions.breaker_half_open) {
        const Notional normal = scaled(draft.base, s.order_value_max, Rounding::toward_zero);
        draft.reduce(Check::breaker,
                     affordable(scaled(normal, s.half_open_share, Rounding::toward_zero),
                                draft.unit));
    }
}

}  // namespace grekko::risk
