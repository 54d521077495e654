// 4: from what an agent wants to an intent: sizing, the proposal, and the road it takes.
#include <algorithm>

#include "core/engine/emit.hpp"

namespace grekko::engine {
namespace {

Quantity quantity_for(Notional value, Price mark, Quantity contract_size) {
    const Notional per_unit = multiply(mark, contract_size, Rounding::half_even);
    if (!per_unit.is_positive()) return Quantity{};
    return Quantity{divide(value.decimal(), per_unit.decimal(), Rounding::toward_zero)};
}

// Consensus off: what would be put to the vote passes as it is.
void pass_unvoted(const Settings& settings, events::IntentProposed& proposed) {
    const bool off = settings.consensus_mode == ConsensusMode::off;
    if (!off || proposed.route != events::IntentRoute::vote) return;
    proposed.route = events::IntentRoute::solo;
    proposed.solo = true;
}

} // namespace

// The target quantity an action means. Weight and risk are clamped beforehand to what checks 16 and
// 22 to 24 would leave, so that only an error meets those.
Quantity Engine::sized(AgentId agent, const Action& action, InstrumentId instrument) const {
    if (action.kind == ActionKind::close) return Quantity{};
    if (action.sizing == Sizing::quantity) return Quantity{action.amount};
    if (mark_of(instrument).is_zero()) return Quantity{};
    const Mark mark = market_.mark(instrument, at_);
    const Quantity contract = universe_.instrument(instrument).contract_size;
    const Rate quote_in_base = quote_value(instrument);
    if (quote_in_base.is_zero()) return Quantity{};
    const auto in_quote = [&](Notional base) {
        return divide(base, quote_in_base, Rounding::toward_zero);
    };
    if (action.sizing == Sizing::notional) {
        return quantity_for(Notional{action.amount}, mark.price, contract);
    }
    const BookView money = book(at_); // shares of N are wanted, limits are of the limit base (§1)
    const Notional most = in_quote(sizing_room(agent, instrument, money.limit_base));
    if (action.sizing == Sizing::weight) {
        const Notional wanted =
            in_quote(multiply(money.nav, Rate{action.amount}, Rounding::toward_zero));
        return quantity_for(std::clamp(wanted, -most, most), mark.price, contract);
    }
    const Price distance = Price{(mark.price.decimal() - action.stop.decimal()).abs()};
    const CostEstimate costs = cost(instrument, Quantity{}, action.working.urgency, at_);
    const Price per_unit =
        distance + multiply(mark.price, costs.round_trip, Rounding::away_from_zero);
    if (!per_unit.is_positive() || !action.stop.is_positive()) return Quantity{};
    const Rate fraction = Rate{action.amount.abs()};
    const Notional risk_money = in_quote(multiply(money.nav, fraction, Rounding::toward_zero));
    const Quantity by_risk = quantity_for(risk_money, per_unit, contract);
    const Quantity size = std::min(by_risk, quantity_for(most, mark.price, contract));
    return action.stop < mark.price ? size : -size;
}

consensus::ProposalContext Engine::proposal_context(AgentId agent, InstrumentId instrument) const {
    consensus::ProposalContext context;
    context.now = at_;
    context.known = !instrument.is_none() && instrument.value() < universe_.instruments.size();
    const agents::Agent* found = agents::find(state_.agents, agent);
    context.by_operator = agent == operator_agent;
    context.agent_active =
        context.by_operator || (found != nullptr && agents::runs(state_.agents, agent));
    context.halted = book_state() == events::BookState::halted;
    context.closing = state_.identity.closing;
    context.agents_configured = agents::configured(state_.agents);
    if (!context.known) return context;
    const Instrument& traded = universe_.instrument(instrument);
    context.mark = market_.mark(instrument, at_);
    context.position = position_of(agent, instrument).quantity;
    context.working = working_quantity(agent, instrument);
    context.contract_size = traded.contract_size;
    context.default_stop = traded.default_stop;
    context.bar_interval = traded.finest_bar;
    for (const Listing& listing : universe_.listings) {
        if (listing.instrument != instrument) continue;
        const bool first = context.lot.is_zero();
        context.lot = first ? listing.lot : std::min(context.lot, listing.lot);
        context.tick = first ? listing.tick : std::min(context.tick, listing.tick);
        context.notional_min =
            first ? listing.notional_min : std::min(context.notional_min, listing.notional_min);
    }
    return context;
}

void Engine::propose(AgentId agent, Generation generation, const Action& action,
                     bool inside_proposal) {
    Intent intent;
    intent.agent = agent;
    intent.generation = generation;
    intent.instrument = action.instrument;
    intent.target = sized(agent, action, action.instrument);
    intent.limit = action.limit;
    intent.stop = action.stop;
    intent.take = action.take;
    intent.trail = action.trail;
    intent.horizon = action.horizon;
    if (action.ttl.count() > 0) intent.ttl = action.ttl;
    intent.confidence = action.confidence;
    intent.working = action.working;
    intent.reason = action.reason;
    propose_intent(intent, inside_proposal);
}

void Engine::propose_intent(const Intent& asked, bool inside_proposal) {
    consensus::ProposalContext context = proposal_context(asked.agent, asked.instrument);
    context.inside_proposal = inside_proposal;
    if (context.known) {
        agents::electorate(state_.agents, settings_.agents, asked.instrument, electors_);
    }
    context.electorate = electors_;
    consensus::ProposalOutcome outcome =
        consensus::propose(state_.consensus, settings_.consensus, asked, context);
    if (!outcome.accepted) {
        emit(outcome.refused, Sequence{});
        ask_refused(outcome.refused);
        return;
    }
    pass_unvoted(settings_, outcome.proposed);
    const IntentId id{emit(outcome.proposed, Sequence{}).value()};
    proposed(id, outcome);
}

// The road of an accepted proposal: superseded work ends first, then a round, or straight to risk.
void Engine::proposed(IntentId id, const consensus::ProposalOutcome& outcome) {
    const Intent& intent = outcome.proposed.intent;
    if (!outcome.supersedes.is_none()) {
        emit(events::IntentSuperseded{outcome.supersedes, id}, Sequence{id.value()});
        withdraw(outcome.supersedes, events::RoundOutcome::superseded);
    }
    if (outcome.proposed.retarget) {
        cancel_work(intent.agent, intent.instrument, events::ParentEnd::superseded);
    }
    switch (outcome.proposed.route) {
    case events::IntentRoute::vote: return open_round(id);
    case events::IntentRoute::solo: {
        const MarketView view = market_.view(intent.instrument, VenueId{}, at_);
        return round_closed(consensus::close_solo(state_.consensus, settings_.consensus, id, view));
    }
    case events::IntentRoute::reduce:
    case events::IntentRoute::lower:
    case events::IntentRoute::operator_order:
        return execute_waiting(intent.agent, intent.instrument);
    }
}

void Engine::propose_mandate(AgentId agent, Generation generation, const Action& action,
                             bool inside_proposal) {
    MandateTerms terms;
    terms.agent = agent;
    terms.generation = generation;
    terms.instrument = action.instrument;
    terms.buys = action.inventory_max.is_positive() || action.side != Side::sell;
    terms.sells = action.inventory_min.is_negative() || action.side != Side::buy;
    terms.inventory_min = action.inventory_min;
    terms.inventory_max = action.inventory_max;
    terms.order_max = Quantity{action.amount.abs()};
    terms.expires_at = action.at;
    terms.stop = action.stop;
    terms.confidence = action.confidence;
    terms.reason = action.reason;
    consensus::ProposalContext context = proposal_context(agent, action.instrument);
    context.inside_proposal = inside_proposal;
    if (context.known) {
        agents::electorate(state_.agents, settings_.agents, action.instrument, electors_);
    }
    context.electorate = electors_;
    consensus::MandateOutcome outcome =
        consensus::propose_mandate(state_.consensus, settings_.consensus, terms, context);
    if (!outcome.proposal.accepted) {
        emit(outcome.proposal.refused, Sequence{});
        ask_refused(outcome.proposal.refused);
        return;
    }
    pass_unvoted(settings_, outcome.proposal.proposed);
    const IntentId id{emit(outcome.proposal.proposed, Sequence{}).value()};
    outcome.terms.round = id;
    emit(outcome.terms, Sequence{id.value()});
    proposed(id, outcome.proposal);
}

} // namespace grekko::engine
