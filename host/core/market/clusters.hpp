// Clusters: which instruments move together (check 26): correlation of hourly returns over 30 days
// of at least 0.7, joined transitively. Until a pair has data it counts as correlated, so all
// coins begin as one cluster; stablecoins are one of their own. Integer arithmetic, once a day.
#pragma once

#include "core/market/settings.hpp"
#include "core/market/state.hpp"

namespace grekko::market {

// Keeps the return since the last hour that had a price. Both prices > 0.
void add_hourly_return(InstrumentState& instrument, Price price, Instant at);

// Writes `cluster` of every instrument: the lowest id of its cluster.
void find_clusters(State& state, const Settings& settings, const Universe& universe);

}  // namespace grekko::market
