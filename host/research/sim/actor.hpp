// Actor: a simulated agent. It trades at random, within reason or without: steady ones keep to the
// rules, slow ones vote when it is over, hostile ones answer whatever an answer can hold, faulting
// ones fail. It has no opinion on the market. The driver asks it as it would any agent.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "base/random.hpp"
#include "ports/agent.hpp"
#include "research/sim/plan.hpp"

namespace grekko::sim {

class Actor final : public ports::Agent {
public:
    Actor(const ActorPlan& plan, const Universe& universe, std::uint64_t seed,
          std::uint64_t number);

    const ports::AgentDescription& description() const override { return description_; }
    bool ask(const Ask& ask, const ports::AgentView& view, Answer& answer,
             AgentFault& fault) override;
    Result<std::string> save() override { return std::string{}; }
    Result<void> load(std::string_view) override { return {}; }

    // From now on it answers in time and within reason.
    void heal() { healed_ = true; }

private:
    Character character() const { return healed_ ? Character::steady : plan_.character; }
    void act(const ports::AgentView& view, InstrumentId instrument, std::vector<Action>& out);
    Action target(InstrumentId instrument, Price mark);
    static void make_tradable(Action& action, Price mark);
    Working working();
    void vote(const Proposal& proposal, std::vector<Action>& out);
    void nonsense(InstrumentId instrument, Price mark, std::vector<Action>& out);
    Decimal any_amount();

    ActorPlan plan_;
    ports::AgentDescription description_;
    Random random_;
    std::deque<Proposal> late_; // rounds that a slow one has yet to answer
    bool healed_{false};
};

std::vector<std::unique_ptr<Actor>> make_actors(const Plan& plan);

} // namespace grekko::sim
