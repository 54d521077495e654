// The fields by name of the events of the coordination category: visit_fields(visit, value) calls
// visit("name", field) for each in the order of the struct, reserved bytes left out.
// It decides nothing about form: JSON, SQL and texts are made by the visitor.
#pragma once

#include "domain/event/coordination.hpp"
#include "domain/fields/parts.hpp"

namespace grekko {

template <class Visitor>
void visit_fields(Visitor& visit, const events::IntentProposed& value) {
    visit("id", value.id);
    visit("intent", value.intent);
    visit("increase", value.increase);
    visit("solo", value.solo);
    visit("mandate", value.mandate);
    visit("route", value.route);
    visit("retarget", value.retarget);
    visit("beyond", value.beyond);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::IntentRefused& value) {
    visit("intent", value.intent);
    visit("reason", value.reason);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::IntentSuperseded& value) {
    visit("id", value.id);
    visit("by", value.by);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::RoundOpened& value) {
    visit("round", value.round);
    visit("proposer", value.proposer);
    visit("instrument", value.instrument);
    visit("members", value.members);
    visit("groups", value.groups);
    visit("deadline", value.deadline);
    visit("nav", value.nav);
    visit("churn", value.churn);
    visit("veto_missing_refuses", value.veto_missing_refuses);
    visit("proposer_group", value.proposer_group);
    visit("value", value.value);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::RoundMember& value) {
    visit("round", value.round);
    visit("agent", value.agent);
    visit("group", value.group);
    visit("veto", value.veto);
    visit("undecided_same", value.undecided_same);
    visit("undecided_opposite", value.undecided_opposite);
    visit("outside", value.outside);
    visit("weight", value.weight);
    visit("undecided_confidence", value.undecided_confidence);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::VoteCast& value) {
    visit("round", value.round);
    visit("vote", value.vote);
    visit("after", value.after);
    visit("late", value.late);
    visit("counted", value.counted);
    visit("abstains", value.abstains);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::RoundClosed& value) {
    visit("round", value.round);
    visit("outcome", value.outcome);
    visit("mandate", value.mandate);
    visit("approvals", value.approvals);
    visit("rejections", value.rejections);
    visit("abstentions", value.abstentions);
    visit("misses", value.misses);
    visit("eligible", value.eligible);
    visit("vetoed_by", value.vetoed_by);
    visit("quorate", value.quorate);
    visit("took", value.took);
    visit("fraction", value.fraction);
    visit("approval", value.approval);
    visit("threshold", value.threshold);
    visit("quorum", value.quorum);
    visit("quantity", value.quantity);
    visit("mark", value.mark);
    visit("guard_until", value.guard_until);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::MandateGranted& value) {
    visit("id", value.id);
    visit("round", value.round);
    visit("terms", value.terms);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::MandateEnded& value) {
    visit("id", value.id);
    visit("reason", value.reason);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::AttendanceChanged& value) {
    visit("agent", value.agent);
    visit("answered", value.answered);
    visit("absent", value.absent);
    visit("misses", value.misses);
    visit("answers", value.answers);
    visit("attendance", value.attendance);
    visit("round", value.round);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::VoteScored& value) {
    visit("round", value.round);
    visit("agent", value.agent);
    visit("instrument", value.instrument);
    visit("stated", value.stated);
    visit("outcome", value.outcome);
    visit("share", value.share);
    visit("numerator", value.numerator);
    visit("denominator", value.denominator);
    visit("slope", value.slope);
    visit("skill", value.skill);
    visit("quadratic", value.quadratic);
    visit("decay", value.decay);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::MandateProposed& value) {
    visit("round", value.round);
    visit("terms", value.terms);
}

template <class Visitor>
void visit_fields(Visitor& visit, const events::RoundObserved& value) {
    visit("round", value.round);
    visit("instrument", value.instrument);
    visit("side", value.side);
    visit("mark", value.mark);
    visit("stop", value.stop);
    visit("exit_at", value.exit_at);
    visit("cost", value.cost);
    visit("sigma", value.sigma);
}

} // namespace grekko
