#include "core/engine/pending.hpp"

namespace grekko::engine {

void apply(Pending& pending, const events::IntentProposed& event, const RecordHead&) {
    const PendingIntent entry{
        event.id, event.intent.agent, event.intent.instrument, 0, event.intent.size(), {}, {}};
    const bool voted =
        event.route == events::IntentRoute::vote || event.route == events::IntentRoute::solo;
    if (voted) {
        pending.proposed[event.id] = entry;
    } else {
        pending.waiting[event.id] = entry;
    }
}

void apply(Pending& pending, const events::RoundClosed& event, const RecordHead&) {
    const auto found = pending.proposed.find(event.round);
    if (found == pending.proposed.end()) return;
    PendingIntent entry = found->second;
    pending.proposed.erase(found);
    const bool passed = event.outcome == events::RoundOutcome::passed ||
                        event.outcome == events::RoundOutcome::solo;
    if (!passed || event.mandate) return;
    entry.quantity = event.quantity;
    entry.approval = event.approval;
    entry.threshold = event.threshold;
    pending.waiting[event.round] = entry;
}

void apply(Pending& pending, const events::IntentSuperseded& event, const RecordHead&) {
    pending.waiting.erase(event.id);
}

void apply(Pending& pending, const events::RiskAssessed& event, const RecordHead&) {
    if (event.parent.is_none()) pending.waiting.erase(event.intent);
}

void apply(Pending& pending, const events::IntentClosed& event, const RecordHead&) {
    pending.waiting.erase(event.intent);
}

std::vector<PendingIntent> waiting(const Pending& pending, AgentId agent, InstrumentId instrument) {
    std::vector<PendingIntent> found;
    for (const auto& [id, entry] : pending.waiting) {
        if (entry.agent == agent && entry.instrument == instrument) found.push_back(entry);
    }
    return found;
}

} // namespace grekko::engine
