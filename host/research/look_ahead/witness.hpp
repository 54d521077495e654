// Witness: stands before an agent, hands every question on and notes what came back and when.
// It changes nothing and judges nothing.
// look_ahead.cpp puts one before each agent of a run.
#pragma once

#include <memory>
#include <vector>

#include "ports/agent.hpp"
#include "runtime/boot.hpp"

namespace grekko::research {

// An answer that did something, or news from a venue (then often without actions).
struct Acted {
    Instant at;
    std::size_t agent{0}; // place among the run's agents
    AskKind kind{};
    std::vector<Action> actions;

    bool news() const { return kind == AskKind::order || kind == AskKind::fill; }
    bool operator==(const Acted& other) const;
};
using Actions = std::vector<Acted>;

class Witness final : public ports::Agent {
public:
    Witness(ports::Agent& agent, std::size_t place, Actions& log)
        : agent_{agent},
          place_{place},
          log_{log} {}

    const ports::AgentDescription& description() const override { return agent_.description(); }
    bool ask(const Ask& ask, const ports::AgentView& view, Answer& answer,
             AgentFault& fault) override;
    Result<std::string> save() override { return agent_.save(); }
    Result<void> load(std::string_view state) override { return agent_.load(state); }

private:
    ports::Agent& agent_;
    std::size_t place_;
    Actions& log_;
};

// Puts a witness before each agent; they live as long as what is returned.
std::vector<std::unique_ptr<Witness>> watch(std::vector<runtime::Enrolment>& agents, Actions& log);

} // namespace grekko::research
