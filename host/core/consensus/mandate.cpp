#include <algorithm>

#include "core/consensus/propose.hpp"

namespace grekko::consensus {
namespace {

// True where the terms hold together; fills in the expiry.
bool complete(MandateTerms& terms, const Settings& settings, Instant now) {
    if (terms.expires_at.is_none()) terms.expires_at = now + settings.mandate_max;
    const bool time = terms.expires_at > now && terms.expires_at <= now + settings.mandate_max;
    const bool bounds = terms.inventory_min <= Quantity{} && terms.inventory_max >= Quantity{} &&
                        terms.inventory_min < terms.inventory_max;
    return time && bounds && terms.order_max.is_positive() && (terms.buys || terms.sells) &&
           !terms.stop.is_negative() && valid_fraction(terms.confidence);
}

// The intent that stands for the mandate in the vote: its inventory, taken from nothing.
Intent full_inventory(const MandateTerms& terms, const Settings& settings,
                      const ProposalContext& context) {
    const bool longs = terms.inventory_max >= -terms.inventory_min;
    Intent intent{.agent = terms.agent,
                  .instrument = terms.instrument,
                  .generation = terms.generation,
                  .target = longs ? terms.inventory_max : terms.inventory_min,
                  .reference = context.mark.price,
                  .stop = terms.stop,
                  .horizon = std::clamp(terms.expires_at - context.now, settings.horizon_min,
                                        settings.horizon_max),
                  .ttl = settings.ttl,
                  .confidence = terms.confidence,
                  .reason = terms.reason};
    intent.delta = intent.target;
    if (intent.stop.is_zero()) {
        intent.stop =
            default_stop(intent.side(), intent.reference, context.default_stop, context.tick);
    }
    return intent;
}

bool stop_is_sane(const Intent& intent) {
    if (!intent.stop.is_positive()) return false;
    return intent.side() == Side::buy ? intent.stop < intent.reference
                                      : intent.stop > intent.reference;
}

IntentId undecided_mandate(const State& state, const MandateTerms& terms) {
    for (const auto& [id, round] : state.open) {
        if (round.mandate && round.proposer == terms.agent &&
            round.instrument == terms.instrument) {
            return id;
        }
    }
    return {};
}

Quantity scaled(Quantity bound, Rate fraction, Quantity lot) {
    const Quantity part = multiply(bound, fraction, Rounding::toward_zero);
    return lot.is_positive() ? round_to(part, lot, Rounding::toward_zero) : part;
}

} // namespace

MandateOutcome propose_mandate(const State& state, const Settings& settings,
                               const MandateTerms& asked, const ProposalContext& context) {
    MandateOutcome outcome;
    MandateTerms terms = asked;
    const bool sound = complete(terms, settings, context.now);
    const Intent intent = sound ? full_inventory(terms, settings, context)
                                : Intent{.agent = asked.agent, .instrument = asked.instrument};
    IntentRefusal why = check_caller(context);
    if (why == IntentRefusal::none && !sound) why = IntentRefusal::invalid;
    if (why == IntentRefusal::none && !context.mark.known()) why = IntentRefusal::no_mark;
    if (why == IntentRefusal::none && !stop_is_sane(intent)) why = IntentRefusal::invalid;
    const IntentId superseded = undecided_mandate(state, terms);
    Ballotage vote;
    if (why == IntentRefusal::none) {
        vote = ballotage(state, settings, intent, context, superseded);
        why = vote.refusal;
    }
    if (why != IntentRefusal::none) {
        outcome.proposal = refuse(intent, why);
        return outcome;
    }
    terms.stop = intent.stop;
    outcome.terms.terms = terms;
    outcome.proposal.accepted = true;
    outcome.proposal.supersedes = superseded;
    outcome.proposal.proposed = {.intent = intent,
                                 .increase = true,
                                 .solo = vote.route == IntentRoute::solo,
                                 .mandate = true,
                                 .route = vote.route};
    return outcome;
}

std::optional<MandateGrant> grant_mandate(const State& state, const events::RoundClosed& closed,
                                          Quantity lot) {
    const auto asked = state.terms.find(closed.round);
    const bool passed =
        closed.outcome == RoundOutcome::passed || closed.outcome == RoundOutcome::solo;
    if (asked == state.terms.end() || !passed) return std::nullopt;
    MandateTerms terms = asked->second;
    terms.inventory_min = scaled(terms.inventory_min, closed.fraction, lot);
    terms.inventory_max = scaled(terms.inventory_max, closed.fraction, lot);
    const Quantity largest = std::max(terms.inventory_max, -terms.inventory_min);
    if (largest.is_zero()) return std::nullopt;
    terms.order_max = std::min(terms.order_max, largest);
    MandateGrant grant{.granted = {.round = closed.round, .terms = terms}};
    if (const auto* old = find_mandate(state, terms.agent, terms.instrument)) {
        grant.ended = events::MandateEnded{.id = old->id, .reason = "replaced by a newer one"};
    }
    return grant;
}

MandateCheck check_quote(const State& state, const QuoteRequest& quote) {
    const auto* mandate = find_mandate(state, quote.agent, quote.instrument);
    if (mandate == nullptr) return MandateCheck::none;
    const MandateTerms& terms = mandate->terms;
    if (quote.now >= terms.expires_at) return MandateCheck::expired;
    const bool buys = quote.side == Side::buy;
    if (buys ? !terms.buys : !terms.sells) return MandateCheck::side;
    if (!quote.quantity.is_positive() || quote.quantity > terms.order_max) {
        return MandateCheck::order_size;
    }
    const auto pending = checked_add(buys ? quote.open_buys : quote.open_sells, quote.quantity);
    if (!pending) return MandateCheck::inventory;
    const auto after =
        buys ? checked_add(quote.position, *pending) : checked_subtract(quote.position, *pending);
    if (!after) return MandateCheck::inventory;
    const bool within = buys ? *after <= terms.inventory_max : *after >= terms.inventory_min;
    return within ? MandateCheck::inside : MandateCheck::inventory;
}

std::vector<events::MandateEnded> expired_mandates(const State& state, Instant now) {
    std::vector<events::MandateEnded> ended;
    for (const auto& [place, mandate] : state.mandates) {
        if (now >= mandate.terms.expires_at)
            ended.push_back({.id = mandate.id, .reason = "expired"});
    }
    return ended;
}

std::vector<events::MandateEnded> end_mandates(const State& state, AgentId agent,
                                               const Reason& why) {
    std::vector<events::MandateEnded> ended;
    for (const auto& [place, mandate] : state.mandates) {
        if (place.first == agent) ended.push_back({.id = mandate.id, .reason = why});
    }
    return ended;
}

} // namespace grekko::consensus
