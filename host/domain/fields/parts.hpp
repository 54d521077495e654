// The fields by name of what records share: intents, votes, orders, fills. visit_fields(visit,
// value) calls visit("name", field) for each in the order of the struct, reserved bytes left out.
// It decides nothing about form: JSON, SQL and texts are made by the visitor.
#pragma once

#include "domain/order.hpp"

namespace grekko {

template <class Visitor>
void visit_fields(Visitor& visit, const Working& value) {
    visit("urgency", value.urgency);
    visit("algorithm", value.algorithm);
    visit("on_timeout", value.on_timeout);
    visit("slices", value.slices);
    visit("passive_for", value.passive_for);
    visit("over", value.over);
}

template <class Visitor>
void visit_fields(Visitor& visit, const Intent& value) {
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("generation", value.generation);
    visit("target", value.target);
    visit("delta", value.delta);
    visit("reference", value.reference);
    visit("limit", value.limit);
    visit("stop", value.stop);
    visit("take", value.take);
    visit("horizon", value.horizon);
    visit("ttl", value.ttl);
    visit("confidence", value.confidence);
    visit("trail", value.trail);
    visit("working", value.working);
    visit("reason", value.reason);
}

template <class Visitor>
void visit_fields(Visitor& visit, const Vote& value) {
    visit("agent", value.agent);
    visit("ballot", value.ballot);
    visit("confidence", value.confidence);
    visit("max", value.max);
    visit("reason", value.reason);
}

template <class Visitor>
void visit_fields(Visitor& visit, const Elector& value) {
    visit("agent", value.agent);
    visit("group", value.group);
    visit("weight", value.weight);
}

template <class Visitor>
void visit_fields(Visitor& visit, const MandateTerms& value) {
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("generation", value.generation);
    visit("buys", value.buys);
    visit("sells", value.sells);
    visit("inventory_min", value.inventory_min);
    visit("inventory_max", value.inventory_max);
    visit("order_max", value.order_max);
    visit("expires_at", value.expires_at);
    visit("stop", value.stop);
    visit("confidence", value.confidence);
    visit("reason", value.reason);
}

template <class Visitor>
void visit_fields(Visitor& visit, const Order& value) {
    visit("id", value.id);
    visit("parent", value.parent);
    visit("intent", value.intent);
    visit("stop", value.stop);
    visit("linked", value.linked);
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("venue", value.venue);
    visit("side", value.side);
    visit("type", value.type);
    visit("time_in_force", value.time_in_force);
    visit("purpose", value.purpose);
    visit("post_only", value.post_only);
    visit("reduce_only", value.reduce_only);
    visit("slice", value.slice);
    visit("quantity", value.quantity);
    visit("shown", value.shown);
    visit("limit", value.limit);
    visit("trigger", value.trigger);
    visit("reference", value.reference);
    visit("expires_at", value.expires_at);
    visit("client_id", value.client_id);
}

template <class Visitor>
void visit_fields(Visitor& visit, const Parent& value) {
    visit("id", value.id);
    visit("intent", value.intent);
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("side", value.side);
    visit("purpose", value.purpose);
    visit("quantity", value.quantity);
    visit("limit", value.limit);
    visit("arrival", value.arrival);
    visit("protection", value.protection);
    visit("decided_at", value.decided_at);
    visit("expires_at", value.expires_at);
    visit("stop", value.stop);
    visit("mandate", value.mandate);
    visit("working", value.working);
}

template <class Visitor>
void visit_fields(Visitor& visit, const Allocation& value) {
    visit("parent", value.parent);
    visit("intent", value.intent);
    visit("agent", value.agent);
    visit("purpose", value.purpose);
    visit("quantity", value.quantity);
}

template <class Visitor>
void visit_fields(Visitor& visit, const Fill& value) {
    visit("order", value.order);
    visit("venue", value.venue);
    visit("instrument", value.instrument);
    visit("side", value.side);
    visit("liquidity", value.liquidity);
    visit("inferred", value.inferred);
    visit("price", value.price);
    visit("quantity", value.quantity);
    visit("fee", value.fee);
    visit("fee_currency", value.fee_currency);
    visit("trade_id", value.trade_id);
    visit("exchange_at", value.exchange_at);
}

} // namespace grekko
