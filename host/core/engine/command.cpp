// What people ask: halt, resume, flatten, cancel, and changes of an agent's or a breaker's setting.
// Every command is answered by an event, done or refused; one that comes twice is done once.
#include <algorithm>

#include "core/engine/emit.hpp"

namespace grekko::engine {
namespace {

Sequence none() {
    return {};
}

} // namespace

void Engine::command(const Command& command) {
    record_input(command);
    const std::vector<std::uint64_t>& seen = state_.identity.commands;
    const bool twice = command.id != 0 && std::ranges::find(seen, command.id) != seen.end();
    const Reason refusal = twice ? Reason{"done before: the command id was seen"} : obey(command);
    events::CommandHandled handled;
    handled.id = command.id;
    handled.kind = command.kind;
    handled.accepted = refusal.empty();
    handled.outcome = refusal.empty() ? Reason{"done"} : refusal;
    emit(handled, none());
}

// Empty where it was done, else why not.
Reason Engine::obey(const Command& command) {
    switch (command.kind) {
    case CommandKind::halt:
    case CommandKind::halt_freeze:
    case CommandKind::reducing:
    case CommandKind::resume:
    case CommandKind::resume_rebase_peak: return change_state(command);
    case CommandKind::flatten: return flatten(command);
    case CommandKind::cancel_order: {
        const OrderId id{command.target};
        const execution::OrderRecord* record = state_.execution.orders.find(id);
        if (record == nullptr || !record->open()) return "no such open order";
        take(execution::cancel(state_.execution, id, events::ParentEnd::cancelled), none());
        return {};
    }
    case CommandKind::cancel_all: cancel_everything(command); return {};
    case CommandKind::submit_operator_order: return operator_order(command);
    case CommandKind::reset_breaker:
    case CommandKind::open_breaker: return change_breaker(command);
    case CommandKind::agent_enable:
    case CommandKind::agent_disable: {
        const auto change = agents::switch_agent(state_.agents, command);
        if (!change) return "unknown agent, or it is so already";
        status_changed(*change);
        return {};
    }
    case CommandKind::agent_participation:
    case CommandKind::agent_allocation:
    case CommandKind::agent_risk_tolerance: {
        const auto change = agents::change_setting(state_.agents, command);
        if (!change) return "unknown agent, no change, or a value out of range";
        emit(*change, none());
        return {};
    }
    case CommandKind::finalize_round:
        for (const IntentId id : consensus::up_to(state_.consensus, IntentId{command.target})) {
            const consensus::Round* round = consensus::find_round(state_.consensus, id);
            if (round != nullptr) {
                close_rounds(round->instrument, consensus::CloseCause::finalize);
            }
        }
        return {};
    case CommandKind::reconcile: {
        if (command.venue.is_none() || command.venue.value() >= runs_.size()) {
            return "unknown venue";
        }
        schedule(TimerKind::reconcile, command.venue.value(), at_);
        return {};
    }
    case CommandKind::shutdown: {
        // The first lets exits finish, the one with target 1 cancels what has not. From here on
        // the book only reduces: answers that are under way can open nothing any more.
        drop_increases("the book is closed");
        for (const agents::Agent& agent : state_.agents.roster) {
            if (!agent.id.is_none()) end_mandates(agent.id, "the book is closed");
        }
        execution::TriggerScope scope;
        scope.why = events::ParentEnd::cancelled;
        scope.grace_over = command.target == 1;
        cancels_exits_ = cancels_exits_ || scope.grace_over;
        trigger(execution::Trigger::clean_stop, scope);
        return {};
    }
    case CommandKind::set_limit: return set_limit(command);
    }
    return "unknown command";
}

void Engine::cancel_everything(const Command& command) {
    execution::TriggerScope scope;
    scope.agent = command.agent;
    scope.instrument = command.instrument;
    scope.venue = command.venue;
    scope.why = events::ParentEnd::cancelled;
    trigger(execution::Trigger::breaker_opened, scope);
}

// A person's order: own sub-ledger, no vote, every check (§2.1).
Reason Engine::operator_order(const Command& command) {
    const bool known =
        !command.instrument.is_none() && command.instrument.value() < universe_.instruments.size();
    if (!known) return "unknown instrument";
    if (!command.quantity.is_positive()) return "the quantity must be above zero";
    Intent intent;
    intent.agent = operator_agent;
    intent.instrument = command.instrument;
    const consensus::ProposalContext context = proposal_context(operator_agent, command.instrument);
    intent.target = consensus::shorthand_target(context, command.side, command.quantity);
    intent.limit = command.price;
    intent.confidence = 1_rate;
    intent.working.urgency = command.urgency;
    intent.reason = command.reason;
    propose_intent(intent, false);
    return {};
}

// Every position is left by reduce orders that slice and escalate; the book must not add meanwhile.
Reason Engine::flatten(const Command& command) {
    if (state_.risk.book.frozen) return "protection is off: resume first, then flatten";
    std::size_t leaving = 0;
    std::string_view refusal;
    for (const auto& [key, ledger] : std::map(state_.portfolio.ledgers)) {
        const auto& [agent, instrument] = key;
        if (ledger.quantity.is_zero() || agent == house_agent) continue;
        if (!command.instrument.is_none() && command.instrument != instrument) continue;
        if (!command.agent.is_none() && command.agent != agent) continue;
        end_own_work(agent, instrument, events::ParentEnd::cancelled);
        if (is_leaving(agent, instrument)) {
            ++leaving;
            continue;
        }
        const std::string_view denied =
            leave(agent, instrument, Purpose::flatten, StopId{}, ledger.quantity);
        if (denied.empty()) {
            ++leaving;
        } else if (!is_dust(instrument, ledger.quantity.abs())) {
            refusal = denied;
        }
    }
    if (!refusal.empty()) {
        return Reason{"not every position leaves, risk says " + std::string{refusal}};
    }
    return leaving > 0 ? Reason{} : Reason{"no position to flatten"};
}

// Stops or flattens at work take the whole position: they go on until it is sold.
bool Engine::is_leaving(AgentId agent, InstrumentId instrument) const {
    Quantity leaving;
    for (const ParentId id : state_.execution.open_parents) {
        const execution::ParentRecord& record = *state_.execution.parents.find(id);
        const Parent& parent = record.parent;
        const bool forced = execution::is_forced(parent.purpose);
        const bool own = parent.agent == agent && parent.instrument == instrument;
        if (own && forced && record.ending == events::ParentEnd{}) leaving += record.rest();
    }
    return leaving.is_positive() && leaving >= position_of(agent, instrument).quantity.abs();
}

// An exit of the host itself: no vote, the checks of a reduce or stop (§5.2).
std::string_view Engine::leave(AgentId agent, InstrumentId instrument, Purpose purpose, StopId stop,
                               Quantity held) {
    execution::ParentRequest request;
    Parent& parent = request.parent;
    parent.agent = agent;
    parent.instrument = instrument;
    parent.side = held.is_positive() ? Side::sell : Side::buy;
    parent.purpose = purpose;
    parent.quantity = held.abs();
    parent.stop = stop;
    parent.working.urgency = Urgency::urgent;
    request.allocations.push_back({ParentId{}, IntentId{}, agent, purpose, {}, held.abs()});
    return approve(request, purpose == Purpose::flatten ? events::AssessmentKind::flatten
                                                        : events::AssessmentKind::stop);
}

} // namespace grekko::engine
