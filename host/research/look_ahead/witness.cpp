#include "research/look_ahead/witness.hpp"

#include <cstring>

namespace grekko::research {

bool Acted::operator==(const Acted& other) const {
    if (at != other.at || agent != other.agent || kind != other.kind) return false;
    if (actions.size() != other.actions.size()) return false;
    for (std::size_t i = 0; i < actions.size(); ++i) {
        // As they go into the journal: equal values have equal bytes.
        if (std::memcmp(&actions[i], &other.actions[i], sizeof(Action)) != 0) return false;
    }
    return true;
}

bool Witness::ask(const Ask& ask, const ports::AgentView& view, Answer& answer, AgentFault& fault) {
    const bool good = agent_.ask(ask, view, answer, fault);
    Acted acted{view.now(), place_, ask.head.kind, answer.actions};
    if (!answer.actions.empty() || acted.news()) log_.push_back(std::move(acted));
    return good;
}

std::vector<std::unique_ptr<Witness>> watch(std::vector<runtime::Enrolment>& agents, Actions& log) {
    std::vector<std::unique_ptr<Witness>> out;
    for (std::size_t i = 0; i < agents.size(); ++i) {
        out.push_back(std::make_unique<Witness>(*agents[i].agent, i, log));
        agents[i].agent = out.back().get();
    }
    return out;
}

} // namespace grekko::research
