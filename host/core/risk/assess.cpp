#include <limits>

#include "core/risk/draft.hpp"

namespace grekko::risk {

namespace {

using events::AssessmentKind;

constexpr Duration slice_at_least = Duration::seconds(30);

bool plausible(Decimal value) { return !value.is_negative() && value <= ceiling_value; }

// Of TWAP and VWAP: clamp(T / 30 s, 4, 100) unless the agent said how many.
std::uint32_t parts_of(const Request& request) {
    const Working& working = request.working;
    const bool sliced =
        working.algorithm == Algorithm::twap || working.algorithm == Algorithm::vwap;
    if (!sliced || request.kind == AssessmentKind::child) return 1;
    if (working.slices > 0) return working.slices;
    const std::int64_t count = working.over.count() / slice_at_least.count();
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(count, 4, 100));
}

// What the exposure already counts of the requested quantity.
Quantity credit_of(const State& state, const Request& request) {
    Quantity credit;
    if (const ParentRow* parent = state.exposure.parents.find(request.parent);
        parent != nullptr && !request.parent.is_none()) {
        credit += parent->unsent();
    }
    if (request.kind != AssessmentKind::replace) return credit;
    const OrderRow* order = state.exposure.orders.find(request.replaces);
    if (order == nullptr) return credit;
    return credit + order->filled;
}

Quantity replaced_rest(const State& state, const Request& request, const Listing* listing) {
    if (request.kind != AssessmentKind::replace || listing == nullptr) return Quantity{};
    const OrderRow* order = state.exposure.orders.find(request.replaces);
    if (order == nullptr || !listing->replace_is_atomic) return Quantity{};
    return std::max(order->quantity - order->filled, Quantity{});
}

// A purpose that does not belong to its kind would pass by the wrong column.
bool belongs(AssessmentKind kind, Purpose purpose) {
    switch (kind) {
        case AssessmentKind::increase: return purpose == Purpose::increase;
        case AssessmentKind::mandate: return purpose == Purpose::mandate;
        case AssessmentKind::reduce: return purpose == Purpose::reduce;
        case AssessmentKind::flatten:
            return purpose == Purpose::flatten || purpose == Purpose::reduce;
        case AssessmentKind::stop:
            return purpose == Purpose::stop || purpose == Purpose::disaster_stop;
        case AssessmentKind::replace:
        case AssessmentKind::child: return true;
    }
    return false;
}

Draft start(const State& state, const Settings& settings, const Request& request,
            const Context& context) {
    Draft draft{state, settings, request, context};
    draft.applies = applicable(request.kind, request.purpose) & ~settings.disabled;
    if (draft.on_any(bit(Check::edge) | bit(Check::score))) {
        draft.noise = context.market.sigma(request.horizon);
    }
    const bool child_or_replace = request.kind == AssessmentKind::child ||
                                  request.kind == AssessmentKind::replace;
    const bool protective =
        request.purpose == Purpose::stop || request.purpose == Purpose::disaster_stop;
    draft.stopping = request.kind == AssessmentKind::stop || (child_or_replace && protective);
    draft.leaving = !draft.stopping &&
                    (request.kind == AssessmentKind::reduce ||
                     request.kind == AssessmentKind::flatten ||
                     (child_or_replace && reduces(request.purpose)));
    draft.base = std::clamp(context.book.limit_base, Notional{}, Notional{ceiling_value});
    draft.scale = scaled(context.quote_in_base,
                         Rate{context.instrument.contract_size.decimal()}, Rounding::ceiling);

    const Price mark = context.market.mark.price;
    const bool limit_plausible = plausible(request.limit.decimal());
    const bool mark_plausible = plausible(mark.decimal()) && mark.is_positive();
    draft.limit = limit_plausible ? request.limit : Price{};
    draft.mark = mark_plausible ? mark : draft.limit.is_zero() ? Price::whole(1) : draft.limit;
    draft.price = draft.limit.is_zero() ? draft.mark : draft.limit;
    draft.unit = scaled(draft.mark, draft.scale, Rounding::ceiling);
    if (!limit_plausible || (!mark_plausible && draft.limit.is_zero()) ||
        !plausible(request.stop.decimal()) || !plausible(request.take.decimal())) {
        draft.blocked |= bit(Check::price_form);
    }
    // Without it every amount would be worth nothing and within every limit.
    if (!context.quote_in_base.is_positive() && !draft.leaving && !draft.stopping) {
        draft.blocked |= bit(Check::quote_currency);
    }
    if (!belongs(request.kind, request.purpose)) draft.blocked |= bit(Check::authority);
    const bool sized = plausible(request.quantity.decimal()) && request.quantity.is_positive();
    if (!sized) draft.blocked |= bit(Check::size_form);
    draft.requested = sized ? request.quantity : Quantity{Decimal::from_raw(1)};
    draft.quantity = draft.requested;
    draft.part = draft.requested;
    draft.parts = parts_of(request);
    draft.credit = credit_of(state, request) + replaced_rest(state, request, context.listing);
    return draft;
}

// Of a factor, which lies in 0..1.
std::uint16_t ten_thousandths(Rate u) {
    constexpr std::uint64_t part = limbs::unit / 10'000;
    return static_cast<std::uint16_t>(static_cast<std::uint64_t>(u.raw()) / part);
}

events::RiskAssessed record(const Draft& draft) {
    const Request& request = draft.request;
    const Context& context = draft.context;
    events::RiskAssessed event;
    event.intent = request.intent;
    event.parent = request.parent;
    event.stop = request.stop_id;
    event.agent = request.agent;
    event.instrument = request.instrument;
    event.venue = context.listing == nullptr ? VenueId{} : context.listing->venue;
    event.kind = request.kind;
    event.side = request.side;
    event.blocked = draft.blocked;
    event.reduced = draft.reduced;
    event.warned = draft.warned;
    event.requested = request.quantity;
    event.mark = context.market.mark.price;
    event.limit = draft.limit;
    event.nav = context.book.nav;
    event.limit_base = context.book.limit_base;
    event.agent_rate = draft.settings.agent_rate * 1'000;
    event.book_rate = draft.settings.book_rate * 1'000;
    event.venue_rate = venue_rate(draft);
    if (!draft.on(Check::score)) return event;
    event.score = draft.score.value;
    event.largest_factor = static_cast<std::uint8_t>(draft.score.largest);
    for (std::size_t i = 0; i < factor_count; ++i) {
        event.factors[i] = ten_thousandths(draft.factors[i]);
    }
    event.model = digest(draft.settings.score);
    return event;
}

// A part is in lots and large enough to be sent, even where the market could bear less.
Quantity sendable_part(const Draft& draft, Quantity whole) {
    const Quantity part = in_lots(draft, std::min(draft.part, whole));
    if (form_holds(draft, part)) return part;
    const Listing* listing = draft.context.listing;
    if (listing == nullptr) return whole;
    const Notional least = scaled(listing->notional_min,
                                  Rate::whole(1) + draft.settings.notional_margin,
                                  Rounding::ceiling);
    const Price worst =
        draft.limit.is_zero() ? draft.mark : std::min(draft.limit, draft.mark);
    const Decimal lot = listing->lot.is_positive() ? listing->lot.decimal() : 1_d;
    const Decimal needed =
        std::max(std::max(quotient(least.decimal(), worst.decimal(), Rounding::ceiling),
                          listing->quantity_min.decimal()),
                 lot);
    const auto up = checked_round_to(needed, lot, Rounding::ceiling);
    return up ? std::min(Quantity{*up}, whole) : whole;
}

std::uint32_t count_of_parts(Quantity whole, Quantity part) {
    if (!part.is_positive() || part >= whole) return 1;
    const Decimal count = quotient(whole.decimal(), part.decimal(), Rounding::ceiling);
    const Int128 rounded_up =
        (count.raw() + Decimal::whole(1).raw() - 1) / Decimal::whole(1).raw();
    constexpr Int128 most = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(std::min(rounded_up, most));
}

}  // namespace

