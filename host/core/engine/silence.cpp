// 2: a market that has fallen silent. No record says so; a timer does, one for each instrument that
// is held or worked and has shown a book. It looks when the book was heard last and moves on from
// there; only what it finds is recorded.
#include <algorithm>

#include "core/engine/emit.hpp"

namespace grekko::engine {
namespace {

constexpr Duration tick{Duration::nanoseconds(1)};

bool is_open(const risk::Breaker& breaker) {
    return breaker.state == events::BreakerState::open;
}

risk::BreakerKey key_of(InstrumentId instrument) {
    return {events::BreakerScope::instrument, 0, {}, instrument, {}};
}

// Held, or with work that may still become a position.
bool is_exposed(const State& state, InstrumentId instrument) {
    const auto held = [&](const auto& entry) {
        return entry.first.second == instrument && !entry.second.quantity.is_zero();
    };
    const auto worked = [&](const auto& entry) {
        const bool open = !entry.second.buys.is_zero() || !entry.second.sells.is_zero();
        return open && entry.first.instrument == instrument;
    };
    return std::ranges::any_of(state.portfolio.venues, held) ||
           std::ranges::any_of(state.execution.open, worked);
}

} // namespace

// The first instant at which it has been silent for too long: for data_stale_max, or for twice the
// pace of a book that is slower, so that a tape of a quote a minute is not taken for a feed that
// has ended. What came before the book was live says nothing about the feed.
Instant Engine::silent_from(InstrumentId instrument) const {
    const market::Heard heard = market_.heard(instrument);
    const Instant last = std::max(heard.at.is_none() ? at_ : heard.at, live_from_);
    const Duration limit = settings_.breakers.data_stale_max;
    const Duration rare = std::min(heard.pace, Duration::seconds(150)) * 2;
    return last + (heard.pace > limit ? std::max(limit, rare) : limit) + tick;
}

bool Engine::is_silent(InstrumentId instrument) const {
    return !market_.heard(instrument).at.is_none() && at_ >= silent_from(instrument);
}

// Bars come when they close, and a book that ends hears nothing more: neither can fall silent.
bool Engine::can_fall_silent(InstrumentId instrument) const {
    if (state_.identity.closing) return false;
    const bool booked = !market_.heard(instrument).at.is_none();
    if (!booked && market_.mark(instrument, at_).known()) return false;
    return is_exposed(state_, instrument);
}

// Wherever work or a position may begin, and when its timer has fired: one at a time, which finds
// out by itself when nobody depends on the instrument any longer. A book may become faster
// meanwhile, so it is looked at once a minute; what is silent has nothing to tell but its minutes.
void Engine::listen(InstrumentId instrument) {
    const auto armed = armed_.find({TimerKind::silence, instrument.value()});
    if (armed != armed_.end() && armed->second.at > at_) return;
    if (!can_fall_silent(instrument)) return;
    // The history of a start may be bars alone: the first touch comes a little after it is live.
    const Instant from = silent_from(instrument);
    const Instant due = warming() ? from : std::clamp(from, at_ + Watch::each, at_ + Watch::rarely);
    const bool minutes = is_silent(instrument) && next_sample_ > at_;
    schedule_once(TimerKind::silence, instrument.value(),
                  std::max(minutes ? next_sample_ : due, live_from_));
}

// As long as the data comes the timer just moves on, without a record. Silence opens the breaker,
// once, and what begins a minute is then this timer.
void Engine::silence(const TimerFired& timer) {
    const InstrumentId instrument{static_cast<std::uint16_t>(timer.subject)};
    const auto armed = armed_.find({timer.kind, timer.subject});
    if (armed == armed_.end() || armed->second.id != timer.id) return;
    if (!warming() && is_silent(instrument) && can_fall_silent(instrument)) {
        const Instant since = std::max(market_.heard(instrument).at, live_from_);
        watch_.silent.try_emplace(instrument, since);
        const risk::Breaker& known = risk::breaker(state_.risk.breakers, key_of(instrument));
        const bool told =
            is_open(known) && (known.causes & risk::bit(risk::BreakerCause::data_stale)) != 0;
        const bool minute = at_ >= next_sample_;
        if (!told || minute) record_input(timer);
        if (!told) {
            breakers_changed(risk::on_data(state_.risk.breakers, settings_.breakers,
                                           {instrument, {}, at_ - since, {}, false}, at_));
        }
        if (minute) sample();
    }
    listen(instrument);
}

// What comes again has been bad up to now: data_clean begins here. It may fall silent again soon.
void Engine::heard_again() {
    for (auto next = watch_.silent.begin(); next != watch_.silent.end();) {
        const auto [instrument, since] = *next;
        if (is_silent(instrument)) {
            ++next;
            continue;
        }
        next = watch_.silent.erase(next);
        schedule_once(TimerKind::silence, instrument.value(),
                      at_ + settings_.breakers.data_stale_max + tick);
        if (!is_open(risk::breaker(state_.risk.breakers, key_of(instrument)))) continue;
        breakers_changed(risk::on_data(state_.risk.breakers, settings_.breakers,
                                       {instrument, {}, at_ - since, {}, false}, at_));
    }
}

} // namespace grekko::engine
