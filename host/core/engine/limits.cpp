// 2: limits that an operator sets while the book runs. They stay over a start, a crash too: a limit
// that was tightened is not looser because the host had to begin anew.
#include "core/engine/emit.hpp"

namespace grekko::engine {

Reason Engine::set_limit(const Command& command) {
    const risk::LimitDecision decision =
        risk::on_set_limit(configured_, state_.risk.limits, command);
    if (!decision.refusal.empty()) return Reason{decision.refusal};
    limit_changed(*decision.event);
    // What is held counts against it at once, not only with the next mark.
    for (std::size_t i = 1; i < universe_.instruments.size(); ++i) {
        const InstrumentId instrument = universe_.instruments[i].id;
        if (!warming() && market_.mark(instrument, at_).known()) check_limits(instrument);
    }
    return {};
}

void Engine::limits_at_start() {
    while (const auto back = risk::back_to_configuration(configured_, state_.risk.limits)) {
        limit_changed(*back);
        alert("limit", back->name.string() + " is as configured again: its key has been changed");
    }
    for (const auto& [name, one] : state_.risk.limits)
        alert("limit", name.string() + " stays as " + one.principal.string() + " has set it");
}

// Loosening alone lets nothing trade again that was held back.
void Engine::limit_changed(const events::LimitChanged& change) {
    const risk::Settings before = settings_.risk;
    emit(change, Sequence{});
    take_limits();
    if (!risk::looser(before, settings_.risk)) return;
    state_changed(risk::on_loosened(state_.risk.book, book(at_)));
    breakers_changed(risk::on_loosened(state_.risk.breakers, settings_.breakers, at_));
}

// The settings follow from the state; what was made of the old ones is made again.
void Engine::take_limits() {
    settings_.risk = risk::in_force(configured_, state_.risk.limits);
    bounds_ = risk::Bounds{};
    strict_ = risk::Bounds{};
}

} // namespace grekko::engine
