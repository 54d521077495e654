// The fields by name of the events of the risk category: visit_fields(visit, value) calls
// visit("name", field) for each in the order of the struct, reserved bytes left out.
// It decides nothing about form: JSON, SQL and texts are made by the visitor.
#pragma once

#include "domain/event/risk.hpp"
#include "domain/fields/parts.hpp"

namespace grekko {

template <class Visitor>
void visit_fields(Visitor& visit, const events::RiskAssessed& value) {
    visit("intent", value.intent);
    visit("parent", value.parent);
    visit("stop", value.stop);
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("venue", value.venue);
    visit("kind", value.kind);
    visit("verdict", value.verdict);
    visit("side", value.side);
    visit("reason", value.reason);
    visit("largest_factor", value.largest_factor);
    visit("blocked", value.blocked);
    visit("reduced", value.reduced);
    visit("warned", value.warned);
    visit("requested", value.requested);
    visit("approved", value.approved);
    visit("mark", value.mark);
    visit("limit", value.limit);
    visit("nav", value.nav);
    visit("limit_base", value.limit_base);
    visit("score", value.score);
    visit("factors", value.factors);
    visit("model", value.model);
    visit("agent_rate", value.agent_rate);
    visit("book_rate", value.book_rate);
    visit("venue_rate", value.venue_rate);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::BreakerChanged& value) {
    visit("scope", value.scope);
    visit("from", value.from);
    visit("to", value.to);
    visit("manual", value.manual);
    visit("venue", value.venue);
    visit("instrument", value.instrument);
    visit("agent", value.agent);
    visit("opened_today", value.opened_today);
    visit("cause", value.cause);
    visit("retry_at", value.retry_at);
    visit("reason", value.reason);
    visit("principal", value.principal);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::BookStateChanged& value) {
    visit("from", value.from);
    visit("to", value.to);
    visit("cause", value.cause);
    visit("manual", value.manual);
    visit("frozen", value.frozen);
    visit("half_size", value.half_size);
    visit("demanded", value.demanded);
    visit("released", value.released);
    visit("day_return", value.day_return);
    visit("drawdown", value.drawdown);
    visit("reason", value.reason);
    visit("principal", value.principal);
    visit("freezes", value.freezes);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::SizeFactorChanged& value) {
    visit("agent", value.agent);
    visit("check", value.check);
    visit("factor", value.factor);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::LimitChanged& value) {
    visit("name", value.name);
    visit("from", value.from);
    visit("to", value.to);
    visit("reason", value.reason);
    visit("principal", value.principal);
    visit("configured", value.configured);
}

} // namespace grekko
