// State: all that events have made, one part a service. Replaying the journal into a fresh one
// gives the same bytes, and so the same digest. The market is not in it: market data made that.
// Only emit() and replay write it, through apply_all.
#pragma once

#include "core/agents/agents.hpp"
#include "core/consensus/consensus.hpp"
#include "core/engine/pending.hpp"
#include "core/execution/execution.hpp"
#include "core/market/market.hpp"
#include "core/portfolio/portfolio.hpp"
#include "core/risk/risk.hpp"

namespace grekko::engine {

// Who writes this journal, and how far it has come.
struct Identity {
    Sequence last;
    std::uint64_t incarnation{0};
    std::uint64_t epoch{0};
    std::vector<std::uint64_t> commands; // ids of the newest commands, for de-duplication
    bool closing{false}; // a shutdown was asked for: nothing increases until the next incarnation
    void fields(auto& archive) { archive(last, incarnation, epoch, commands, closing); }
};

void apply(Identity&, const IncarnationOpened&, const RecordHead&);
void apply(Identity&, const Command&, const RecordHead&);
void apply(Identity&, const events::CommandHandled&, const RecordHead&);

struct State {
    Identity identity;
    Pending pending;
    agents::State agents;
    consensus::State consensus;
    risk::State risk;
    execution::State execution;
    portfolio::State portfolio;
    void fields(auto& archive) {
        archive(identity, pending, agents, consensus, risk, execution, portfolio);
    }
};

// Gives one record to every part that has an apply for it, in this order: ledgers before limits.
template <class Body>
void apply_all(State& state, const Body& body, const RecordHead& head) {
    state.identity.last = head.sequence;
    if constexpr (requires { apply(state.identity, body, head); }) {
        apply(state.identity, body, head);
    }
    if constexpr (requires { agents::apply(state.agents, body, head); }) {
        agents::apply(state.agents, body, head);
    }
    if constexpr (requires { consensus::apply(state.consensus, body, head); }) {
        consensus::apply(state.consensus, body, head);
    }
    if constexpr (requires { execution::apply(state.execution, body, head); }) {
        execution::apply(state.execution, body, head);
    }
    if constexpr (requires { portfolio::apply(state.portfolio, body, head); }) {
        portfolio::apply(state.portfolio, body, head);
    }
    if constexpr (requires { risk::apply(state.risk, body, head); }) {
        risk::apply(state.risk, body, head);
    }
    if constexpr (requires { apply(state.pending, body, head); }) {
        apply(state.pending, body, head);
    }
}

} // namespace grekko::engine
