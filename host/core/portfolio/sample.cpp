// The minute's samples, from which peaks, day starts and excursions follow in a replay.
#include "core/portfolio/ledger.hpp"
#include "core/portfolio/portfolio.hpp"
#include "core/portfolio/worth.hpp"

namespace grekko::portfolio {
namespace {

events::NavMarked mark_nav(const State& state, const Marks& marks, bool day_start) {
    const Worth nav = worth_of(state, marks);
    events::NavMarked marked;
    marked.nav = nav.value;
    for (const auto& [key, account] : state.accounts) {
        marked.cash += convert(state, marks, account.cash, key.second).value;
    }
    marked.units = state.units;
    marked.nav_per_unit = per_unit(state, nav.value);
    marked.day_start = day_start;
    marked.stale = nav.stale;
    return marked;
}

void mark_agents(const State& state, const Marks& marks, bool day_start, Samples& samples) {
    for (const auto& [id, agent] : state.agents) {
        const Worth results = results_of(state, marks, id);
        const Notional equity = agent.allocation + results.value;
        const bool peak = !results.stale && equity > agent.equity_peak;
        if (!day_start && !peak && agent.marked) continue;
        events::AgentMarked marked;
        marked.agent = id;
        marked.day_start = day_start;
        marked.equity = equity;
        samples.agents.push_back(marked);
    }
}

void mark_positions(const State& state, const Marks& marks, Samples& samples) {
    for (const auto& [key, ledger] : state.ledgers) {
        const Mark mark = marks.of(key.second);
        if (ledger.quantity.is_zero() || mark.stale) continue;
        const Notional unrealised =
            value_of(state.facts(key.second), mark.price, ledger.quantity) - ledger.cost;
        if (unrealised <= ledger.favourable_max && unrealised >= ledger.adverse_max) continue;
        events::PositionMarked marked;
        marked.agent = key.first;
        marked.instrument = key.second;
        marked.mark = mark.price;
        marked.unrealised = unrealised;
        samples.positions.push_back(marked);
    }
}

}  // namespace

Samples sample(const State& state, const Settings& settings, const Marks& marks, Instant now) {
    Samples samples;
    const bool first = state.nav_at.is_none();
    const Duration every = settings.sample_every;
    if (!first && now.floor(every) <= state.nav_at.floor(every)) return samples;
    const Duration day = Duration::days(1);
    const bool day_start = first || now.floor(day) != state.nav_at.floor(day);
    samples.nav = mark_nav(state, marks, day_start);
    mark_agents(state, marks, day_start, samples);
    mark_positions(state, marks, samples);
    return samples;
}

}  // namespace grekko::portfolio
