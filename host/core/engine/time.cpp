// Time: what timers mean. A timer only says that a moment has come; whether there is still
// something to do is looked up, so a late or double timer is harmless.
#include "core/engine/emit.hpp"

namespace grekko::engine {

void Engine::schedule(TimerKind kind, std::uint64_t subject, Instant at, AgentId agent) {
    TimerFired timer;
    timer.id = TimerId{++last_timer_};
    timer.kind = kind;
    timer.agent = agent;
    timer.subject = subject;
    effects_.push_back(SetTimer{timer, at});
}

// One timer a subject: what wakes for the earlier moment looks at everything that is due, and sets
// the next. Without this every event of an order adds a chain of timers that never ends.
void Engine::schedule_once(TimerKind kind, std::uint64_t subject, Instant at) {
    Armed& armed = armed_[{kind, subject}];
    if (armed.at > at_ && armed.at <= at) return;
    schedule(kind, subject, at);
    armed = {at, TimerId{last_timer_}};
}

// False: an earlier moment has taken its place meanwhile.
bool Engine::take_armed(const TimerFired& timer) {
    const auto armed = armed_.find({timer.kind, timer.subject});
    if (armed == armed_.end() || armed->second.id != timer.id) return false;
    armed_.erase(armed);
    return true;
}

void Engine::timer(const TimerFired& timer) {
    if (timer.kind == TimerKind::silence) return silence(timer); // not always worth a record
    const bool pending = agents::timer_pending(state_.agents, timer);
    record_input(timer);
    switch (timer.kind) {
    case TimerKind::round_close: return round_deadline(IntentId{timer.subject});
    case TimerKind::order_expiry: {
        if (!take_armed(timer)) return;
        const OrderId id{timer.subject};
        take(execution::check_order(state_.execution, settings_.execution, id, at_), Sequence{});
        return watch(id);
    }
    case TimerKind::slice:
        if (take_armed(timer)) dirty_parents_.insert(ParentId{timer.subject});
        return;
    case TimerKind::reconcile: {
        const VenueId venue{static_cast<std::uint16_t>(timer.subject)};
        execution::Run& run = runs_[venue.value()];
        take(execution::on_reconcile_timer(state_.execution, settings_.execution, run,
                                           universe_.venue(venue), at_),
             Sequence{});
        return schedule_reconcile(venue);
    }
    case TimerKind::agent: {
        if (!pending) return;
        Ask& question = ask(timer.agent, AskKind::timer, InstrumentId{});
        question.head.subject = timer.subject;
        return;
    }
    case TimerKind::stop_escalation:
        dirty_stops_.insert(InstrumentId{static_cast<std::uint16_t>(timer.subject)});
        return;
    case TimerKind::staleness:
        return stream_is_lost(VenueId{static_cast<std::uint16_t>(timer.subject)});
    case TimerKind::breaker:
        if (take_armed(timer)) watch_journal();
        return;
    case TimerKind::silence: return;
    case TimerKind::requote:
    case TimerKind::day:
    case TimerKind::score:
    case TimerKind::mandate:
    case TimerKind::nav: return sample();
    }
}

void Engine::round_deadline(IntentId id) {
    for (const agents::Attendance& missed : agents::missed(state_.agents, settings_.agents, id)) {
        emit(missed.change, Sequence{id.value()});
        if (missed.status) status_changed(*missed.status);
    }
    const consensus::Round* round = consensus::find_round(state_.consensus, id);
    if (round == nullptr) return;
    close_rounds(round->instrument, consensus::CloseCause::deadline);
}

// Once a minute of event time: NAV, peaks and day starts, mandates, horizons of votes, agents whose
// back-off is over, breakers and states that end by themselves.
void Engine::sample() {
    next_sample_ = at_.floor(settings_.nav_each) + settings_.nav_each;
    const portfolio::Samples samples =
        portfolio::sample(state_.portfolio, settings_.portfolio, marks(at_), at_);
    if (samples.nav) emit(*samples.nav, Sequence{});
    for (const auto& marked : samples.agents)
        emit(marked, Sequence{});
    for (const auto& marked : samples.positions)
        emit(marked, Sequence{});
    for (const auto& ended : consensus::expired_mandates(state_.consensus, at_)) {
        emit(ended, Sequence{});
    }
    for (const IntentId round : agents::due(state_.agents, at_))
        score(round);
    for (const auto& change : agents::returns(state_.agents, at_))
        status_changed(change);
    supervise();
}

void Engine::score(IntentId round) {
    const auto observed = state_.agents.observed.find(round);
    if (observed == state_.agents.observed.end()) return;
    const Mark mark = market_.mark(observed->second.round.instrument, at_);
    for (const auto& scored : agents::score(state_.agents, settings_.agents, round, mark)) {
        emit(scored, Sequence{round.value()});
    }
}

} // namespace grekko::engine
