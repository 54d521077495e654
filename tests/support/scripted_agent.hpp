// ScriptedAgent: an agent whose behaviour a test gives as a function. It answers what it is told
// to and remembers what it was asked. It is not a strategy and has no state to save.
// Tests of the engine and the runtime use it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "ports/agent.hpp"

namespace grekko::test {

class ScriptedAgent final : public ports::Agent {
public:
    using Behaviour =
        std::function<void(const Ask&, const ports::AgentView&, std::vector<Action>&)>;

    ScriptedAgent(std::string_view name, InstrumentId instrument, std::vector<Duration> bars,
                  Behaviour behaviour)
        : behaviour_{std::move(behaviour)} {
        description_.name = name;
        ports::Subscription wanted;
        wanted.instrument = instrument;
        wanted.bars = std::move(bars);
        wanted.trades = wanted.bars.empty();
        description_.subscriptions.push_back(wanted);
        description_.votes.push_back(instrument);
        description_.code_hash = std::string(name);
        description_.parameters_hash = "none";
    }

    void set(Behaviour behaviour) { behaviour_ = std::move(behaviour); }
    ports::AgentDescription& mutable_description() { return description_; }
    const ports::AgentDescription& description() const override { return description_; }
    bool ask(const Ask& ask, const ports::AgentView& view, Answer& answer, AgentFault&) override {
        asked.push_back(ask.head.kind);
        if (ask.decision != nullptr) decisions.push_back(*ask.decision);
        if (ask.fill != nullptr) fills.push_back(*ask.fill);
        if (behaviour_) behaviour_(ask, view, answer.actions);
        return true;
    }
    Result<std::string> save() override { return std::string{}; }
    Result<void> load(std::string_view) override { return {}; }

    std::vector<AskKind> asked;
    std::vector<Decision> decisions;
    std::vector<events::FillAllocated> fills;

private:
    ports::AgentDescription description_;
    Behaviour behaviour_;
};

// Votes on every proposal as told.
inline Action ballot(const Ask& ask, Ballot ballot, Rate confidence) {
    Action action;
    action.kind = ActionKind::vote;
    action.ballot = ballot;
    action.round = ask.proposal->round;
    action.instrument = ask.proposal->instrument;
    action.amount = 1_d;
    action.confidence = confidence;
    return action;
}

} // namespace grekko::test
