// Every event the core can emit, listed once: the list makes the replay switch, the names and the
// documentation. An event is a fact: it has been decided and is applied as it is emitted.
// core/engine emits, io/sqlite projects, research and explain read.
#pragma once

#include <string_view>

#include "domain/event/coordination.hpp"
#include "domain/event/risk.hpp"
#include "domain/event/system.hpp"
#include "domain/event/trading.hpp"

// X(type, "category.name")
#define GREKKO_EVENTS(X)                              \
    X(AgentRegistered, "agent.registered")            \
    X(AgentStatusChanged, "agent.status_changed")     \
    X(AgentFaulted, "agent.faulted")                  \
    X(GenerationChanged, "agent.generation_changed")  \
    X(AgentSettingChanged, "agent.setting_changed")   \
    X(VenueChanged, "venue.changed")                  \
    X(Reconciled, "venue.reconciled")                 \
    X(CommandHandled, "command.handled")              \
    X(AnswerDropped, "agent.answer_dropped")          \
    X(AgentSubscribed, "agent.subscribed")            \
    X(AgentTimerSet, "agent.timer_set")               \
    X(IntentProposed, "intent.proposed")              \
    X(IntentRefused, "intent.refused")                \
    X(IntentSuperseded, "intent.superseded")          \
    X(RoundOpened, "round.opened")                    \
    X(RoundMember, "round.member")                    \
    X(VoteCast, "vote.cast")                          \
    X(RoundClosed, "round.closed")                    \
    X(MandateGranted, "mandate.granted")              \
    X(MandateEnded, "mandate.ended")                  \
    X(AttendanceChanged, "agent.attendance_changed")  \
    X(VoteScored, "vote.scored")                      \
    X(MandateProposed, "mandate.proposed")            \
    X(RoundObserved, "round.observed")                \
    X(RiskAssessed, "risk.assessed")                  \
    X(BreakerChanged, "breaker.changed")              \
    X(BookStateChanged, "book.state_changed")         \
    X(SizeFactorChanged, "risk.size_factor_changed")  \
    X(LimitChanged, "risk.limit_changed")             \
    X(ParentOpened, "parent.opened")                  \
    X(ParentAllocated, "parent.allocated")            \
    X(ParentClosed, "parent.closed")                  \
    X(OrderSubmitted, "order.submitted")              \
    X(OrderAccepted, "order.accepted")                \
    X(OrderRejected, "order.rejected")                \
    X(OrderFilled, "order.filled")                    \
    X(CancelRequested, "order.cancel_requested")      \
    X(OrderCancelled, "order.cancelled")              \
    X(CancelRejected, "order.cancel_rejected")        \
    X(OrderExpired, "order.expired")                  \
    X(ReplaceRequested, "order.replace_requested")    \
    X(OrderReplaced, "order.replaced")                \
    X(ReplaceRejected, "order.replace_rejected")      \
    X(OrderUnknown, "order.unknown")                  \
    X(OrderLapsed, "order.lapsed")                    \
    X(OrderTriggered, "order.triggered")              \
    X(ForeignFill, "fill.foreign")                    \
    X(FillUpgraded, "fill.upgraded")                  \
    X(FillAllocated, "fill.allocated")                \
    X(InternalCross, "cross.internal")                \
    X(DustSwept, "dust.swept")                        \
    X(IntentClosed, "intent.closed")                  \
    X(StopArmed, "stop.armed")                        \
    X(StopMoved, "stop.moved")                        \
    X(StopTriggered, "stop.triggered")                \
    X(StopClosed, "stop.closed")                      \
    X(TransferBooked, "transfer.booked")              \
    X(FundingPaid, "funding.paid")                    \
    X(NavMarked, "nav.marked")                        \
    X(BalanceReported, "balance.reported")            \
    X(AgentMarked, "agent.marked")                    \
    X(PositionMarked, "position.marked")

// X(type, "input.name"): inputs that are journaled as they came.
#define GREKKO_INPUTS(X)                          \
    X(AnswerHead, "input.answer")                 \
    X(ActionRecord, "input.action")               \
    X(AgentFault, "input.agent_fault")            \
    X(GenerationCut, "input.generation_cut")      \
    X(VenueReport, "input.venue_report")          \
    X(Command, "input.command")                   \
    X(TimerFired, "input.timer")                  \
    X(IncarnationOpened, "input.incarnation")     \
    X(MarketStep, "input.market_step")            \
    X(JournalReport, "input.journal_report")

namespace grekko {

// "order.submitted"; empty for an unknown tag.
std::string_view record_name(std::uint16_t tag);
// Bytes of the body of a tag in its present version; 0 for an unknown tag.
std::size_t record_body_size(std::uint16_t tag);
constexpr Category category(std::uint16_t tag) { return static_cast<Category>(tag / 100); }

// Calls `visit(body, head)` with the record as its type; false for a tag it does not know or a
// size that does not fit. `head` must be followed by its body in memory.
template <class Visitor>
bool visit_record(const RecordHead& head, Visitor&& visit) {
    const void* body = &head + 1;
    switch (head.tag) {
#define GREKKO_CASE(type, name)                                       \
    case events::type::tag:                                           \
        if (head.size != sizeof(RecordHead) + sizeof(events::type)) return false; \
        visit(*static_cast<const events::type*>(body), head);         \
        return true;
        GREKKO_EVENTS(GREKKO_CASE)
#undef GREKKO_CASE
#define GREKKO_CASE(type, name)                               \
    case type::tag:                                           \
        if (head.size != sizeof(RecordHead) + sizeof(type)) return false; \
        visit(*static_cast<const type*>(body), head);         \
        return true;
        GREKKO_INPUTS(GREKKO_CASE)
#undef GREKKO_CASE
        default: return false;
    }
}

}  // namespace grekko
