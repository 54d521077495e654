#include <algorithm>

#include "base/limits.hpp"
#include "core/consensus/consensus.hpp"

namespace grekko::consensus {
namespace {

// Keeps at most limits::intents_kept_max decided intents; undecided ones are never dropped.
void remember_decided(State& state, IntentId id) {
    state.decided.push_back(id);
    while (state.decided.size() > limits::intents_kept_max) {
        state.intents.erase(state.decided.front());
        state.decided.pop_front();
    }
}

void decide(State& state, IntentRecord& record, RoundOutcome outcome, const RecordHead& head) {
    record.outcome = outcome;
    record.decided_at = head.at;
    remember_decided(state, record.id);
}

// A wish uttered while a round is open counts there too, should its agent not answer.
void note_wish(State& state, const Intent& intent) {
    for (auto& [id, round] : state.open) {
        if (round.instrument != intent.instrument) continue;
        const auto member =
            std::ranges::lower_bound(round.members, intent.agent, {}, &Member::agent);
        if (member == round.members.end() || member->agent != intent.agent) continue;
        member->holds_intent = true;
        member->intent_same_side = intent.side() == round.side;
        member->intent_confidence = intent.confidence;
    }
}

} // namespace

void apply(State& state, const events::IntentProposed& event, const RecordHead& head) {
    ASSERT(!state.intents.contains(event.id));
    IntentRecord& record = state.intents[event.id];
    record.id = event.id;
    record.intent = event.intent;
    record.proposed_at = head.at;
    record.beyond = event.beyond;
    record.mark_decided = event.intent.reference;
    record.route = event.route;
    record.increase = event.increase;
    record.mandate = event.mandate;
    record.retarget = event.retarget;
    Latest& latest = state.latest[{event.intent.agent, event.intent.instrument}];
    if (event.increase) latest.increase_at = head.at;
    if (!event.mandate) latest.intent = event.id;

    const bool voted = event.route == IntentRoute::vote;
    if (voted && !event.mandate) note_wish(state, event.intent);
    if (!voted && event.route != IntentRoute::solo) {
        record.decided = event.intent.size();
        record.fraction = 1_rate;
        decide(state, record, RoundOutcome::passed, head);
    }
}

// The outcome comes with RoundClosed; this only says which intent took the place. None did where
// a decided intent went stale while it waited for older work to end.
void apply(State& state, const events::IntentSuperseded& event, const RecordHead&) {
    ASSERT(event.id != event.by);
    ASSERT(event.by.is_none() || state.intents.contains(event.by));
}

void apply(State& state, const events::MandateProposed& event, const RecordHead&) {
    ASSERT(state.intents.contains(event.round));
    std::erase_if(state.terms, [&](const auto& entry) { // passed, but too small to be granted
        const IntentRecord* record = find_intent(state, entry.first);
        return record == nullptr || !record->undecided();
    });
    state.terms[event.round] = event.terms;
}

void apply(State& state, const events::RoundOpened& event, const RecordHead& head) {
    const IntentRecord* record = find_intent(state, event.round);
    ASSERT(record != nullptr && record->undecided());
    ASSERT(!state.open.contains(event.round));
    Round& round = state.open[event.round];
    round.id = event.round;
    round.proposer = event.proposer;
    round.instrument = event.instrument;
    round.proposer_group = event.proposer_group;
    round.side = record->intent.side();
    round.mandate = record->mandate;
    round.veto_missing_refuses = event.veto_missing_refuses;
    round.opened_at = head.at;
    round.deadline = event.deadline;
    round.nav = event.nav;
    round.value = event.value;
    round.churn = event.churn;
    round.members.reserve(event.members);
}

void apply(State& state, const events::RoundMember& event, const RecordHead&) {
    const auto round = state.open.find(event.round);
    ASSERT(round != state.open.end());
    std::vector<Member>& members = round->second.members;
    ASSERT(members.empty() || members.back().agent < event.agent);
    members.push_back({.agent = event.agent,
                       .group = event.group,
                       .veto = event.veto,
                       .outside = event.outside,
                       .holds_intent = event.undecided_same || event.undecided_opposite,
                       .intent_same_side = event.undecided_same,
                       .weight = event.weight,
                       .intent_confidence = event.undecided_confidence});
}

void apply(State& state, const events::VoteCast& event, const RecordHead& head) {
    if (!event.counted) return;
    const auto round = state.open.find(event.round);
    ASSERT(round != state.open.end());
    const auto member =
        std::ranges::lower_bound(round->second.members, event.vote.agent, {}, &Member::agent);
    ASSERT(member != round->second.members.end());
    ASSERT(member->agent == event.vote.agent && !member->answered);
    member->answered = true;
    member->ballot = event.vote.ballot;
    member->confidence = event.vote.confidence;
    member->max = event.vote.max;
    if (event.vote.ballot != Ballot::veto) return;
    VetoCount& used = state.vetoes[event.vote.agent];
    const Instant day = head.at.floor(Duration::days(1));
    if (used.day != day) used = {.day = day};
    ++used.count;
}

void apply(State& state, const events::RoundClosed& event, const RecordHead& head) {
    const auto found = state.intents.find(event.round);
    ASSERT(found != state.intents.end() && found->second.undecided());
    IntentRecord& record = found->second;
    const bool passed =
        event.outcome == RoundOutcome::passed || event.outcome == RoundOutcome::solo;
    if (!passed) state.terms.erase(event.round);
    if (passed) {
        record.decided = event.quantity;
        record.fraction = event.fraction;
        Instant& guarded = state.guards[{record.intent.instrument, opposite(record.intent.side())}];
        guarded = std::max(guarded, event.guard_until);
    }
    record.mark_decided = event.mark;
    decide(state, record, event.outcome, head);

    const auto round = state.open.find(event.round);
    if (round == state.open.end()) return; // solo
    state.past.push_back({event.round, round->second.opened_at, round->second.deadline});
    if (state.past.size() > limits::past_rounds_max) state.past.pop_front();
    state.open.erase(round);
    ++state.figures.rounds;
    if (event.quorate) ++state.figures.succeeded;
    if (passed) ++state.figures.passed;
}

void apply(State& state, const events::MandateGranted& event, const RecordHead&) {
    state.terms.erase(event.round);
    state.mandates[{event.terms.agent, event.terms.instrument}] = event;
}

void apply(State& state, const events::MandateEnded& event, const RecordHead&) {
    std::erase_if(state.mandates, [&](const auto& entry) { return entry.second.id == event.id; });
}

void apply(State& state, const events::IntentClosed& event, const RecordHead&) {
    const IntentRecord* record = find_intent(state, event.intent);
    if (record != nullptr && !record->undecided()) state.intents.erase(event.intent);
}

} // namespace grekko::consensus
