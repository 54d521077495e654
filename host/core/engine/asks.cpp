// 3: questions to agents. What they are about is copied into the batch, so that the runtime can ask
// after the step; the answer comes back as an input that names its ask.
#include "core/engine/emit.hpp"

namespace grekko::engine {

Ask& Engine::ask(AgentId agent, AskKind kind, InstrumentId instrument) {
    Ask& question = asks_.asks.emplace_back();
    question.head.ask = AskId{++last_ask_};
    question.head.agent = agent;
    question.head.kind = kind;
    question.head.instrument = instrument;
    question.head.event = cause_;
    return question;
}

void Engine::ask_proposal(AgentId voter, IntentId id) {
    const consensus::IntentRecord* record = consensus::find_intent(state_.consensus, id);
    const consensus::Round* round = consensus::find_round(state_.consensus, id);
    if (record == nullptr || round == nullptr) return;
    const Intent& intent = record->intent;
    const agents::Agent* proposer = agents::find(state_.agents, intent.agent);
    Proposal& proposal = asks_.proposals.emplace_back();
    proposal.round = id;
    proposal.agent = intent.agent;
    proposal.instrument = intent.instrument;
    proposal.side = intent.side();
    proposal.quantity = intent.size();
    proposal.reference = intent.reference;
    proposal.stop = intent.stop;
    proposal.take = intent.take;
    proposal.horizon = intent.horizon;
    proposal.confidence = intent.confidence;
    proposal.deadline = round->deadline;
    proposal.reason = intent.reason;
    proposal.cost = cost(intent.instrument, intent.size(), intent.working.urgency, at_).round_trip;
    if (proposer != nullptr) {
        proposal.mode = proposer->mode;
        proposal.name = proposer->name;
    }
    const Notional after = base_value(intent.instrument, intent.target, intent.reference);
    if (round->nav.is_positive())
        proposal.weight_after = ratio(after.abs(), round->nav, Rounding::half_even);
    Ask& question = ask(voter, AskKind::proposal, intent.instrument);
    question.head.needs_answer = true;
    question.head.deadline = round->deadline;
    question.head.subject = id.value();
    question.proposal = &proposal;
    open_asks_[question.head.ask.value()] = question.head.ask;
    while (open_asks_.size() > limits::agents_max)
        open_asks_.erase(open_asks_.begin());
}

void Engine::ask_decision(IntentId id, DecisionStatus status, std::string_view reason) {
    const consensus::IntentRecord* record = consensus::find_intent(state_.consensus, id);
    if (record == nullptr) return;
    const Intent& intent = record->intent;
    if (!agents::runs(state_.agents, intent.agent)) return;
    Decision& decision = asks_.decisions.emplace_back();
    decision.intent = id;
    decision.instrument = intent.instrument;
    decision.status = status;
    decision.side = intent.side();
    decision.requested = intent.size();
    decision.quantity = status == DecisionStatus::accepted ? record->decided : Quantity{};
    decision.reason = reason;
    Ask& question = ask(intent.agent, AskKind::decision, intent.instrument);
    question.head.subject = id.value();
    question.decision = &decision;
}

void Engine::ask_refused(const events::IntentRefused& refused) {
    if (!agents::runs(state_.agents, refused.intent.agent)) return;
    Decision& decision = asks_.decisions.emplace_back();
    decision.instrument = refused.intent.instrument;
    decision.status = DecisionStatus::refused;
    decision.side = refused.intent.side();
    decision.requested = refused.intent.size();
    decision.reason = consensus::name(refused.reason);
    ask(refused.intent.agent, AskKind::decision, refused.intent.instrument).decision = &decision;
}

void Engine::ask_order(OrderId id, std::string_view reason) {
    const execution::OrderRecord* record = state_.execution.orders.find(id);
    if (record == nullptr || !agents::runs(state_.agents, record->order.agent)) return;
    OrderUpdate& update = asks_.orders.emplace_back();
    update.order = record->order;
    update.status = record->status;
    update.filled = record->filled;
    update.reason = reason;
    Ask& question = ask(record->order.agent, AskKind::order, record->order.instrument);
    question.head.subject = id.value();
    question.order = &update;
}

void Engine::ask_fill(const events::FillAllocated& fill) {
    if (!agents::runs(state_.agents, fill.agent)) return;
    asks_.fills.push_back(fill);
    Ask& question = ask(fill.agent, AskKind::fill, fill.instrument);
    question.head.subject = fill.intent.value();
    question.fill = &asks_.fills.back();
}

void Engine::alert(std::string_view what, std::string_view message) {
    effects_.push_back(AlertOperator{what, message});
}

} // namespace grekko::engine
