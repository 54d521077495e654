// What changes the ledgers: one apply() for every event that portfolio knows. They cannot fail and
// decide nothing; replay calls them alone. Not for reading: that is portfolio.hpp. core/engine
// calls them as it emits.
#pragma once

#include "core/portfolio/state.hpp"
#include "domain/event.hpp"

namespace grekko::portfolio {

void apply(State& state, const events::FillAllocated& event, const RecordHead& head);
void apply(State& state, const events::OrderFilled& event, const RecordHead& head);
void apply(State& state, const events::FillUpgraded& event, const RecordHead& head);
void apply(State& state, const events::ForeignFill& event, const RecordHead& head);
void apply(State& state, const events::InternalCross& event, const RecordHead& head);
void apply(State& state, const events::DustSwept& event, const RecordHead& head);
void apply(State& state, const events::FundingPaid& event, const RecordHead& head);
void apply(State& state, const events::TransferBooked& event, const RecordHead& head);
void apply(State& state, const events::BalanceReported& event, const RecordHead& head);
void apply(State& state, const events::NavMarked& event, const RecordHead& head);
void apply(State& state, const events::AgentMarked& event, const RecordHead& head);
void apply(State& state, const events::PositionMarked& event, const RecordHead& head);
void apply(State& state, const events::AgentRegistered& event, const RecordHead& head);
void apply(State& state, const events::AgentSettingChanged& event, const RecordHead& head);
void apply(State& state, const events::CommandHandled& event, const RecordHead& head);
void apply(State& state, const events::IntentProposed& event, const RecordHead& head);
void apply(State& state, const events::RoundClosed& event, const RecordHead& head);
void apply(State& state, const events::ParentAllocated& event, const RecordHead& head);
void apply(State& state, const events::ParentClosed& event, const RecordHead& head);
void apply(State& state, const events::IntentClosed& event, const RecordHead& head);

}  // namespace grekko::portfolio
