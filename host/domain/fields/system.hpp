// The fields by name of the events of the system category: visit_fields(visit, value) calls
// visit("name", field) for each in the order of the struct, reserved bytes left out.
// It decides nothing about form: JSON, SQL and texts are made by the visitor.
#pragma once

#include "domain/event/system.hpp"
#include "domain/fields/parts.hpp"

namespace grekko {

template <class Visitor>
void visit_fields(Visitor& visit, const events::AgentRegistered& value) {
    visit("agent", value.agent);
    visit("mode", value.mode);
    visit("native", value.native);
    visit("group", value.group);
    visit("name", value.name);
    visit("risk_tolerance", value.risk_tolerance);
    visit("participation", value.participation);
    visit("allocation", value.allocation);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::AgentStatusChanged& value) {
    visit("agent", value.agent);
    visit("from", value.from);
    visit("to", value.to);
    visit("reason", value.reason);
    visit("retry_at", value.retry_at);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::AgentFaulted& value) {
    visit("agent", value.agent);
    visit("kind", value.kind);
    visit("faults_10min", value.faults_10min);
    visit("generation", value.generation);
    visit("message", value.message);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::GenerationChanged& value) {
    visit("agent", value.agent);
    visit("kind", value.kind);
    visit("mode", value.mode);
    visit("from", value.from);
    visit("to", value.to);
    visit("code_hash", value.code_hash);
    visit("parameters_hash", value.parameters_hash);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::AgentSettingChanged& value) {
    visit("agent", value.agent);
    visit("setting", value.setting);
    visit("from", value.from);
    visit("to", value.to);
    visit("principal", value.principal);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::VenueChanged& value) {
    visit("venue", value.venue);
    visit("connected", value.connected);
    visit("private_alive", value.private_alive);
    visit("reconciled", value.reconciled);
    visit("clock_offset", value.clock_offset);
    visit("detail", value.detail);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::Reconciled& value) {
    visit("venue", value.venue);
    visit("orders_agree", value.orders_agree);
    visit("fills_agree", value.fills_agree);
    visit("balances_agree", value.balances_agree);
    visit("open_orders", value.open_orders);
    visit("resolved_unknown", value.resolved_unknown);
    visit("lapsed", value.lapsed);
    visit("foreign", value.foreign);
    visit("detail", value.detail);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::CommandHandled& value) {
    visit("id", value.id);
    visit("kind", value.kind);
    visit("accepted", value.accepted);
    visit("outcome", value.outcome);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::AnswerDropped& value) {
    visit("ask", value.ask);
    visit("agent", value.agent);
    visit("generation", value.generation);
    visit("reason", value.reason);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::AgentSubscribed& value) {
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("trades", value.trades);
    visit("quotes", value.quotes);
    visit("books", value.books);
    visit("votes", value.votes);
    visit("bars", value.bars);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::AgentTimerSet& value) {
    visit("id", value.id);
    visit("agent", value.agent);
    visit("name", value.name);
    visit("at", value.at);
}

} // namespace grekko
