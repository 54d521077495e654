// Agent: a strategy as the runtime sees it, whatever it is written in and wherever it runs.
// It proposes and votes; it places nothing. Implemented by io/script (Lua), io/plugin (native,
// workers) and by test agents; called by the runtime in a fixed order.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/ask.hpp"
#include "ports/agent_view.hpp"

namespace grekko::ports {

// What an agent wants to be asked about.
struct Subscription {
    InstrumentId instrument;
    bool trades{false}, quotes{false}, books{false};
    std::vector<Duration> bars;      // intervals; empty: none
};

struct AgentDescription {
    AgentName name;
    Mode mode{Mode::balanced};
    bool native{false};
    std::vector<Subscription> subscriptions;
    std::vector<InstrumentId> votes;  // instruments it votes on
    std::string code_hash;            // SHA-256 in hex of everything that was loaded
    std::string parameters_hash;
};

class Agent {
public:
    virtual ~Agent() = default;

    // [engine] All calls on one thread, one at a time.
    virtual const AgentDescription& description() const = 0;
    // Answers one question: fills `answer.actions`. Returns false where the agent failed, with kind
    // and message of `fault` filled; the actions of a failed call are dropped. Who is asked stands
    // in the question, and whoever asks writes the heads of both: an agent knows neither its id,
    // which is the journal's, nor its generation.
    virtual bool ask(const Ask& ask, const AgentView& view, Answer& answer, AgentFault& fault) = 0;
    // The agent's state as bytes that `load` of the same or a newer generation understands.
    virtual Result<std::string> save() = 0;
    virtual Result<void> load(std::string_view state) = 0;
};

}  // namespace grekko::ports
