#include "research/report/ballots.hpp"

namespace grekko::report {

void Ballots::add(const events::IntentProposed&) {
    ++intents_;
}

void Ballots::add(const events::IntentRefused& e) {
    ++refusals_[e.reason];
}

void Ballots::add(const events::RoundOpened& e) {
    ++opened_;
    rounds_[e.round].value = e.value.to_double();
}

void Ballots::add(const events::RoundMember& e) {
    rounds_[e.round].weights[e.agent] = e.weight.to_double();
}

void Ballots::add(const events::VoteCast& e) {
    Voter& voter = voters_[e.vote.agent];
    if (e.late) ++voter.late;
    if (!e.counted) return;
    const double confidence = e.vote.confidence.to_double();
    switch (e.abstains ? Ballot::abstain : e.vote.ballot) {
    case Ballot::approve: ++voter.approved; break;
    case Ballot::reject: ++voter.rejected; break;
    case Ballot::veto: ++voter.vetoed; break;
    case Ballot::abstain: ++voter.abstained; return;
    }
    voter.confidence_sum += confidence;
    Round& round = rounds_[e.round];
    const auto weight = round.weights.find(e.vote.agent);
    if (weight != round.weights.end()) round.weighed += weight->second * confidence;
}

void Ballots::add(const events::RoundObserved& e) {
    rounds_[e.round].sigma = e.sigma.to_double();
}

void Ballots::add(const events::RoundClosed& e) {
    ++outcomes_[e.outcome];
    closing_ms_.push_back(static_cast<double>(e.took.count()) / 1e6);
    rounds_[e.round].passed =
        e.outcome == events::RoundOutcome::passed || e.outcome == events::RoundOutcome::solo;
}

void Ballots::add(const events::AttendanceChanged& e) {
    if (!e.answered) ++voters_[e.agent].missed;
}

void Ballots::add(const events::VoteScored& e) {
    Voter& voter = voters_[e.agent];
    voter.skill = e.skill.to_double();
    if (e.share.is_zero()) return; // no mark at the exit: no observation
    const double stated = e.stated.to_double();
    const double outcome = e.outcome.to_double();
    ++voter.scored;
    if (stated * outcome > 0.0) ++voter.hits;
    const auto found = rounds_.find(e.round);
    if (found == rounds_.end() || found->second.sigma <= 0.0) return;
    Round& round = found->second;
    const double result = 2.0 * round.sigma * outcome; // r of r̃ = clamp(r / 2σ)
    if (!round.scored) {
        (round.passed ? results_passed_ : results_not_passed_).push_back(result);
        round.scored = true;
    }
    const auto weight = round.weights.find(e.agent);
    if (weight == round.weights.end() || round.weighed <= 0.0) return;
    voter.values.push_back(weight->second * stated / round.weighed * round.value * result);
}

} // namespace grekko::report
