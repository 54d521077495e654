#include "domain/names.hpp"

#include <cstddef>

namespace grekko {
namespace {

// The names of consecutive values, the first of which is `First`.
template <std::size_t First, class Enumeration, std::size_t Count>
std::string_view pick(const std::string_view (&names)[Count], Enumeration value) {
    const auto at = static_cast<std::size_t>(value);
    return at < First || at - First >= Count ? "unknown" : names[at - First];
}

} // namespace

std::string_view name(TradingStatus value) {
    static constexpr std::string_view names[]{"trading",     "limit_only", "post_only",
                                              "cancel_only", "halted",     "removed"};
    return pick<1>(names, value);
}

std::string_view name(InstrumentKind value) {
    static constexpr std::string_view names[]{"spot", "perpetual"};
    return pick<1>(names, value);
}

std::string_view name(Side value) {
    static constexpr std::string_view names[]{"buy", "sell"};
    return pick<1>(names, value);
}

std::string_view name(MarketKind value) {
    static constexpr std::string_view names[]{"trade",       "quote", "book_reset", "book_level",
                                              "book_commit", "bar",   "gap",        "status",
                                              "funding",     "clock"};
    return pick<1>(names, value);
}

std::string_view name(Urgency value) {
    static constexpr std::string_view names[]{"passive", "normal", "urgent"};
    return pick<1>(names, value);
}

std::string_view name(Algorithm value) {
    static constexpr std::string_view names[]{"none", "twap", "vwap", "iceberg"};
    return pick<0>(names, value);
}

std::string_view name(Sizing value) {
    static constexpr std::string_view names[]{"quantity", "notional", "weight", "risk"};
    return pick<1>(names, value);
}

std::string_view name(OnTimeout value) {
    static constexpr std::string_view names[]{"cancel", "cross"};
    return pick<1>(names, value);
}

std::string_view name(Mode value) {
    static constexpr std::string_view names[]{"aggressive", "balanced", "conservative"};
    return pick<1>(names, value);
}

std::string_view name(Ballot value) {
    static constexpr std::string_view names[]{"approve", "reject", "abstain", "veto"};
    return pick<1>(names, value);
}

std::string_view name(OrderType value) {
    static constexpr std::string_view names[]{"limit",        "market",      "stop",
                                              "stop_limit",   "take_profit", "take_profit_limit",
                                              "trailing_stop"};
    return pick<1>(names, value);
}

std::string_view name(TimeInForce value) {
    static constexpr std::string_view names[]{"gtc", "ioc", "fok", "gtd"};
    return pick<1>(names, value);
}

std::string_view name(Purpose value) {
    static constexpr std::string_view names[]{"increase",      "reduce",  "stop",
                                              "disaster_stop", "flatten", "mandate"};
    return pick<1>(names, value);
}

std::string_view name(OrderStatus value) {
    static constexpr std::string_view names[]{
        "submitted", "accepted",  "partly_filled", "pending_cancel", "pending_replace", "unknown",
        "filled",    "cancelled", "rejected",      "expired",        "lapsed"};
    return pick<1>(names, value);
}

std::string_view name(Liquidity value) {
    static constexpr std::string_view names[]{"unknown", "maker", "taker"};
    return pick<0>(names, value);
}

std::string_view name(CommandKind value) {
    static constexpr std::string_view names[]{"halt",
                                              "halt_freeze",
                                              "reducing",
                                              "resume",
                                              "resume_rebase_peak",
                                              "flatten",
                                              "cancel_order",
                                              "cancel_all",
                                              "submit_operator_order",
                                              "reset_breaker",
                                              "open_breaker",
                                              "agent_enable",
                                              "agent_disable",
                                              "agent_participation",
                                              "agent_allocation",
                                              "agent_risk_tolerance",
                                              "finalize_round",
                                              "reconcile",
                                              "shutdown",
                                              "set_limit"};
    return pick<1>(names, value);
}

std::string_view name(ActionKind value) {
    static constexpr std::string_view names[]{"target",  "close", "cancel",        "vote",
                                              "mandate", "quote", "cancel_quotes", "stop",
                                              "timer",   "done"};
    return pick<1>(names, value);
}

std::string_view name(FaultKind value) {
    static constexpr std::string_view names[]{"error",   "budget", "memory",        "crash",
                                              "timeout", "quota",  "invalid_output"};
    return pick<1>(names, value);
}

std::string_view name(CutKind value) {
    static constexpr std::string_view names[]{"start", "reload", "rollback", "stop"};
    return pick<1>(names, value);
}

std::string_view name(ReportKind value) {
    static constexpr std::string_view names[]{
        "accepted",        "rejected",     "filled",           "cancelled",        "expired",
        "cancel_rejected", "replaced",     "replace_rejected", "triggered",        "ambiguous",
        "not_found",       "order_state",  "balance",          "snapshot_begin",   "snapshot_end",
        "connected",       "disconnected", "private_lost",     "private_restored", "clock"};
    return pick<1>(names, value);
}

std::string_view name(RejectReason value) {
    static constexpr std::string_view names[]{"none",
                                              "insufficient_funds",
                                              "post_only_would_take",
                                              "price_out_of_band",
                                              "size_out_of_range",
                                              "unknown_instrument",
                                              "not_trading",
                                              "duplicate_client_id",
                                              "too_many_orders",
                                              "rate_limited",
                                              "would_trigger_immediately",
                                              "no_market",
                                              "self_trade",
                                              "reduce_only",
                                              "invalid",
                                              "other"};
    return pick<0>(names, value);
}

std::string_view name(TimerKind value) {
    static constexpr std::string_view names[]{
        "round_close", "order_expiry", "slice", "stop_escalation", "requote",
        "reconcile",   "breaker",      "day",   "agent",           "score",
        "staleness",   "mandate",      "nav",   "silence"};
    return pick<1>(names, value);
}

std::string_view name(events::AgentStatus value) {
    static constexpr std::string_view names[]{"active", "idle", "error", "disabled", "absent"};
    return pick<1>(names, value);
}

std::string_view name(events::IntentRefusal value) {
    static constexpr std::string_view names[]{
        "none",         "nothing_to_do",      "reentrant",      "busy",
        "too_frequent", "unknown_instrument", "invalid",        "no_electorate",
        "no_mark",      "mandate_outside",    "agent_inactive", "halted",
        "solo_refused"};
    return pick<0>(names, value);
}

std::string_view name(events::IntentRoute value) {
    static constexpr std::string_view names[]{"vote", "reduce", "lower", "operator_order", "solo"};
    return pick<1>(names, value);
}

std::string_view name(events::RoundOutcome value) {
    static constexpr std::string_view names[]{
        "passed",  "rejected",    "no_quorum",  "vetoed",    "veto_missing",
        "expired", "stale_price", "superseded", "cancelled", "solo"};
    return pick<1>(names, value);
}

std::string_view name(events::AssessmentKind value) {
    static constexpr std::string_view names[]{"increase", "reduce",  "replace", "stop",
                                              "child",    "mandate", "flatten"};
    return pick<1>(names, value);
}

std::string_view name(events::Verdict value) {
    static constexpr std::string_view names[]{"approved", "denied", "reduced_to_dust"};
    return pick<1>(names, value);
}

std::string_view name(events::BreakerScope value) {
    static constexpr std::string_view names[]{"global",     "venue", "account",
                                              "instrument", "agent", "agent_instrument"};
    return pick<1>(names, value);
}

std::string_view name(events::BreakerState value) {
    static constexpr std::string_view names[]{"closed", "open", "half_open"};
    return pick<1>(names, value);
}

std::string_view name(events::BookState value) {
    static constexpr std::string_view names[]{"active", "reducing", "halted"};
    return pick<1>(names, value);
}

std::string_view name(events::StateCause value) {
    static constexpr std::string_view names[]{
        "none",         "operator_command", "day_loss",       "drawdown", "account_mismatch",
        "journal_slow", "disk_low",         "quote_currency", "new_day",  "limit_by_price",
        "recovery",     "half_size_over"};
    return pick<0>(names, value);
}

std::string_view name(events::ParentEnd value) {
    static constexpr std::string_view names[]{
        "filled",         "cancelled",   "expired",   "superseded",       "denied",  "halted",
        "rest_too_small", "stale_price", "timed_out", "generation_ended", "no_route"};
    return pick<1>(names, value);
}

std::string_view name(events::StopEnd value) {
    static constexpr std::string_view names[]{"filled", "position_closed", "replaced", "taken"};
    return pick<1>(names, value);
}

std::string_view name(events::StopTriggerCause value) {
    static constexpr std::string_view names[]{"stop", "take", "at_once"};
    return pick<1>(names, value);
}

std::string_view name(Category value) {
    static constexpr std::string_view names[]{"input", "system", "coordination", "risk", "trading"};
    return pick<0>(names, value);
}

std::string_view name(AskKind value) {
    static constexpr std::string_view names[]{"start", "stop",  "trade",    "quote",    "book",
                                              "bar",   "bars",  "proposal", "decision", "order",
                                              "fill",  "timer", "signal"};
    return pick<1>(names, value);
}

} // namespace grekko
