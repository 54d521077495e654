// The fields by name of the events of the trading category: visit_fields(visit, value) calls
// visit("name", field) for each in the order of the struct, reserved bytes left out.
// It decides nothing about form: JSON, SQL and texts are made by the visitor.
#pragma once

#include "domain/event/trading.hpp"
#include "domain/fields/parts.hpp"

namespace grekko {

template <class Visitor>
void visit_fields(Visitor& visit, const events::ParentOpened& value) {
    visit("parent", value.parent);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::ParentAllocated& value) {
    visit("allocation", value.allocation);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::ParentClosed& value) {
    visit("parent", value.parent);
    visit("intent", value.intent);
    visit("end", value.end);
    visit("filled", value.filled);
    visit("decided", value.decided);
    visit("mean", value.mean);
    visit("arrival", value.arrival);
    visit("vwap", value.vwap);
    visit("fees", value.fees);
    visit("passive_share", value.passive_share);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::OrderSubmitted& value) {
    visit("order", value.order);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::OrderAccepted& value) {
    visit("order", value.order);
    visit("venue_order_id", value.venue_order_id);
    visit("exchange_at", value.exchange_at);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::OrderRejected& value) {
    visit("order", value.order);
    visit("reason", value.reason);
    visit("text", value.text);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::OrderFilled& value) {
    visit("fill", value.fill);
    visit("status", value.status);
    visit("filled", value.filled);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::CancelRequested& value) {
    visit("order", value.order);
    visit("why", value.why);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::OrderCancelled& value) {
    visit("order", value.order);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::CancelRejected& value) {
    visit("order", value.order);
    visit("reason", value.reason);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::OrderExpired& value) {
    visit("order", value.order);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::ReplaceRequested& value) {
    visit("order", value.order);
    visit("replacement", value.replacement);
    visit("atomic", value.atomic);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::OrderReplaced& value) {
    visit("order", value.order);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::ReplaceRejected& value) {
    visit("order", value.order);
    visit("reason", value.reason);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::OrderUnknown& value) {
    visit("order", value.order);
    visit("queries", value.queries);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::OrderLapsed& value) {
    visit("order", value.order);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::OrderTriggered& value) {
    visit("order", value.order);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::ForeignFill& value) {
    visit("fill", value.fill);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::FillUpgraded& value) {
    visit("fill", value.fill);
    visit("booked", value.booked);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::FillAllocated& value) {
    visit("order", value.order);
    visit("parent", value.parent);
    visit("intent", value.intent);
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("venue", value.venue);
    visit("side", value.side);
    visit("purpose", value.purpose);
    visit("quantity", value.quantity);
    visit("price", value.price);
    visit("value", value.value);
    visit("fee", value.fee);
    visit("fee_currency", value.fee_currency);
    visit("fee_quote", value.fee_quote);
    visit("mark", value.mark);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::InternalCross& value) {
    visit("buy_intent", value.buy_intent);
    visit("sell_intent", value.sell_intent);
    visit("buyer", value.buyer);
    visit("seller", value.seller);
    visit("instrument", value.instrument);
    visit("quantity", value.quantity);
    visit("price", value.price);
    visit("value", value.value);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::DustSwept& value) {
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("quantity", value.quantity);
    visit("price", value.price);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::IntentClosed& value) {
    visit("intent", value.intent);
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("side", value.side);
    visit("requested", value.requested);
    visit("filled", value.filled);
    visit("mark_proposed", value.mark_proposed);
    visit("mark_decided", value.mark_decided);
    visit("mean", value.mean);
    visit("mark_end", value.mark_end);
    visit("signal", value.signal);
    visit("delay", value.delay);
    visit("execution", value.execution);
    visit("fees", value.fees);
    visit("funding", value.funding);
    visit("not_taken", value.not_taken);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::StopArmed& value) {
    visit("id", value.id);
    visit("intent", value.intent);
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("position_side", value.position_side);
    visit("quantity", value.quantity);
    visit("stop", value.stop);
    visit("take", value.take);
    visit("trail", value.trail);
    visit("mark", value.mark);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::StopMoved& value) {
    visit("id", value.id);
    visit("stop", value.stop);
    visit("extreme", value.extreme);
    visit("quantity", value.quantity);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::StopTriggered& value) {
    visit("id", value.id);
    visit("cause", value.cause);
    visit("attempt", value.attempt);
    visit("mark", value.mark);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::StopClosed& value) {
    visit("id", value.id);
    visit("end", value.end);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::TransferBooked& value) {
    visit("venue", value.venue);
    visit("currency", value.currency);
    visit("amount", value.amount);
    visit("units", value.units);
    visit("nav_per_unit", value.nav_per_unit);
    visit("value", value.value);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::FundingPaid& value) {
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("venue", value.venue);
    visit("amount", value.amount);
    visit("rate", value.rate);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::NavMarked& value) {
    visit("nav", value.nav);
    visit("cash", value.cash);
    visit("units", value.units);
    visit("nav_per_unit", value.nav_per_unit);
    visit("day_start", value.day_start);
    visit("stale", value.stale);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::BalanceReported& value) {
    visit("venue", value.venue);
    visit("currency", value.currency);
    visit("total", value.total);
    visit("held", value.held);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::AgentMarked& value) {
    visit("agent", value.agent);
    visit("day_start", value.day_start);
    visit("equity", value.equity);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::PositionMarked& value) {
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("mark", value.mark);
    visit("unrealised", value.unrealised);
}

} // namespace grekko
