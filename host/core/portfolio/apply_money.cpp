// Transfers, balances and the minute's samples; agents and their capital.
#include "core/portfolio/apply.hpp"

#include <algorithm>

#include "core/portfolio/ledger.hpp"

namespace grekko::portfolio {

// The first money begins its day: N at 00:00 was nothing, and limits are of the lesser N. What
// comes or goes later on that day is part of the same beginning.
void apply(State& state, const events::TransferBooked& e, const RecordHead& head) {
    const bool first = !state.units.is_positive() && e.units.is_positive();
    Account& account = state.accounts[{e.venue, e.currency}];
    account.cash += e.amount;
    account.transferred += e.amount;
    state.units += e.units;
    state.transferred += e.value;
    const Duration day = Duration::days(1);
    if (first) {
        state.funded_at = head.at;
        state.nav_day_start = Notional{state.units};
        state.per_unit_day_start = state.per_unit_last = state.per_unit_peak = 1_rate;
    } else if (state.funded_at.floor(day) == head.at.floor(day)) {
        state.nav_day_start += e.value;
    }
}

void apply(State& state, const events::BalanceReported& e, const RecordHead& head) {
    Account& account = state.accounts[{e.venue, e.currency}];
    account.reported = e.total;
    account.held = e.held;
    account.reported_at = head.at;
}

// Peaks follow from marks that are not stale; a day needs a start whatever the marks are.
void apply(State& state, const events::NavMarked& e, const RecordHead& head) {
    const bool first = state.nav_at.is_none();
    state.nav_at = head.at;
    state.per_unit_last = e.nav_per_unit;
    if (first || e.day_start) {
        state.nav_day_start = e.nav;
        state.per_unit_day_start = e.nav_per_unit;
    }
    if (first || !e.stale) state.per_unit_peak = std::max(state.per_unit_peak, e.nav_per_unit);
}

void apply(State& state, const events::AgentMarked& e, const RecordHead&) {
    AgentState& agent = state.agents[e.agent];
    if (!agent.marked || e.day_start) agent.equity_day_start = e.equity;
    agent.equity_peak = agent.marked ? std::max(agent.equity_peak, e.equity) : e.equity;
    agent.marked = true;
}

void apply(State& state, const events::PositionMarked& e, const RecordHead&) {
    const auto found = state.ledgers.find({e.agent, e.instrument});
    if (found != state.ledgers.end()) widen(found->second, e.unrealised);
}

void apply(State& state, const events::AgentRegistered& e, const RecordHead&) {
    state.agents[e.agent].allocation = e.allocation;
}

// Capital given or taken is neither profit nor drawdown.
void apply(State& state, const events::AgentSettingChanged& e, const RecordHead&) {
    if (e.setting != CommandKind::agent_allocation) return;
    AgentState& agent = state.agents[e.agent];
    const Notional change = Notional{e.to} - agent.allocation;
    agent.allocation = Notional{e.to};
    agent.equity_peak += change;
    agent.equity_day_start += change;
}

void apply(State& state, const events::CommandHandled& e, const RecordHead&) {
    const bool rebase = e.accepted && e.kind == CommandKind::resume_rebase_peak;
    if (rebase && !state.nav_at.is_none()) state.per_unit_peak = state.per_unit_last;
}

}  // namespace grekko::portfolio
