#include "core/consensus/propose.hpp"

#include <algorithm>

#include "core/consensus/weights.hpp"

namespace grekko::consensus {
namespace {

// What a target comes to in quantities, given what the agent holds and has working.
struct Step {
    Quantity delta;
    Quantity beyond;
    IntentRoute route{IntentRoute::vote};
    bool nothing{false};
    bool retarget{false};
};

Quantity to_lot(Quantity quantity, Quantity lot) {
    return lot.is_positive() ? round_to(quantity, lot, Rounding::toward_zero) : quantity;
}

// Less than a lot or the venue's minimum: cannot be traded, or is dust (§1, flat).
bool too_small(Quantity quantity, const ProposalContext& context) {
    const Quantity size = quantity.abs();
    if (size.is_zero() || size < context.lot) return true;
    if (!context.mark.known()) return false;
    const auto units =
        checked_multiply(size, Rate{context.contract_size.decimal()}, Rounding::toward_zero);
    if (!units) return false;
    const auto value = checked_multiply(context.mark.price, *units, Rounding::toward_zero);
    return value && *value < context.notional_min;
}

// None: the sums do not fit in a Decimal, the target is nonsense.
std::optional<Step> measure(Quantity target, const ProposalContext& context) {
    const auto gap = checked_subtract(target, context.position);
    const auto rest = gap ? checked_subtract(*gap, context.working) : std::nullopt;
    if (!rest) return std::nullopt;
    Step step;
    step.nothing = too_small(to_lot(*rest, context.lot), context);
    step.retarget = !context.working.is_zero();
    step.delta = to_lot(*gap, context.lot); // the working rest will have been cancelled
    const bool flat = too_small(context.position, context);
    if (!flat && target.sign() * context.position.sign() < 0) { // a flip leaves first
        step.delta = to_lot(-context.position, context.lot);
        step.beyond = target;
    }
    if (too_small(step.delta, context)) step.delta = Quantity{};
    if (step.delta.is_zero()) {
        step.route = IntentRoute::lower;
    } else if (!flat && step.delta.sign() != context.position.sign()) {
        step.route = IntentRoute::reduce;
    } else if (step.delta.sign() == context.working.sign() &&
               step.delta.abs() <= context.working.abs()) {
        step.route = IntentRoute::lower;
    }
    return step;
}

bool in_range(const Intent& intent) {
    const bool prices =
        !intent.limit.is_negative() && !intent.stop.is_negative() && !intent.take.is_negative();
    const bool times = intent.ttl >= Duration{} && intent.horizon >= Duration{};
    return prices && times && valid_fraction(intent.confidence) && valid_fraction(intent.trail);
}

// Fills in what an increase needs; false where something stands on the wrong side or out of range.
bool complete(Intent& intent, const Settings& settings, const ProposalContext& context) {
    const Price reference = context.mark.price;
    const bool buys = intent.side() == Side::buy;
    if (intent.stop.is_zero()) {
        const Rate distance = intent.trail.is_zero() ? context.default_stop : intent.trail;
        intent.stop = default_stop(intent.side(), reference, distance, context.tick);
    }
    if (!intent.stop.is_positive() ||
        (buys ? intent.stop >= reference : intent.stop <= reference)) {
        return false;
    }
    if (!intent.take.is_zero() && (buys ? intent.take <= reference : intent.take >= reference)) {
        return false;
    }
    if (intent.horizon == Duration{}) {
        const std::int64_t bars = std::max<std::int64_t>(settings.horizon_bars, 1);
        const Duration bar = std::min(context.bar_interval, settings.horizon_max);
        intent.horizon = std::clamp(bar * bars, settings.horizon_min, settings.horizon_max);
    }
    return intent.horizon >= settings.horizon_min && intent.horizon <= settings.horizon_max;
}

bool too_soon(const State& state, const Settings& settings, const Intent& intent, Instant now) {
    const auto found = state.latest.find({intent.agent, intent.instrument});
    if (found == state.latest.end() || found->second.increase_at.is_none()) return false;
    return now < found->second.increase_at + settings.increase_interval;
}

} // namespace

ProposalOutcome refuse(const Intent& intent, IntentRefusal why) {
    ProposalOutcome outcome;
    outcome.refused = {.intent = intent, .reason = why};
    return outcome;
}

bool valid_fraction(Rate rate) {
    return !rate.is_negative() && rate <= 1_rate;
}

IntentRefusal check_caller(const ProposalContext& context) {
    if (!context.known) return IntentRefusal::unknown_instrument;
    if (context.by_operator) return IntentRefusal::none;
    if (context.halted) return IntentRefusal::halted;
    if (!context.agent_active) return IntentRefusal::agent_inactive;
    if (context.inside_proposal) return IntentRefusal::reentrant;
    return IntentRefusal::none;
}

Price default_stop(Side side, Price reference, Rate distance, Price tick) {
    const bool buys = side == Side::buy;
    const auto away = checked_multiply(reference, distance, Rounding::floor);
    const auto stop = !away  ? std::nullopt
                      : buys ? checked_subtract(reference, *away)
                             : checked_add(reference, *away);
    if (!stop || !stop->is_positive()) return Price{};
    if (!tick.is_positive()) return *stop;
    const auto rounded = checked_round_to(stop->decimal(), tick.decimal(),
                                          buys ? Rounding::ceiling : Rounding::floor);
    const Price nearer = rounded ? Price{*rounded} : *stop;
    // A tick as coarse as the distance would put the stop on the reference: then one tick away.
    if (nearer != reference) return nearer;
    return buys ? reference - tick : *stop;
}

Ballotage ballotage(const State& state, const Settings& settings, const Intent& intent,
                    const ProposalContext& context, IntentId superseded) {
    if (too_soon(state, settings, intent, context.now)) return {IntentRefusal::too_frequent};
    if (context.agents_configured <= 1) {
        if (settings.solo == Solo::refuse) return {IntentRefusal::solo_refused};
        return {.route = IntentRoute::solo};
    }
    if (count_groups(context.electorate) < 2) return {IntentRefusal::no_electorate};
    const std::size_t freed = state.open.contains(superseded) ? 1 : 0;
    if (state.open.size() - freed >= settings.open_rounds_max) return {IntentRefusal::busy};
    return {};
}

ProposalOutcome propose(const State& state, const Settings& settings, const Intent& asked,
                        const ProposalContext& context) {
    if (const auto why = check_caller(context); why != IntentRefusal::none) {
        return refuse(asked, why);
    }
    const auto step = measure(asked.target, context);
    if (!step || !in_range(asked)) return refuse(asked, IntentRefusal::invalid);

    Intent intent = asked;
    intent.delta = step->delta;
    intent.reference = context.mark.price;
    if (!step->beyond.is_zero()) intent.target = Quantity{};
    if (intent.ttl == Duration{}) intent.ttl = settings.ttl;
    if (step->nothing) return refuse(intent, IntentRefusal::nothing_to_do);

    ProposalOutcome outcome;
    outcome.supersedes = undecided(state, asked.agent, asked.instrument).value_or(IntentId{});
    IntentRoute route = step->route;
    const bool increase = route == IntentRoute::vote;
    if (increase) {
        if (context.closing) return refuse(intent, IntentRefusal::halted);
        if (!context.mark.known()) return refuse(intent, IntentRefusal::no_mark);
        if (!complete(intent, settings, context)) return refuse(intent, IntentRefusal::invalid);
        if (!context.by_operator) {
            const Ballotage vote = ballotage(state, settings, intent, context, outcome.supersedes);
            if (vote.refusal != IntentRefusal::none) return refuse(intent, vote.refusal);
            route = vote.route;
        }
    }
    if (context.by_operator) route = IntentRoute::operator_order;
    outcome.accepted = true;
    outcome.proposed = {.intent = intent,
                        .increase = increase,
                        .solo = route == IntentRoute::solo,
                        .route = route,
                        .retarget = step->retarget,
                        .beyond = step->beyond};
    return outcome;
}

Quantity shorthand_target(const ProposalContext& context, Side side, Quantity quantity) {
    const Quantity change = side == Side::buy ? quantity : -quantity;
    const auto held = checked_add(context.position, context.working);
    const auto target = held ? checked_add(*held, change) : std::nullopt;
    // Out of range: a target that propose refuses as invalid is better than none at all.
    return target.value_or(change.is_negative() ? Quantity::min() : Quantity::max());
}

std::optional<Intent> follow_up(const State& state, const Settings& settings, IntentId id,
                                Instant now) {
    const IntentRecord* record = find_intent(state, id);
    if (record == nullptr || record->beyond.is_zero()) return std::nullopt;
    if (now - record->proposed_at > settings.flip_wait) return std::nullopt;
    const auto latest = state.latest.find({record->intent.agent, record->intent.instrument});
    if (latest == state.latest.end() || latest->second.intent != id) return std::nullopt;
    Intent intent = record->intent;
    intent.target = record->beyond;
    return intent;
}

} // namespace grekko::consensus
