// What must hold of the ledgers, checked from scratch: slow on purpose, it shares nothing with the
// code that keeps them.
#include <map>

#include "core/portfolio/portfolio.hpp"

namespace grekko::portfolio {
namespace {

using Quantities = std::map<InstrumentId, Quantity>;

Violation broken(Broken what, InstrumentId instrument, AgentId agent = {}) {
    return {what, instrument, agent};
}

Violation check_positions(const State& state) {
    Quantities agents;
    Quantities venues;
    for (const auto& [key, ledger] : state.ledgers) agents[key.second] += ledger.quantity;
    for (const auto& [key, ledger] : state.venues) venues[key.second] += ledger.quantity;
    for (const auto& [instrument, sum] : venues) {
        if (agents[instrument] != sum) return broken(Broken::position_sum, instrument);
    }
    for (const auto& [instrument, sum] : agents) {
        if (venues[instrument] != sum) return broken(Broken::position_sum, instrument);
    }
    return {};
}

Violation check_lots(const State& state) {
    std::map<IntentId, Quantity> open;
    Quantities loose;
    for (const auto& [key, ledger] : state.ledgers) {
        Quantity sum;
        const auto lots = state.lots.find(key);
        if (lots != state.lots.end()) {
            for (const Lot& lot : lots->second) {
                sum += lot.quantity;
                if (lot.intent) open[lot.intent] += lot.quantity;
                else loose[key.second] += lot.quantity;
            }
        }
        if (sum != ledger.quantity) return broken(Broken::lots, key.second, key.first);
    }
    for (const auto& [id, intent] : state.intents) {
        if (open[id] != intent.flow.open) {
            return broken(Broken::lots, intent.instrument, intent.agent);
        }
    }
    for (const auto& [instrument, flow] : state.loose) {
        if (loose[instrument] != flow.open) return broken(Broken::lots, instrument);
    }
    return {};
}

// Agents' virtual positions on spot are never short; the house answers for foreign sales.
Violation check_spot(const State& state) {
    for (const auto& [key, ledger] : state.ledgers) {
        const bool spot = state.facts(key.second).kind == InstrumentKind::spot;
        if (spot && key.first != house_agent && ledger.quantity.is_negative()) {
            return broken(Broken::spot_negative, key.second, key.first);
        }
    }
    return {};
}

// Per currency: cash = transfers + what the ledgers say came in.
Violation check_cash(const State& state) {
    std::map<Currency, Decimal> cash;
    for (const auto& [key, account] : state.accounts) {
        cash[key.second] += account.cash - account.transferred;
    }
    for (const auto& [currency, paid] : state.fees_elsewhere) cash[currency] += paid;
    std::map<InstrumentId, Notional> flows;
    for (const auto& [key, ledger] : state.ledgers) {
        const InstrumentFacts& facts = state.facts(key.second);
        flows[key.second] += ledger.realised - ledger.cost;
        cash[facts.quote] -=
            (ledger.fees_elsewhere - ledger.fees - ledger.funding).decimal();
        const Notional came = ledger.realised - ledger.cost;
        if (facts.kind == InstrumentKind::spot) cash[facts.quote] -= came.decimal();
    }
    for (const auto& [key, ledger] : state.venues) {
        const InstrumentFacts& facts = state.facts(key.second);
        flows[key.second] -= ledger.realised - ledger.cost;
        if (facts.kind != InstrumentKind::spot) {
            cash[facts.quote] -= ledger.realised.decimal();
        }
    }
    for (const auto& [instrument, difference] : flows) {
        if (!difference.is_zero()) return broken(Broken::cash, instrument);
    }
    for (const auto& [currency, difference] : cash) {
        if (!difference.is_zero()) return broken(Broken::cash, {});
    }
    return {};
}

}  // namespace

Violation check_invariants(const State& state, Moment moment) {
    if (moment == Moment::step && !state.unallocated.empty()) {
        return broken(Broken::unallocated, state.unallocated.begin()->first.second);
    }
    for (const auto check : {check_positions, check_lots, check_spot, check_cash}) {
        const Violation violation = check(state);
        if (violation.what != Broken::none) return violation;
    }
    return {};
}

}  // namespace grekko::portfolio
