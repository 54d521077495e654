// The names of all enumerators of the domain, as they stand in the code: for JSON, SQL, logs and
// people. They are no numbers to store: records hold those.
// io, api and app print with them.
#pragma once

#include <string_view>

#include "domain/effect.hpp"
#include "domain/event.hpp"

namespace grekko {

// "unknown" for a value that is no enumerator.
std::string_view name(TradingStatus value);
std::string_view name(InstrumentKind value);
std::string_view name(Side value);
std::string_view name(MarketKind value);
std::string_view name(Urgency value);
std::string_view name(Algorithm value);
std::string_view name(Sizing value);
std::string_view name(OnTimeout value);
std::string_view name(Mode value);
std::string_view name(Ballot value);
std::string_view name(OrderType value);
std::string_view name(TimeInForce value);
std::string_view name(Purpose value);
std::string_view name(OrderStatus value);
std::string_view name(Liquidity value);
std::string_view name(CommandKind value);
std::string_view name(ActionKind value);
std::string_view name(FaultKind value);
std::string_view name(CutKind value);
std::string_view name(ReportKind value);
std::string_view name(RejectReason value);
std::string_view name(TimerKind value);
std::string_view name(events::AgentStatus value);
std::string_view name(events::IntentRefusal value);
std::string_view name(events::IntentRoute value);
std::string_view name(events::RoundOutcome value);
std::string_view name(events::AssessmentKind value);
std::string_view name(events::Verdict value);
std::string_view name(events::BreakerScope value);
std::string_view name(events::BreakerState value);
std::string_view name(events::BookState value);
std::string_view name(events::StateCause value);
std::string_view name(events::ParentEnd value);
std::string_view name(events::StopEnd value);
std::string_view name(events::StopTriggerCause value);
std::string_view name(Category value);
std::string_view name(AskKind value);

} // namespace grekko
