// Agents come, change and go: registration, generations, faults, and what it means for their work.
#include "base/planted.hpp"
#include "core/engine/emit.hpp"

namespace grekko::engine {

AgentId Engine::register_agent(const events::AgentRegistered& agent, Instant at) {
    begin(at, position_);
    const agents::Registration registration = agents::register_agent(state_.agents, agent);
    if (registration.refusal != agents::RegisterRefusal::none) return {};
    emit(registration.registered, Sequence{});
    return registration.registered.agent;
}

void Engine::subscribe(AgentId agent, std::span<const events::AgentSubscribed> subscriptions,
                       Instant at) {
    begin(at, position_);
    for (events::AgentSubscribed subscription : subscriptions) {
        subscription.agent = agent;
        for (const Duration interval : subscription.bars) {
            if (interval.count() > 0) market_.subscribe(subscription.instrument, interval);
        }
        emit(subscription, Sequence{});
    }
}

void Engine::generation_cut(const GenerationCut& cut) {
    record_input(cut);
    const auto change = agents::cut(state_.agents, cut);
    if (!change) return;
    emit(change->generation, Sequence{});
    if (change->status) status_changed(*change->status);
    execution::TriggerScope scope;
    scope.agent = cut.agent;
    scope.why = events::ParentEnd::generation_ended;
    const bool stopped = cut.kind == CutKind::rollback || cut.kind == CutKind::stop;
    trigger(stopped ? execution::Trigger::agent_stopped : execution::Trigger::agent_reloaded,
            scope);
    if (stopped) drop_undecided(cut.agent, "generation ended");
    if (cut.kind == CutKind::start) ask(cut.agent, AskKind::start, InstrumentId{});
}

void Engine::agent_fault(const AgentFault& fault) {
    record_input(fault);
    handle_fault(fault);
}

void Engine::handle_fault(const AgentFault& fault) {
    const auto outcome = agents::fault(state_.agents, settings_.agents, fault, at_);
    if (!outcome) return;
    emit(outcome->faulted, Sequence{});
    breakers_changed(risk::on_faults(state_.risk.breakers, settings_.breakers, fault.agent,
                                     outcome->faulted.faults_10min, at_));
    if (outcome->status) {
        status_changed(*outcome->status);
        alert("agent", outcome->status->reason.view());
    }
}

// An agent that no longer runs loses what could add risk; its positions keep their stops (§7).
void Engine::status_changed(const events::AgentStatusChanged& change) {
    emit(change, Sequence{});
    const bool stopped =
        change.to == events::AgentStatus::disabled || change.to == events::AgentStatus::error;
    if (!stopped) return;
    execution::TriggerScope scope;
    scope.agent = change.agent;
    scope.why = events::ParentEnd::cancelled;
    trigger(execution::Trigger::agent_stopped, scope);
    drop_undecided(change.agent, "agent stopped");
    leave_all(change.agent);
}

// Where it is configured so; else positions stay with their stops (§5.3).
void Engine::leave_all(AgentId agent) {
    if (settings_.on_disable != OnDisable::flatten || agent.is_none()) return;
    for (const auto& [key, ledger] : std::map(state_.portfolio.ledgers)) {
        if (key.first != agent || ledger.quantity.is_zero()) continue;
        cancel_work(agent, key.second, events::ParentEnd::cancelled);
        leave(agent, key.second, Purpose::flatten, StopId{}, ledger.quantity);
    }
}

void Engine::drop_undecided(AgentId agent, std::string_view why) {
    for (const IntentId id : consensus::undecided(state_.consensus, agent)) {
        withdraw(id, events::RoundOutcome::cancelled);
    }
    end_mandates(agent, why);
}

void Engine::end_mandates(AgentId agent, std::string_view why) {
    for (const auto& ended : consensus::end_mandates(state_.consensus, agent, Reason{why})) {
        emit(ended, Sequence{});
    }
}

// Increases that nobody has sent: rounds that are open, and what was decided and waits for older
// work to end.
void Engine::drop_increases(std::string_view why) {
    for (const auto& [id, round] : std::map(state_.consensus.open)) {
        withdraw(id, events::RoundOutcome::cancelled);
    }
    for (const auto& [id, pending] : std::map(state_.pending.waiting)) {
        const consensus::IntentRecord* record = consensus::find_intent(state_.consensus, id);
        if (record != nullptr && !record->increase) continue;
        emit(events::IntentSuperseded{id, IntentId{}}, Sequence{id.value()});
        ask_decision(id, DecisionStatus::expired, why);
    }
}

void Engine::trigger(execution::Trigger trigger, const execution::TriggerScope& scope) {
    take(execution::on_event(state_.execution, trigger, scope), Sequence{});
}

// A new owner of the journal: what was decided before it and never sent stays unsent (§7).
void Engine::incarnation(const IncarnationOpened& opened) {
    record_input(opened);
    limits_at_start();
    drop_increases("the host was started again");
    cancels_exits_ = false;
    execution::TriggerScope ended;
    ended.why = events::ParentEnd::cancelled;
    if (!planted(Bug::increase_after_restart)) trigger(execution::Trigger::restart, ended);
    for (std::size_t i = 1; i < universe_.venues.size(); ++i) {
        const VenueId venue = universe_.venues[i].id;
        take(execution::on_reconcile_timer(state_.execution, settings_.execution, runs_[i],
                                           universe_.venue(venue), at_),
             Sequence{});
        schedule_reconcile(venue);
    }
    for (std::size_t i = 1; i < state_.agents.roster.size(); ++i) {
        const agents::Agent& agent = state_.agents.roster[i];
        for (const agents::Timer& pending : agents::timers(state_.agents, agent.id)) {
            TimerFired fired;
            fired.id = pending.id;
            fired.kind = TimerKind::agent;
            fired.agent = agent.id;
            fired.subject = pending.name;
            effects_.push_back(SetTimer{fired, pending.at});
            last_timer_ = std::max(last_timer_, pending.id.value());
        }
    }
    for (const auto& [key, ledger] : state_.portfolio.ledgers) {
        cover(key.first, key.second, IntentId{}, StopId{}, Price{});
    }
    for (const ParentId id : state_.execution.open_parents)
        dirty_parents_.insert(id);
    for (std::size_t i = 1; i < universe_.instruments.size(); ++i)
        listen(universe_.instruments[i].id);
}

} // namespace grekko::engine
