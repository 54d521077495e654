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
}

void Engine::state_changed(const risk::StateEvent& change) {
    if (!change) return;
    emit(*change, Sequence{});
    execution::TriggerScope scope;
    scope.why = events::ParentEnd::halted;
    if (change->to == events::BookState::reducing) trigger(execution::Trigger::reducing, scope);
    if (change->to == events::BookState::halted) trigger(execution::Trigger::halted, scope);
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
    if (change->to != events::BookState::active) alert("book", change->reason.view());
}

Reason Engine::change_state(const Command& command) {
    risk::ResumeConditions conditions;
    conditions.book = book(at_);
    conditions.accounts_agree = accounts_agree();
    const bool resumes =
        command.kind == CommandKind::resume || command.kind == CommandKind::resume_rebase_peak;
    const risk::StateDecision decision =
        risk::on_command(state_.risk.book, settings_.risk, command, conditions);
    if (!decision.refusal.empty()) return Reason{decision.refusal};
    if (resumes) {
        for (const auto& change : risk::on_resume(state_.risk.breakers, command)) {
            emit(change, Sequence{});
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
}

void Engine::consequence(const events::ForeignFill& e) {
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
    if (!e.connected) trigger(execution::Trigger::venue_lost, scope);
    schedule_reconcile(e.venue);
    // What could not be protected without a line is looked at again.
    for (const auto& [key, ledger] : state_.portfolio.venues)
        if (e.connected && key.first == e.venue) dirty_stops_.insert(key.second);
}

void Engine::consequence(const events::Reconciled& e) {
    if (e.orders_agree && e.fills_agree && e.balances_agree) return supervise();
    if (e.balances_agree) return;
    risk::AccountCondition account;
    account.venue = e.venue;
    account.difference = Quantity{1_d};
    account.lasted = settings_.breakers.mismatch_for;
    account.order_in_flight = !state_.execution.open_parents.empty();
    breakers_changed(
        risk::on_account_mismatch(state_.risk.breakers, settings_.breakers, account, at_));
}

// Breakers whose wait is over and states that end by themselves.
void Engine::supervise() {
    for (const risk::BreakerKey& key : risk::waiting(state_.risk.breakers)) {
        const risk::CleanConditions clean = clean_conditions(key);
        if (const auto change =
                risk::due(state_.risk.breakers, settings_.breakers, key, clean, at_)) {
            breakers_changed({*change});
        }
    }
    if (state_.risk.book.demands.empty() && !state_.risk.book.half_size) return;
    const BookView view = book(at_);
    limit_base_ = view.limit_base;
    const risk::TimeConditions conditions{risk::limits_kept(state_.risk.valuation, bounds())};
    while (const auto change =
               risk::on_time(state_.risk.book, settings_.states, view, conditions, at_)) {
        state_changed(change);
    }
}

risk::CleanConditions Engine::clean_conditions(const risk::BreakerKey& key) const {
    risk::CleanConditions clean;
    clean.resources_good = true;
    clean.account_agrees = accounts_agree();
    clean.below_limits = risk::limits_kept(state_.risk.valuation, bounds());
    if (!key.instrument.is_none()) {
        clean.below_limits = risk::limits_kept(state_.risk.valuation, bounds(),
                                               universe_.instrument(key.instrument));
        const MarketView view = market_.view(key.instrument, key.venue, at_);
        clean.data_clean = !view.mark.stale && !view.best.gapped && !view.best.crossed &&
                           !listening().is_silent(key.instrument);
    }
    const auto venue = state_.execution.venues.find(key.venue);
    if (venue != state_.execution.venues.end()) {
        clean.venue = {key.venue, venue->second.connected, venue->second.private_alive,
                       venue->second.connected, venue->second.clock_offset};
        if (key.instrument.is_none()) clean.data_clean = venue->second.connected;
    }
    return clean;
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

void Engine::judge(const events::FillAllocated& share) {
    if (reduces(share.purpose) || share.agent == house_agent) return;
    const CostEstimate expected = cost(share.instrument, share.quantity, Urgency::urgent, at_);
    const risk::FillQuality quality{share.agent, share.instrument,
                                    share.side,  share.price,
                                    share.mark,  expected.half_spread + expected.impact};
    breakers_changed(risk::on_fill(state_.risk.breakers, settings_.breakers, quality, at_));
}

// The mark five minutes ago of what is held, sampled each minute. Where a market is only known by
// longer bars, five minutes have no price of their own.
void Engine::watch_moves() {
    constexpr Duration apart = Duration::minutes(5);
    for (const auto& [key, ledger] : state_.portfolio.venues) {
        const Mark mark = market_.mark(key.second, at_);
        if (mark.stale || mark.source == MarkSource::bar) continue;
        auto& past = past_marks_[key.second];
        past.emplace_back(at_, mark.price);
        while (at_ - past.front().first > apart + settings_.nav_each)
            past.pop_front();
        if (ledger.quantity.is_zero() || at_ - past.front().first < apart) continue;
        breakers_changed(risk::on_price_move(state_.risk.breakers, settings_.breakers,
                                             {mark.price, past.front().second}, at_));
    }
}

// Data of held or worked instruments that has gone stale or gapped opens their breaker.
void Engine::check_data() {
    for (const InstrumentId id : listening().exposed()) {
        breakers_changed(risk::on_data(state_.risk.breakers, settings_.breakers,
                                       listening().condition(id), at_));
    }
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
