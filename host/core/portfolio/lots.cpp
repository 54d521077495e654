#include "core/portfolio/lots.hpp"

#include <algorithm>

#include "core/portfolio/ledger.hpp"

namespace grekko::portfolio {

Flow& flow_of(State& state, IntentId intent, InstrumentId instrument) {
    if (intent) {
        const auto found = state.intents.find(intent);
        if (found != state.intents.end()) return found->second.flow;
    }
    return state.loose[instrument];
}

void book_lots(State& state, const Piece& piece) {
    const InstrumentId instrument = piece.key.second;
    const InstrumentFacts& facts = state.facts(instrument);
    std::deque<Lot>& lots = state.lots[piece.key];
    Flow& own = flow_of(state, piece.intent, instrument);
    own.flow -= piece.value;
    Quantity rest = piece.quantity;
    while (!rest.is_zero() && !lots.empty() && lots.front().quantity.sign() != rest.sign()) {
        Lot& lot = lots.front();
        const bool whole = rest.abs() >= lot.quantity.abs();
        const Quantity part = whole ? lot.quantity : -rest;  // signed as the lot
        const Notional ended = value_of(facts, piece.mark, part);
        const IntentId closing = lot.intent;
        Flow& flow = flow_of(state, closing, instrument);
        flow.ended += ended;
        flow.open -= part;
        own.ended -= ended;
        rest += part;
        lot.quantity -= part;
        if (whole) lots.pop_front();
        note_if_done(state, closing);
    }
    if (!rest.is_zero()) {
        // A lot must name an intent that is tracked: one that is not would never be found again.
        const bool tracked = state.intents.contains(piece.intent);
        const IntentId intent = tracked ? piece.intent : IntentId{};
        if (!lots.empty() && lots.back().intent == intent) {
            lots.back().quantity += rest;
        } else {
            lots.push_back({intent, rest});
        }
        own.open += rest;
    }
    if (lots.empty()) state.lots.erase(piece.key);
    note_if_done(state, piece.intent);
}

void share_funding(State& state, AgentKey key, Notional amount) {
    const auto found = state.lots.find(key);
    Quantity total;
    if (found != state.lots.end()) {
        for (const Lot& lot : found->second) total += lot.quantity.abs();
    }
    if (total.is_zero()) {
        state.loose[key.second].funding += amount;
        return;
    }
    Quantity passed;
    Notional given;
    for (const Lot& lot : found->second) {
        passed += lot.quantity.abs();
        const Notional up_to = multiply_divide(amount, passed, total, Rounding::half_even);
        flow_of(state, lot.intent, key.second).funding += up_to - given;
        given = up_to;
    }
}

void note_if_done(State& state, IntentId id) {
    const auto found = state.intents.find(id);
    if (found == state.intents.end()) return;
    const IntentState& intent = found->second;
    const bool done =
        intent.filled.is_positive() && intent.working == 0 && intent.flow.open.is_zero();
    if (done) {
        state.due.insert(id);
    } else {
        state.due.erase(id);
    }
}

void disown(State& state, IntentId id, Notional value) {
    const auto found = state.intents.find(id);
    if (found == state.intents.end() || found->second.flow.open.is_zero()) return;
    IntentState& intent = found->second;
    Flow& loose = state.loose[intent.instrument];
    intent.flow.ended += value;
    loose.flow -= value;
    loose.open += intent.flow.open;
    intent.flow.open = {};
    const auto lots = state.lots.find({intent.agent, intent.instrument});
    if (lots == state.lots.end()) return;
    for (Lot& lot : lots->second) {
        if (lot.intent == id) lot.intent = {};
    }
}

}  // namespace grekko::portfolio
