// 4: what agents answer. Votes go to the rounds, intents to consensus, quotes to their mandate.
#include "core/agents/plausible.hpp"
#include "core/engine/emit.hpp"

namespace grekko::engine {

void Engine::answer(const Answer& answer) {
    record_input(answer.head);
    for (const Action& action : answer.actions)
        record_input(ActionRecord{action});
    const auto asked = open_asks_.find(answer.head.ask.value());
    const bool inside_proposal = asked != open_asks_.end();
    if (inside_proposal) open_asks_.erase(asked);
    if (const auto dropped = agents::fence(state_.agents, answer.head, answer.head.generation)) {
        emit(*dropped, Sequence{});
        return;
    }
    agents::Usage usage;
    for (const Action& action : answer.actions) {
        const agents::Quota quota =
            agents::admit(state_.agents, settings_.agents, answer.head.agent, usage, action);
        if (quota != agents::Quota::within) {
            AgentFault fault;
            fault.agent = answer.head.agent;
            fault.kind = FaultKind::quota;
            fault.generation = answer.head.generation;
            fault.ask = answer.head.ask;
            fault.message = quota == agents::Quota::actions
                                ? "too many actions in one answer; the rest is dropped"
                                : "too many timers; the rest of the answer is dropped";
            handle_fault(fault);
            return;
        }
        if (!agents::plausible(action, mark_of(action.instrument))) {
            AgentFault fault;
            fault.agent = answer.head.agent;
            fault.kind = FaultKind::invalid_output;
            fault.generation = answer.head.generation;
            fault.ask = answer.head.ask;
            fault.message = "an action holds a value that no order can have; the rest is dropped";
            handle_fault(fault);
            return;
        }
        act(answer.head, action, inside_proposal);
    }
}

// Zero where the instrument is none of ours or has no mark.
Price Engine::mark_of(InstrumentId instrument) const {
    const bool known = !instrument.is_none() && instrument.value() < universe_.instruments.size();
    return known ? market_.mark(instrument, at_).price : Price{};
}

void Engine::act(const AnswerHead& from, const Action& action, bool inside_proposal) {
    switch (action.kind) {
    case ActionKind::vote: return cast(from.agent, action);
    case ActionKind::target:
    case ActionKind::close: return propose(from.agent, from.generation, action, inside_proposal);
    case ActionKind::cancel:
        if (const auto undecided =
                consensus::undecided(state_.consensus, from.agent, action.instrument)) {
            withdraw(*undecided, events::RoundOutcome::cancelled);
        }
        return cancel_work(from.agent, action.instrument, events::ParentEnd::cancelled);
    case ActionKind::mandate:
        return propose_mandate(from.agent, from.generation, action, inside_proposal);
    case ActionKind::quote: return quote(from.agent, action);
    case ActionKind::cancel_quotes:
        return cancel_work(from.agent, action.instrument, events::ParentEnd::cancelled);
    case ActionKind::stop:
        if (mark_of(action.instrument).is_zero()) return;
        return move_stop(from.agent, action);
    case ActionKind::timer: {
        const TimerId id{++last_timer_};
        emit(events::AgentTimerSet{id, from.agent, {}, action.name, action.at}, Sequence{});
        TimerFired timer;
        timer.id = id;
        timer.kind = TimerKind::agent;
        timer.agent = from.agent;
        timer.subject = action.name;
        effects_.push_back(SetTimer{timer, action.at});
        return;
    }
    case ActionKind::done: return;
    }
}

// Everything of the agent on the instrument that could still increase its position ends.
void Engine::cancel_work(AgentId agent, InstrumentId instrument, events::ParentEnd why) {
    std::vector<ParentId> ending;
    for (const ParentId id : state_.execution.open_parents) {
        const execution::ParentRecord& record = *state_.execution.parents.find(id);
        const bool mine = record.parent.agent == agent && record.parent.instrument == instrument;
        if (state_.risk.book.frozen && reduces(record.parent.purpose)) continue;
        if (mine && record.ending == events::ParentEnd{} &&
            record.parent.purpose != Purpose::stop && record.parent.purpose != Purpose::flatten) {
            ending.push_back(id);
        }
    }
    for (const ParentId id : ending) {
        take(execution::end_parent(state_.execution, id, why, Price{}), Sequence{});
    }
}

// A quote inside a mandate needs no vote, but every check of risk (§2.1).
void Engine::quote(AgentId agent, const Action& action) {
    const execution::OpenQuantity open =
        execution::open_quantity(state_.execution, agent, action.instrument);
    consensus::QuoteRequest request;
    request.agent = agent;
    request.instrument = action.instrument;
    request.side = action.side;
    request.quantity = Quantity{action.amount.abs()};
    request.position = position_of(agent, action.instrument).quantity;
    request.open_buys = open.buys;
    request.open_sells = open.sells;
    request.now = at_;
    const events::MandateGranted* mandate =
        consensus::find_mandate(state_.consensus, agent, action.instrument);
    const bool inside =
        consensus::check_quote(state_.consensus, request) == consensus::MandateCheck::inside;
    if (!inside || mandate == nullptr) {
        events::IntentRefused refused;
        refused.intent.agent = agent;
        refused.intent.instrument = action.instrument;
        refused.intent.limit = action.limit;
        refused.intent.delta = Quantity{action.side == Side::buy ? action.amount : -action.amount};
        refused.reason = events::IntentRefusal::mandate_outside;
        emit(refused, Sequence{});
        return;
    }
    execution::ParentRequest parent;
    parent.parent.intent = mandate->round;
    parent.parent.agent = agent;
    parent.parent.instrument = action.instrument;
    parent.parent.side = action.side;
    parent.parent.purpose = Purpose::mandate;
    parent.parent.quantity = request.quantity;
    parent.parent.limit = action.limit;
    parent.parent.mandate = mandate->id;
    parent.parent.expires_at = mandate->terms.expires_at;
    parent.parent.working.urgency = Urgency::passive;
    parent.parent.working.passive_for = mandate->terms.expires_at - at_;
    parent.allocations.push_back(
        {ParentId{}, mandate->round, agent, Purpose::mandate, {}, request.quantity});
    approve(parent, events::AssessmentKind::mandate);
}

} // namespace grekko::engine
