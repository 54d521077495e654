#include "core/execution/memory.hpp"

#include <algorithm>

namespace grekko::execution {

void remember_fill(State& state, const Fill& fill, Instant at) {
    VenueRecord& venue = state.venues[fill.venue];
    venue.filled_at = at;
    venue.fill_exchange_at = std::max(venue.fill_exchange_at, fill.exchange_at);
    if (fill.trade_id.empty()) return;
    const FillKey key{fill.venue, fill.instrument, fill.trade_id};
    if (!state.fills.insert(key).second) return; // the two parts of one trade
    state.fills_order.emplace_back(key, fill.exchange_at);
    while (state.fills_order.size() > fills_known_max) {
        const auto& [oldest, exchange_at] = state.fills_order.front();
        Instant& until = state.venues[oldest.venue].forgotten_until;
        until = std::max(until, exchange_at);
        state.fills.erase(oldest);
        state.fills_order.pop_front();
    }
}

} // namespace grekko::execution
