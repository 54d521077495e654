// The fields by name of the journaled inputs: visit_fields(visit, value) calls
// visit("name", field) for each in the order of the struct, reserved bytes left out.
// It decides nothing about form: JSON, SQL and texts are made by the visitor.
#pragma once

#include "domain/fields/parts.hpp"
#include "domain/input.hpp"

namespace grekko {

template <class Visitor>
void visit_fields(Visitor& visit, const Command& value) {
    visit("kind", value.kind);
    visit("scope", value.scope);
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("venue", value.venue);
    visit("id", value.id);
    visit("target", value.target);
    visit("side", value.side);
    visit("urgency", value.urgency);
    visit("quantity", value.quantity);
    visit("price", value.price);
    visit("value", value.value);
    visit("name", value.name);
    visit("principal", value.principal);
    visit("reason", value.reason);
}

template <class Visitor>
void visit_fields(Visitor& visit, const Action& value) {
    visit("kind", value.kind);
    visit("sizing", value.sizing);
    visit("side", value.side);
    visit("ballot", value.ballot);
    visit("instrument", value.instrument);
    visit("round", value.round);
    visit("amount", value.amount);
    visit("limit", value.limit);
    visit("stop", value.stop);
    visit("take", value.take);
    visit("trail", value.trail);
    visit("confidence", value.confidence);
    visit("horizon", value.horizon);
    visit("ttl", value.ttl);
    visit("working", value.working);
    visit("inventory_min", value.inventory_min);
    visit("inventory_max", value.inventory_max);
    visit("at", value.at);
    visit("name", value.name);
    visit("reason", value.reason);
}

template <class Visitor>
void visit_fields(Visitor& visit, const AnswerHead& value) {
    visit("ask", value.ask);
    visit("agent", value.agent);
    visit("count", value.count);
    visit("generation", value.generation);
}

template <class Visitor>
void visit_fields(Visitor& visit, const ActionRecord& value) {
    visit("action", value.action);
}

template <class Visitor>
void visit_fields(Visitor& visit, const AgentFault& value) {
    visit("agent", value.agent);
    visit("kind", value.kind);
    visit("generation", value.generation);
    visit("ask", value.ask);
    visit("message", value.message);
}

template <class Visitor>
void visit_fields(Visitor& visit, const GenerationCut& value) {
    visit("agent", value.agent);
    visit("kind", value.kind);
    visit("mode", value.mode);
    visit("generation", value.generation);
    visit("code_hash", value.code_hash);
    visit("state_hash", value.state_hash);
    visit("parameters_hash", value.parameters_hash);
}

template <class Visitor>
void visit_fields(Visitor& visit, const VenueReport& value) {
    visit("kind", value.kind);
    visit("reject", value.reject);
    visit("venue", value.venue);
    visit("instrument", value.instrument);
    visit("status", value.status);
    visit("foreign", value.foreign);
    visit("order", value.order);
    visit("exchange_at", value.exchange_at);
    visit("cumulative", value.cumulative);
    visit("fill", value.fill);
    visit("client_id", value.client_id);
    visit("venue_order_id", value.venue_order_id);
    visit("currency", value.currency);
    visit("total", value.total);
    visit("held", value.held);
    visit("text", value.text);
}

template <class Visitor>
void visit_fields(Visitor& visit, const TimerFired& value) {
    visit("id", value.id);
    visit("kind", value.kind);
    visit("agent", value.agent);
    visit("subject", value.subject);
}

template <class Visitor>
void visit_fields(Visitor& visit, const IncarnationOpened& value) {
    visit("incarnation", value.incarnation);
    visit("epoch", value.epoch);
    visit("version", value.version);
    visit("config_hash", value.config_hash);
}

template <class Visitor>
void visit_fields(Visitor& visit, const JournalReport& value) {
    visit("full", value.full);
    visit("commit_p99", value.commit_p99);
}

template <class Visitor>
void visit_fields(Visitor& visit, const MarketStep& value) {
    visit("position", value.position);
    visit("instrument", value.instrument);
    visit("venue", value.venue);
    visit("kind", value.kind);
}

} // namespace grekko
