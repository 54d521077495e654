#include "app/tally.hpp"

#include "core/engine/frame.hpp"

namespace grekko::app {

void Tally::add(std::span<const std::byte> bytes) {
    engine::for_each_record(bytes, [&](const RecordHead& head) {
        ++records;
        visit_record(head, [&](const auto& body, const RecordHead&) { take(body); });
    });
}

void Tally::take(const events::AgentRegistered& event) {
    agents[event.agent].name = event.name.string();
}

void Tally::take(const events::AgentFaulted& event) {
    AgentTally& agent = agents[event.agent];
    ++agent.faults;
    agent.last_fault = event.message.string();
}

void Tally::take(const events::IntentProposed& event) {
    ++intents;
    ++agents[event.intent.agent].intents;
}

void Tally::take(const events::IntentRefused& event) {
    ++refusals[event.reason];
    ++agents[event.intent.agent].refused;
}

void Tally::take(const events::RoundOpened& event) {
    ++rounds;
    proposers_[event.round] = event.proposer;
}

void Tally::take(const events::RoundClosed& event) {
    ++outcomes[event.outcome];
    const auto proposer = proposers_.find(event.round);
    if (proposer == proposers_.end()) return;
    AgentTally& agent = agents[proposer->second];
    ++(event.outcome == events::RoundOutcome::passed ? agent.passed : agent.rejected);
    proposers_.erase(proposer);
}

void Tally::take(const events::VoteCast& event) {
    ++agents[event.vote.agent].votes;
}

void Tally::take(const events::RiskAssessed& event) {
    if (event.verdict == events::Verdict::approved) return;
    ++denials[event.reason];
    ++agents[event.agent].denied;
}

void Tally::take(const events::OrderSubmitted&) {
    ++orders;
}
void Tally::take(const events::OrderFilled&) {
    ++fills;
}
void Tally::take(const events::FillAllocated& event) {
    ++agents[event.agent].fills;
}
void Tally::take(const AnswerHead&) {
    ++answers;
}

} // namespace grekko::app
