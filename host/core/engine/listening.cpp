#include "core/engine/listening.hpp"

#include <algorithm>

namespace grekko::engine {

std::set<InstrumentId> Listening::exposed() const {
    std::set<InstrumentId> instruments;
    for (const auto& [key, ledger] : state.portfolio.venues) {
        if (!ledger.quantity.is_zero()) instruments.insert(key.second);
    }
    for (const ParentId id : state.execution.open_parents)
        instruments.insert(state.execution.parents.find(id)->parent.instrument);
    return instruments;
}

bool Listening::is_exposed(InstrumentId instrument) const {
    const bool held = std::ranges::any_of(state.portfolio.venues, [&](const auto& entry) {
        return entry.first.second == instrument && !entry.second.quantity.is_zero();
    });
    return held || std::ranges::any_of(state.execution.open_parents, [&](ParentId id) {
               return state.execution.parents.find(id)->parent.instrument == instrument;
           });
}

bool Listening::can_fall_silent(InstrumentId instrument) const {
    if (state.identity.closing || !is_exposed(instrument)) return false;
    return !market.heard(instrument).at.is_none() || !market.mark(instrument, at).known();
}

Instant Listening::heard_at(InstrumentId instrument) const {
    const Instant heard = market.heard(instrument).at;
    return std::max(heard.is_none() ? at : heard, live_from);
}

Instant Listening::due(InstrumentId instrument) const {
    constexpr Duration pace_max = Duration::minutes(5); // a feed that has just come back has none
    const Duration rare = std::min(market.heard(instrument).pace * 2, pace_max);
    return heard_at(instrument) + std::max(settings.breakers.data_stale_max, rare) +
           Duration::nanoseconds(1);
}

bool Listening::is_silent(InstrumentId instrument) const {
    return !market.heard(instrument).at.is_none() && at >= due(instrument);
}

risk::DataCondition Listening::condition(InstrumentId instrument) const {
    risk::DataCondition condition;
    condition.instrument = instrument;
    const MarketView view = market.view(instrument, VenueId{}, at);
    if (view.bars_only || !view.mark.known()) return condition;
    condition.gapped = view.best.gapped;
    if (is_silent(instrument)) condition.stale_for = at - heard_at(instrument);
    if (view.mark.stale) condition.stale_for = std::max(condition.stale_for, at - view.mark.at);
    return condition;
}

} // namespace grekko::engine
