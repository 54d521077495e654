#include <algorithm>

#include "base/assert.hpp"
#include "core/agents/agents.hpp"

namespace grekko::agents {
namespace {

using events::RoundOutcome;

void await(Waiting& waiting, AgentId id) {
    const auto place = std::ranges::lower_bound(waiting.asked, id);
    if (place == waiting.asked.end() || *place != id) waiting.asked.insert(place, id);
}

void settle(State& state, IntentId round, AgentId id) {
    const auto waiting = state.waiting.find(round);
    if (waiting == state.waiting.end()) return;
    std::erase(waiting->second.asked, id);
    if (waiting->second.asked.empty()) state.waiting.erase(waiting);
}

void renew(Triggers& triggers) {
    triggers.below = triggers.buys.empty() ? Price{} : triggers.buys.rbegin()->stop;
    triggers.above = triggers.sells.empty() ? Price::max() : triggers.sells.begin()->stop;
}

void watch(State& state, const events::RoundObserved& round) {
    state.exits.insert({round.exit_at, round.round});
    if (round.stop.is_zero()) return;
    const std::size_t slot = round.instrument.value();
    if (slot >= state.triggers.size()) state.triggers.resize(slot + 1);
    Triggers& triggers = state.triggers[slot];
    (round.side == Side::buy ? triggers.buys : triggers.sells).insert({round.stop, round.round});
    renew(triggers);
}

void forget(State& state, const events::RoundObserved& round) {
    state.exits.erase({round.exit_at, round.round});
    if (round.stop.is_zero()) return;
    Triggers& triggers = state.triggers[round.instrument.value()];
    (round.side == Side::buy ? triggers.buys : triggers.sells).erase({round.stop, round.round});
    renew(triggers);
}

void add(Skill& skill, const events::VoteScored& event) {
    const auto product = [](Decimal a, Decimal b) { return multiply(a, b, Rounding::half_even); };
    const Decimal outcome = event.outcome.decimal(), share = event.share.decimal();
    const Decimal decay = event.decay.decimal();
    skill.numerator = event.numerator.decimal();
    skill.denominator = event.denominator.decimal();
    skill.outcome_square =
        product(decay, skill.outcome_square) + product(share, product(outcome, outcome));
    skill.effective = product(decay, skill.effective) + share;
    skill.quadratic += event.quadratic.decimal();
    ++skill.votes;
    if (event.stated.sign() * event.outcome.sign() > 0) ++skill.hits;
}

} // namespace

// Absent agents are asked as shadows: their answers bring them back.
void apply(State& state, const events::RoundOpened& event, const RecordHead&) {
    Waiting waiting{.deadline = event.deadline};
    for (const AgentId id : voters(state, event.instrument)) {
        const bool absent = state.roster[id.value()].status == AgentStatus::absent;
        if (absent && id != event.proposer) await(waiting, id);
    }
    if (!waiting.asked.empty()) state.waiting[event.round] = waiting;
    state.stated[event.round];
    state.opened[event.round] = {.proposer = event.proposer, .deadline = event.deadline};
}

void apply(State& state, const events::RoundMember& event, const RecordHead&) {
    const auto opened = state.opened.find(event.round);
    ASSERT(opened != state.opened.end());
    if (event.agent == opened->second.proposer || !runs(state, event.agent)) return;
    Waiting& waiting = state.waiting[event.round];
    waiting.deadline = opened->second.deadline;
    await(waiting, event.agent);
}

void apply(State& state, const events::VoteCast& event, const RecordHead&) {
    const auto stated = state.stated.find(event.round);
    if (!event.counted || stated == state.stated.end()) return;
    if (event.vote.ballot == Ballot::abstain || event.abstains) return;
    const Rate confidence = event.vote.confidence;
    const bool approves = event.vote.ballot == Ballot::approve;
    stated->second.push_back(
        {.agent = event.vote.agent, .stated = approves ? confidence : -confidence});
}

void apply(State& state, const events::RoundObserved& event, const RecordHead&) {
    const auto stated = state.stated.find(event.round);
    if (stated == state.stated.end() || stated->second.empty()) return;
    ASSERT(!state.observed.contains(event.round));
    for (const StatedVote& vote : stated->second) {
        ++state.unresolved[{vote.agent, event.instrument}];
    }
    state.observed[event.round] = {event, std::move(stated->second)};
    watch(state, event);
}

void apply(State& state, const events::RoundClosed& event, const RecordHead&) {
    state.stated.erase(event.round);
    state.opened.erase(event.round);
    const bool withdrawn =
        event.outcome == RoundOutcome::superseded || event.outcome == RoundOutcome::cancelled;
    if (withdrawn) state.waiting.erase(event.round); // nobody missed anything
}

void apply(State& state, const events::AttendanceChanged& event, const RecordHead&) {
    ASSERT(event.agent.value() < state.roster.size());
    Agent& agent = state.roster[event.agent.value()];
    agent.attendance = event.attendance;
    agent.misses = event.misses;
    agent.answers = event.answers;
    settle(state, event.round, event.agent);
}

void apply(State& state, const events::VoteScored& event, const RecordHead&) {
    const auto found = state.observed.find(event.round);
    ASSERT(found != state.observed.end());
    Observed& observed = found->second;
    std::erase_if(observed.votes, [&](const StatedVote& v) { return v.agent == event.agent; });
    const auto pending = state.unresolved.find({event.agent, event.instrument});
    ASSERT(pending != state.unresolved.end() && pending->second > 0);
    if (--pending->second == 0) state.unresolved.erase(pending);
    if (!event.share.is_zero()) add(state.roster[event.agent.value()].skill, event);
    if (!observed.votes.empty()) return;
    forget(state, observed.round);
    state.observed.erase(found);
}

} // namespace grekko::agents
