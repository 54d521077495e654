// 2: breakers and the state of the book: what opens them, what follows, and what ends them. Their
// rules are in core/risk; here they meet the rest.
#include <algorithm>

#include "core/engine/emit.hpp"

namespace grekko::engine {
namespace {

// As agents are told it.
std::string_view word(events::BookState state) {
    switch (state) {
    case events::BookState::active: return "active";
    case events::BookState::reducing: return "reducing";
    case events::BookState::halted: return "halted";
    }
    return "halted";
}

std::vector<IntentId> open_rounds(const consensus::State& state) {
    std::vector<IntentId> out;
    for (const auto& [id, round] : state.open)
        out.push_back(id);
    return out;
}

// Orders that may just now be changing the balances there. One that only rests does not: a fill of
// it that crosses a snapshot is gone, or another amount, in the next.
bool orders_in_flight(const execution::State& state, VenueId venue) {
    return std::ranges::any_of(state.open_orders, [&](OrderId id) {
        const execution::OrderRecord& record = *state.orders.find(id);
        const bool rests =
            record.status == OrderStatus::accepted || record.status == OrderStatus::partly_filled;
        return !rests && record.order.venue == venue;
    });
}

} // namespace

// A book that is being closed only reduces, whatever else holds.
events::BookState Engine::book_state() const {
    const events::BookState state = state_.risk.book.state;
    return state_.identity.closing ? std::max(state, events::BookState::reducing) : state;
}

const risk::Bounds& Engine::bounds() const {
    if (bounds_.limit_base != limit_base_) bounds_ = risk::bounds(settings_.risk, limit_base_);
    return bounds_;
}

risk::BookConditions Engine::conditions(const risk::Request& request, VenueId venue) const {
    const risk::BreakerView view =
        risk::view(state_.risk.breakers, venue, request.instrument, request.agent, request.parent);
    risk::BookConditions conditions;
    conditions.state = book_state();
    conditions.frozen = state_.risk.book.frozen;
    conditions.half_size = state_.risk.book.half_size;
    const auto bare = uncovered_.find(request.instrument);
    const bool covered = bare == uncovered_.end() || bare->second.is_zero();
    conditions.breaker_open = view.open || (view.half_open && !view.admits) || !covered;
    conditions.breaker_half_open = view.half_open && view.admits;
    return conditions;
}

void Engine::limits_found(InstrumentId instrument, const risk::MarkFindings& findings) {
    if (findings.factor_changes) {
        emit(events::SizeFactorChanged{AgentId{}, 39, 0, findings.factor}, Sequence{});
    }
    if (findings.wanted != events::BookState::active) {
        state_changed(risk::on_findings(state_.risk.book, findings, book(at_)));
    }
    breakers_changed(risk::on_limit_by_price(state_.risk.breakers, settings_.breakers, instrument,
                                             findings.passed, at_));
    for (const risk::AgentFinding& agent : findings.agents) {
        if (!agent.passed) continue;
        breakers_changed(risk::on_agent_limit_by_price(state_.risk.breakers, settings_.breakers,
                                                       agent.agent, at_));
    }
}

void Engine::breakers_of(const risk::Assessment& assessment, AgentId agent) {
    if (assessment.agent_breakers() == 0) return;
    breakers_changed(risk::on_checks(state_.risk.breakers, settings_.breakers, agent,
                                     assessment.agent_breakers(), at_));
}

void Engine::breakers_changed(const risk::BreakerEvents& changes) {
    for (const events::BreakerChanged& change : changes) {
        emit(change, Sequence{});
        if (change.to == events::BreakerState::open && change.from != change.to) {
            breaker_opened(change);
            alert("breaker", change.reason.view());
        }
        if (change.scope == events::BreakerScope::global ||
            change.scope == events::BreakerScope::account) {
            while (const auto demand =
                       risk::on_breakers(state_.risk.book, state_.risk.breakers, book(at_))) {
                state_changed(demand);
            }
        }
    }
}

// Resting increases in the scope go; a quiet scope costs nothing.
void Engine::breaker_opened(const events::BreakerChanged& change) {
    execution::TriggerScope scope;
    scope.agent = change.agent;
    scope.venue = change.venue;
    scope.instrument = change.instrument;
    scope.why = events::ParentEnd::halted;
    scope.pauses_schedules =
        risk::about_data(risk::bit(static_cast<risk::BreakerCause>(change.cause)));
    trigger(execution::Trigger::breaker_opened, scope);
    if (change.scope == events::BreakerScope::agent) leave_all(change.agent);
}

void Engine::state_changed(const risk::StateEvent& change) {
    if (!change) return;
    emit(*change, Sequence{});
    execution::TriggerScope scope;
    scope.why = events::ParentEnd::halted;
    if (change->to == events::BookState::reducing) {
        trigger(change->frozen ? execution::Trigger::breaker_opened : execution::Trigger::reducing,
                scope);
    }
    // Frozen: nothing but cancels of increases leaves.
    if (change->to == events::BookState::halted) {
        trigger(change->frozen ? execution::Trigger::breaker_opened : execution::Trigger::halted,
                scope);
    }
    // A halted book decides nothing more: what is asked has no answer that could be carried out.
    if (change->to == events::BookState::halted) {
        for (const IntentId id : open_rounds(state_.consensus))
            withdraw(id, events::RoundOutcome::cancelled);
    }
    // Every running agent hears of it, before it meets it as a refusal.
    if (change->to != change->from) {
        for (std::uint16_t id = 1; agents::find(state_.agents, AgentId{id}) != nullptr; ++id) {
            if (!agents::runs(state_.agents, AgentId{id})) continue;
            Ask& question = ask(AgentId{id}, AskKind::signal, InstrumentId{});
            question.signal = "book";
            question.payload = word(change->to);
        }
    }
    wake_exits();
    if (change->to != events::BookState::active) alert("book", change->reason.view());
}

Reason Engine::change_state(const Command& command) {
    risk::ResumeConditions conditions;
    conditions.book = book(at_);
    conditions.accounts_agree = accounts_agree();
    for (const Currency& quote : watch_.pegged)
        conditions.par_deviation = std::max(conditions.par_deviation, par_deviation(quote));
    conditions.par_deviation_max = settings_.breakers.par_deviation;
    const bool resumes =
        command.kind == CommandKind::resume || command.kind == CommandKind::resume_rebase_peak;
    const risk::StateDecision decision =
        risk::on_command(state_.risk.book, settings_.risk, command, conditions);
    if (!decision.refusal.empty()) return Reason{decision.refusal};
    if (resumes) {
        for (const auto& change : risk::on_resume(state_.risk.breakers, command)) {
            const bool global = change.scope == events::BreakerScope::global;
            if (!global || !lacks_resources()) emit(change, Sequence{});
        }
    }
    state_changed(decision.event);
    while (const auto demand =
               risk::on_breakers(state_.risk.book, state_.risk.breakers, book(at_))) {
        state_changed(demand);
    }
    return {};
}

Reason Engine::change_breaker(const Command& command) {
    const risk::BreakerDecision decision =
        risk::on_command(state_.risk.breakers, settings_.breakers, command, at_);
    if (!decision.refusal.empty()) return Reason{decision.refusal};
    const bool global = decision.event && decision.event->scope == events::BreakerScope::global;
    if (global && command.kind == CommandKind::reset_breaker && lacks_resources()) {
        return "the journal's disk is still full or slow: it ends by itself";
    }
    if (decision.event) breakers_changed({*decision.event});
    return {};
}

void Engine::venue_trouble(OrderId id) {
    const execution::OrderRecord* record = state_.execution.orders.find(id);
    if (record == nullptr) return;
    const Order order = record->order;
    if (record->status == OrderStatus::unknown) {
        breakers_changed(
            risk::on_unknown_outcome(state_.risk.breakers, settings_.breakers, order.venue, at_));
    } else {
        breakers_changed(risk::on_venue_reject(state_.risk.breakers, settings_.breakers,
                                               order.agent, order.instrument, at_));
    }
    if (!reduces(order.purpose)) failed(order.parent, order.venue, order.instrument, order.agent);
}

// The one increase at work while a breaker is half open: it opens again, for twice as long.
void Engine::failed(ParentId parent, VenueId venue, InstrumentId instrument, AgentId agent) {
    breakers_changed(risk::on_completion(state_.risk.breakers, settings_.breakers,
                                         {parent, venue, instrument, agent},
                                         risk::Completion::failed, at_));
}

void Engine::consequence(const events::ForeignFill& e) {
    listen(e.fill.instrument);
    breakers_changed(
        risk::on_foreign_fill(state_.risk.breakers, settings_.breakers, e.fill.venue, at_));
}

void Engine::consequence(const events::VenueChanged& e) {
    // A stream that comes up for the first time was not lost: until then check 4 stops everything.
    const bool fresh = runs_[e.venue.value()].ended_at.is_none();
    breakers_changed(risk::on_venue(
        state_.risk.breakers, settings_.breakers,
        {e.venue, e.connected, e.private_alive || fresh, e.connected, e.clock_offset}, at_));
    execution::TriggerScope scope;
    scope.venue = e.venue;
    if (!e.connected) {
        trigger(execution::Trigger::venue_lost, scope);
        watch_.lost.insert(e.venue);
    } else if (watch_.lost.erase(e.venue) > 0) {
        trigger(execution::Trigger::venue_returned, scope);
    }
    if (e.connected && !e.private_alive) {
        schedule(TimerKind::staleness, e.venue.value(), at_ + settings_.execution.feed_lost_after);
    }
    if (e.connected) wake_exits_at(e.venue); // and what could not be protected without a line
    schedule_reconcile(e.venue);
}

// Time is up for a stream that was lost.
void Engine::stream_is_lost(VenueId id) {
    execution::TriggerScope scope;
    scope.venue = id;
    const auto venue = state_.execution.venues.find(id);
    const bool lost = venue != state_.execution.venues.end() && venue->second.connected &&
                      !venue->second.private_alive;
    if (lost) trigger(execution::Trigger::private_stream_lost, scope);
}

void Engine::consequence(const events::Reconciled& e) {
    wake_exits_at(e.venue);
    if (e.orders_agree && e.fills_agree && e.balances_agree) return supervise();
    const auto expected = expected_balances(e.venue);
    const bool in_flight = orders_in_flight(state_.execution, e.venue);
    for (const auto& [currency, difference] : runs_[e.venue.value()].differences) {
        const auto known =
            std::ranges::find(expected, currency, &execution::ExpectedBalance::currency);
        risk::AccountCondition account;
        account.venue = e.venue;
        account.difference = Quantity{difference.amount};
        account.lot = known == expected.end() ? Quantity{} : Quantity{known->tolerance};
        account.lasted = at_ - difference.since;
        account.order_in_flight = in_flight;
        breakers_changed(
            risk::on_account_mismatch(state_.risk.breakers, settings_.breakers, account, at_));
    }
}

// Breakers whose wait is over and states that end by themselves.
void Engine::supervise() {
    retry_breakers();
    if (state_.risk.book.demands.empty() && !state_.risk.book.half_size) return;
    const BookView view = book(at_);
    limit_base_ = view.limit_base;
    const risk::TimeConditions conditions{risk::limits_kept(state_.risk.valuation, bounds())};
    while (const auto change =
               risk::on_time(state_.risk.book, settings_.states, view, conditions, at_)) {
        state_changed(change);
    }
}

bool Engine::accounts_agree() const {
    return std::ranges::all_of(
        runs_, [](const execution::Run& run) { return run.venue.is_none() || run.agreed; });
}

// How an increase ended, for half-open breakers; a fill far from its estimate, for open ones.
void Engine::completed(const events::ParentClosed& closed, const Parent& parent) {
    if (reduces(parent.purpose) || closed.filled.is_zero()) return;
    risk::CompletionScope scope{parent.id, {}, parent.instrument, parent.agent};
    if (const Listing* listing = listing_for(parent.instrument)) scope.venue = listing->venue;
    breakers_changed(risk::on_completion(state_.risk.breakers, settings_.breakers, scope,
                                         risk::Completion::clean, at_));
}

// `reference`: M when the order was decided.
void Engine::judge(const events::FillAllocated& share, Price reference) {
    if (reduces(share.purpose) || share.agent == house_agent) return;
    const CostEstimate expected = cost(share.instrument, share.quantity, Urgency::urgent, at_);
    const risk::FillQuality quality{share.agent, share.instrument,
                                    share.side,  share.price,
                                    reference,   expected.half_spread + expected.impact};
    const auto changes = risk::on_fill(state_.risk.breakers, settings_.breakers, quality, at_);
    breakers_changed(changes);
    if (!changes.empty()) failed(share.parent, share.venue, share.instrument, share.agent);
}

void Engine::sweep_dust(AgentId agent, InstrumentId instrument) {
    const Listing* listing = listing_for(instrument);
    if (listing == nullptr) return;
    const auto swept =
        portfolio::sweep(state_.portfolio, agent, *listing, market_.mark(instrument, at_));
    if (!swept) return;
    emit(*swept, Sequence{});
    cover(agent, instrument, IntentId{}, StopId{}, swept->price);
}

} // namespace grekko::engine
