#include <algorithm>

#include "core/portfolio/ledger.hpp"
#include "core/portfolio/portfolio.hpp"
#include "core/portfolio/worth.hpp"

namespace grekko::portfolio {
namespace {

InstrumentFacts facts_of(const Instrument& instrument) {
    return {instrument.base, instrument.quote, instrument.contract_size, instrument.kind, {}};
}

// The first way in configuration order counts: direct ones first, then over one other currency.
void find_conversions(State& state) {
    state.conversions[state.base_currency] = {};
    for (std::uint8_t steps = 1; steps <= 2; ++steps) {
        const auto known = state.conversions;
        for (std::size_t i = 1; i < state.instruments.size(); ++i) {
            const InstrumentFacts& facts = state.instruments[i];
            if (facts.kind != InstrumentKind::spot) continue;
            const InstrumentId id{static_cast<std::uint16_t>(i)};
            const auto extend = [&](Currency from, Currency over, bool divides) {
                const auto rest = known.find(over);
                if (rest == known.end()) return;
                Conversion conversion{{id, rest->second.instruments[0]},
                                      {divides, rest->second.divides[0]}, steps, 0};
                state.conversions.emplace(from, conversion);
            };
            extend(facts.base, facts.quote, false);
            extend(facts.quote, facts.base, true);
        }
    }
}

Notional worst_of(Notional a, Notional b) { return std::min(a, b); }

}  // namespace

State make_state(const Universe& universe) {
    State state;
    state.base_currency = universe.base_currency;
    for (const Instrument& instrument : universe.instruments) {
        state.instruments.push_back(facts_of(instrument));
    }
    find_conversions(state);
    return state;
}

std::optional<Notional> in_base(const State& state, const Marks& marks, Decimal amount,
                                Currency currency) {
    const Worth worth = convert(state, marks, amount, currency);
    if (!worth.known) return std::nullopt;
    return worth.value;
}

BookView standing(const State& state, const Marks& marks) {
    const Worth worth = worth_of(state, marks);
    BookView view;
    view.nav = worth.value;
    view.stale = worth.stale;
    view.nav_per_unit = per_unit(state, worth.value);
    const bool marked = !state.nav_at.is_none();
    view.nav_day_start = marked ? state.nav_day_start : view.nav;
    view.limit_base = worst_of(view.nav, view.nav_day_start);
    view.nav_per_unit_day_start = marked ? state.per_unit_day_start : view.nav_per_unit;
    view.nav_per_unit_peak = std::max(state.per_unit_peak, view.stale ? Rate{} : view.nav_per_unit);
    if (view.nav_per_unit_peak.is_positive()) {
        const Rate kept = ratio(view.nav_per_unit, view.nav_per_unit_peak, Rounding::half_even);
        view.drawdown = std::max(Rate{}, 1_rate - kept);
    }
    if (view.nav_per_unit_day_start.is_positive()) {
        view.day_return =
            ratio(view.nav_per_unit, view.nav_per_unit_day_start, Rounding::half_even) - 1_rate;
    }
    return view;
}

BookView book(const State& state, const Marks& marks, Instant now) {
    BookView view = standing(state, marks);
    for (const auto& [currency, turnover] : state.turnover) {
        const Traded traded = turnover_24h(turnover, now);
        view.traded_24h += convert(state, marks, traded.value.decimal(), currency).value;
        view.fees_24h += convert(state, marks, traded.fees.decimal(), currency).value;
    }
    return view;
}

AgentBook agent_book(const State& state, const Marks& marks, AgentId id) {
    AgentBook view;
    view.agent = id;
    const auto found = state.agents.find(id);
    const AgentState agent = found == state.agents.end() ? AgentState{} : found->second;
    view.allocation = agent.allocation;
    view.losing_run = agent.losing_run;
    view.equity = agent.allocation + results_of(state, marks, id).value;
    if (!agent.marked) return view;
    view.day_pnl = view.equity - agent.equity_day_start;
    const Notional fall = std::max(Notional{}, agent.equity_peak - view.equity);
    if (agent.allocation.is_positive()) {
        view.drawdown = ratio(fall, agent.allocation, Rounding::half_even);
    }
    return view;
}

Position position(const State& state, AgentId agent, InstrumentId instrument) {
    Position position;
    position.agent = agent;
    position.instrument = instrument;
    const auto add = [&](const Ledger& ledger) {
        position.quantity += ledger.quantity;
        position.cost += ledger.cost;
        position.realised += ledger.realised;
        position.fees += ledger.fees;
        position.since = std::max(position.since, ledger.since);
        position.favourable_max += ledger.favourable_max;
        position.adverse_max += ledger.adverse_max;
    };
    if (agent.is_none()) {
        for (const auto& [key, ledger] : state.venues) {
            if (key.second == instrument) add(ledger);
        }
    } else if (const auto found = state.ledgers.find({agent, instrument});
               found != state.ledgers.end()) {
        add(found->second);
    }
    return position;
}

Quantity venue_quantity(const State& state, VenueId venue, InstrumentId instrument) {
    const auto found = state.venues.find({venue, instrument});
    return found == state.venues.end() ? Quantity{} : found->second.quantity;
}

Decimal balance(const State& state, VenueId venue, Currency currency) {
    const auto account = state.accounts.find({venue, currency});
    Decimal sum = account == state.accounts.end() ? Decimal{} : account->second.cash;
    for (auto it = state.venues.lower_bound({venue, InstrumentId{}});
         it != state.venues.end() && it->first.first == venue; ++it) {
        const InstrumentFacts& facts = state.facts(it->first.second);
        if (facts.kind != InstrumentKind::spot || facts.base != currency) continue;
        sum += it->second.quantity.decimal();
    }
    return sum;
}

std::optional<Decimal> balance_difference(const State& state, VenueId venue, Currency currency) {
    const auto account = state.accounts.find({venue, currency});
    if (account == state.accounts.end() || account->second.reported_at.is_none()) {
        return std::nullopt;
    }
    return account->second.reported - balance(state, venue, currency);
}

bool is_flat(Quantity quantity, const Listing& listing, const Mark& mark) {
    if (quantity.abs() < listing.lot || quantity.is_zero()) return true;
    if (!mark.known()) return false;
    return multiply(mark.price, quantity.abs(), Rounding::half_even) < listing.notional_min;
}

}  // namespace grekko::portfolio
