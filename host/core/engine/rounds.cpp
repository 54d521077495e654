// 4: rounds. They open with a frozen electorate, collect sealed votes, and close in the order of
// opening on their instrument; what passes goes on to risk.
#include "core/engine/emit.hpp"

namespace grekko::engine {

void Engine::open_round(IntentId id) {
    const consensus::IntentRecord* record = consensus::find_intent(state_.consensus, id);
    ASSERT(record != nullptr);
    const Intent intent = record->intent;
    const Mark mark = market_.mark(intent.instrument, at_);
    agents::electorate(state_.agents, settings_.agents, intent.instrument, electors_);
    consensus::OpenContext context;
    context.now = at_;
    context.nav = book(at_).nav;
    context.value = base_value(intent.instrument, intent.size(), mark.price);
    context.electorate = electors_;
    context.proposer_group = agents::group(state_.agents, intent.agent);
    const auto opened = consensus::open_round(state_.consensus, settings_.consensus, id, context);
    if (!opened) return withdraw(id, events::RoundOutcome::cancelled);
    const Sequence correlation{id.value()};
    emit(opened->opened, correlation);
    for (const events::RoundMember& member : opened->members)
        emit(member, correlation);
    if (opened->own) {
        emit(*opened->own, correlation);
        attended(*opened->own);
    }
    const std::span<const AgentId> asked = agents::asked(state_.agents, id);
    for (const AgentId voter : std::vector<AgentId>{asked.begin(), asked.end()}) {
        if (voter != intent.agent) ask_proposal(voter, id);
    }
    schedule(TimerKind::round_close, id.value(), opened->opened.deadline);
    close_rounds(intent.instrument, consensus::CloseCause::vote);
}

void Engine::cast(AgentId agent, const Action& action) {
    Vote vote;
    vote.agent = agent;
    vote.ballot = action.ballot;
    vote.confidence = action.confidence;
    vote.max = Rate{action.amount};
    vote.reason = action.reason;
    const auto cast =
        consensus::vote(state_.consensus, settings_.consensus, action.round, vote, at_);
    if (!cast) return;
    emit(*cast, Sequence{action.round.value()});
    attended(*cast);
    const consensus::Round* round = consensus::find_round(state_.consensus, action.round);
    if (round != nullptr) close_rounds(round->instrument, consensus::CloseCause::vote);
}

void Engine::attended(const events::VoteCast& cast) {
    if (const auto change = agents::answered(state_.agents, settings_.agents, cast)) {
        emit(change->change, Sequence{cast.round.value()});
        if (change->status) status_changed(*change->status);
    }
}

// Decides what can be decided on an instrument, first opened first.
void Engine::close_rounds(InstrumentId instrument, consensus::CloseCause cause) {
    while (const auto front = consensus::front(state_.consensus, instrument)) {
        const MarketView view = market_.view(instrument, VenueId{}, at_);
        const auto closed =
            consensus::try_close(state_.consensus, settings_.consensus, *front, cause, view);
        if (!closed) return;
        round_closed(*closed);
    }
}

void Engine::withdraw(IntentId id, events::RoundOutcome outcome) {
    const consensus::IntentRecord* record = consensus::find_intent(state_.consensus, id);
    if (record == nullptr) return;
    const MarketView view = market_.view(record->intent.instrument, VenueId{}, at_);
    const auto closed =
        consensus::withdraw(state_.consensus, settings_.consensus, id, outcome, view);
    if (closed) round_closed(*closed);
}

void Engine::round_closed(const events::RoundClosed& closed) {
    const consensus::IntentRecord* record = consensus::find_intent(state_.consensus, closed.round);
    ASSERT(record != nullptr);
    const Intent intent = record->intent;
    const Sequence correlation{closed.round.value()};
    agents::ObserveContext observe;
    observe.now = at_;
    observe.market = market_.view(intent.instrument, VenueId{}, at_);
    observe.cost = cost(intent.instrument, intent.size(), intent.working.urgency, at_).round_trip;
    if (const auto observed = agents::observe(state_.agents, closed.round, intent, observe)) {
        emit(*observed, correlation);
    }
    emit(closed, correlation);
    const bool passed = closed.outcome == events::RoundOutcome::passed ||
                        closed.outcome == events::RoundOutcome::solo;
    if (!passed) {
        const bool late = closed.outcome == events::RoundOutcome::expired ||
                          closed.outcome == events::RoundOutcome::stale_price;
        const bool gone = closed.outcome == events::RoundOutcome::superseded;
        ask_decision(closed.round,
                     gone   ? DecisionStatus::superseded
                     : late ? DecisionStatus::expired
                            : DecisionStatus::rejected,
                     consensus::name(closed.outcome));
        return;
    }
    if (closed.mandate) {
        Quantity lot;
        if (const Listing* listing = listing_for(intent.instrument)) lot = listing->lot;
        if (const auto grant = consensus::grant_mandate(state_.consensus, closed, lot)) {
            if (grant->ended) emit(*grant->ended, correlation);
            emit(grant->granted, correlation);
        }
        ask_decision(closed.round, DecisionStatus::accepted, "mandate granted");
        return;
    }
    execute_waiting(intent.agent, intent.instrument);
}

} // namespace grekko::engine
