// The life of an intent as the ledgers see it: proposed, decided, worked by parents, closed.
#include "core/portfolio/apply.hpp"

#include <algorithm>

#include "core/portfolio/ledger.hpp"
#include "core/portfolio/lots.hpp"

namespace grekko::portfolio {

void apply(State& state, const events::IntentProposed& e, const RecordHead& head) {
    if (state.intents.size() >= intents_max) return;
    IntentState intent;
    intent.agent = e.intent.agent;
    intent.instrument = e.intent.instrument;
    intent.side = e.intent.side();
    if (!e.mandate) intent.requested = e.intent.size();  // of a mandate nothing was missed
    intent.proposed = e.intent.reference;
    intent.decided = e.intent.reference;
    intent.horizon = head.at + std::max(e.intent.horizon, e.intent.ttl);
    if (state.intents.emplace(e.id, intent).second) state.horizons.insert({intent.horizon, e.id});
}

void apply(State& state, const events::RoundClosed& e, const RecordHead&) {
    const auto found = state.intents.find(e.round);
    if (found != state.intents.end() && e.mark.is_positive()) found->second.decided = e.mark;
}

void apply(State& state, const events::ParentAllocated& e, const RecordHead&) {
    const auto found = state.intents.find(e.allocation.intent);
    if (found == state.intents.end()) return;
    ++found->second.working;
    state.parents[e.allocation.parent].push_back(e.allocation.intent);
    state.due.erase(e.allocation.intent);
}

void apply(State& state, const events::ParentClosed& e, const RecordHead&) {
    const auto found = state.parents.find(e.parent);
    if (found == state.parents.end()) return;
    for (const IntentId id : found->second) {
        const auto intent = state.intents.find(id);
        if (intent == state.intents.end()) continue;
        --intent->second.working;
        note_if_done(state, id);
    }
    state.parents.erase(found);
}

void apply(State& state, const events::IntentClosed& e, const RecordHead&) {
    const auto found = state.intents.find(e.intent);
    if (found == state.intents.end()) return;
    const IntentState& intent = found->second;
    const InstrumentFacts& facts = state.facts(intent.instrument);
    disown(state, e.intent, value_of(facts, e.mark_end, intent.flow.open));
    const Flow& flow = intent.flow;
    state.closed[facts.quote] += flow.flow + flow.ended - flow.fees - flow.funding;
    state.horizons.erase({intent.horizon, e.intent});
    state.due.erase(e.intent);
    state.intents.erase(found);
}

}  // namespace grekko::portfolio
