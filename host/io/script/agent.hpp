// Agent: a strategy written in Lua, as ports::Agent. Loading reads the folder once, runs agent.lua
// in its sandbox and binds it to the universe; after that it only answers. It does not watch files,
// read TOML or choose isolation: the runtime and app do. One thread at a time.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "base/result.hpp"
#include "domain/instrument.hpp"
#include "io/script/parameters.hpp"
#include "io/script/settings.hpp"
#include "ports/agent.hpp"

namespace grekko::script {

struct Runtime;

class Agent final : public ports::Agent {
public:
    // not_found, invalid_input, limit_exceeded: the files; script_error: the script, with file and
    // line; invalid_config: a parameter, symbol or interval. The message is one sentence to act on.
    static Result<std::unique_ptr<Agent>> load(Setup setup, const Universe& universe);
    ~Agent() override;

    // [engine] See ports::Agent. A handler that fails leaves no actions: `fault` has kind and
    // "file:line: what". After three faults of memory in a row every ask fails.
    const ports::AgentDescription& description() const override;
    bool ask(const Ask& ask, const ports::AgentView& view, Answer& answer,
             AgentFault& fault) override;
    Result<std::string> save() override;
    Result<void> load(std::string_view state) override;

    // Until then bars fill its series and indicators and nothing is asked of the script: a longer
    // warm-up than it declares, or the history before a market begins.
    void silent_until(Instant until) { silent_until_ = until; }
    // Longest declared warm-up over its bars.
    Duration warm_up() const;
    Duration finest_bar() const; // zero: it takes none

    // Declared parameters with the values it runs with, in order of name.
    std::span<const Parameter> parameters() const;
    // Of the last fault: Lua's stack, a line a level.
    const std::string& last_stack() const;
    std::size_t memory_used() const; // bytes of the Lua state
    // [signal on the thread that asks] Ends the running handler as over its budget.
    void interrupt();

private:
    explicit Agent(std::unique_ptr<Runtime> runtime);
    bool fail(Answer& answer, AgentFault& fault, FaultKind kind, std::string_view message);

    std::unique_ptr<Runtime> runtime_;
    Instant silent_until_;
};

} // namespace grekko::script
