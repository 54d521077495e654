// Transfers, dust and the closing of intents: what portfolio itself decides.
#include <algorithm>

#include "core/portfolio/ledger.hpp"
#include "core/portfolio/portfolio.hpp"
#include "core/portfolio/worth.hpp"

namespace grekko::portfolio {
namespace {

// pnl = f·s·(M_end − M0) − f·s·(M1 − M0) − f·s·(p − M1) − fees − funding (§4). The three products
// share their roundings, so the parts add up to what the ledgers say, to the last digit.
events::IntentClosed split(const State& state, IntentId id, const IntentState& intent, Price mark) {
    const InstrumentFacts& facts = state.facts(intent.instrument);
    const Notional gross = intent.flow.flow + intent.flow.ended +
                           value_of(facts, mark, intent.flow.open);
    const Quantity side = intent.side == Side::buy ? intent.filled : -intent.filled;
    const Notional proposed = value_of(facts, intent.proposed, side);
    const Notional decided = value_of(facts, intent.decided, side);
    const Notional paid = intent.side == Side::buy ? intent.value : -intent.value;
    events::IntentClosed closed;
    closed.intent = id;
    closed.agent = intent.agent;
    closed.instrument = intent.instrument;
    closed.side = intent.side;
    closed.requested = intent.requested;
    closed.filled = intent.filled;
    closed.mark_proposed = intent.proposed;
    closed.mark_decided = intent.decided;
    closed.mark_end = mark;
    if (intent.filled.is_positive()) {
        const Notional a_contract = Notional{facts.contract_size.decimal()};
        const Quantity base = Quantity{multiply(intent.filled.decimal(), a_contract.decimal(),
                                                Rounding::half_even)};
        if (!base.is_zero()) closed.mean = divide(intent.value, base, Rounding::half_even);
    }
    closed.delay = decided - proposed;
    closed.execution = paid - decided;
    closed.signal = gross + closed.delay + closed.execution;
    closed.fees = intent.flow.fees;
    closed.funding = intent.flow.funding;
    const Quantity missed = std::max(Quantity{}, intent.requested - intent.filled);
    if (mark.is_positive() && intent.proposed.is_positive()) {
        const Notional move = value_of(facts, mark, missed) -
                              value_of(facts, intent.proposed, missed);
        closed.not_taken = intent.side == Side::buy ? move : -move;
    }
    return closed;
}

}  // namespace

std::optional<events::TransferBooked> transfer(const State& state, const Marks& marks,
                                               const Transfer& transfer) {
    const Worth amount = convert(state, marks, transfer.amount, transfer.currency);
    if (!amount.known || amount.value.is_zero()) return std::nullopt;
    events::TransferBooked booked;
    booked.venue = transfer.venue;
    booked.currency = transfer.currency;
    booked.amount = transfer.amount;
    booked.value = amount.value;
    const Worth nav = worth_of(state, marks);
    if (state.units.is_positive()) {
        if (!nav.known || !nav.value.is_positive()) return std::nullopt;
        booked.units = multiply_divide(amount.value.decimal(), state.units, nav.value.decimal(),
                                       Rounding::half_even);
    } else {
        // What came in without units, a foreign fill say, belongs to the first units.
        booked.units = amount.value.decimal() + nav.value.decimal();
    }
    if ((state.units + booked.units).is_negative()) return std::nullopt;
    booked.nav_per_unit = per_unit(state, nav.value);
    return booked;
}

std::optional<events::DustSwept> sweep(const State& state, AgentId agent, const Listing& listing,
                                       const Mark& mark) {
    if (agent == house_agent || !mark.known() || mark.stale) return std::nullopt;
    const Quantity quantity = position(state, agent, listing.instrument).quantity;
    const Notional value = value_of(state.facts(listing.instrument), mark.price, quantity.abs());
    const bool dust = quantity.abs() < listing.lot || value < listing.notional_min;
    if (quantity.is_zero() || !dust) return std::nullopt;
    events::DustSwept swept;
    swept.agent = agent;
    swept.instrument = listing.instrument;
    swept.quantity = quantity;
    swept.price = mark.price;
    return swept;
}

std::optional<events::IntentClosed> next_closed(const State& state, const Marks& marks,
                                                Instant now) {
    if (!state.due.empty()) {
        const IntentId id = *state.due.begin();
        const IntentState& intent = state.intents.at(id);
        return split(state, id, intent, marks.of(intent.instrument).price);
    }
    for (const auto& [horizon, id] : state.horizons) {
        if (horizon > now) break;
        const IntentState& intent = state.intents.at(id);
        const Mark mark = marks.of(intent.instrument);
        if (mark.known()) return split(state, id, intent, mark.price);
    }
    return std::nullopt;
}

Instant next_horizon(const State& state) {
    return state.horizons.empty() ? Instant{} : state.horizons.begin()->first;
}

Notional net(const events::IntentClosed& closed) {
    return closed.signal - closed.delay - closed.execution - closed.fees - closed.funding;
}

}  // namespace grekko::portfolio