Assessment assess(const State& state, const Settings& settings, const Request& request,
                  const Context& context) {
    Draft draft = start(state, settings, request, context);
    check_authority(draft);
    check_form(draft);
    check_market(draft);
    check_order(draft);
    check_exposure(draft);
    check_money(draft);
    check_activity(draft);
    check_losses(draft);
    check_score(draft);

    Assessment result;
    result.event_ = record(draft);
    result.purpose_ = request.purpose;
    result.agent_breakers_ = draft.agent_breakers;
    const Quantity quantity = in_lots(draft, draft.quantity);
    if (draft.part < draft.requested) result.part_ = sendable_part(draft, draft.requested);
    if (draft.blocked != 0) {
        result.event_.verdict = events::Verdict::denied;
        result.event_.reason = static_cast<std::uint8_t>(lowest(draft.blocked));
    } else if (draft.too_small || !form_holds(draft, quantity)) {
        result.event_.verdict = events::Verdict::reduced_to_dust;
        // Nearly every size is rounded to a lot: that says why only where nothing else does.
        const CheckSet limits = draft.reduced & ~bit(Check::size_form);
        const CheckSet why = limits == 0 ? draft.reduced : limits;
        result.event_.reason =
            static_cast<std::uint8_t>(why == 0 ? Check::notional : lowest(why));
        result.dust_ = draft.leaving || draft.stopping;
    } else {
        result.event_.verdict = events::Verdict::approved;
        result.event_.approved = quantity;
        result.slice_quantity_ = sendable_part(draft, quantity);
        result.slices_ = count_of_parts(quantity, result.slice_quantity_);
    }
    return result;
}

}  // namespace grekko::risk
