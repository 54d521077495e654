// Pending: decided intents that cannot be placed yet because older orders of the same agent and
// instrument must end first (retarget, flip). Rebuilt from events like every state of the core.
// Not undecided intents: core/consensus has those. The engine looks here whenever an order ends.
#pragma once

#include <map>
#include <vector>

#include "domain/event.hpp"

namespace grekko::engine {

struct PendingIntent {
    IntentId intent;
    AgentId agent;
    InstrumentId instrument;
    std::uint32_t reserved{0};
    Quantity quantity;        // decided size, > 0
    Rate approval, threshold; // A and θ of the round, zero where nothing was voted
};

struct Pending {
    std::map<IntentId, PendingIntent> waiting;  // decided, not yet assessed
    std::map<IntentId, PendingIntent> proposed; // undecided, to know agent and instrument
    void fields(auto& archive) { archive(waiting, proposed); }
};

void apply(Pending&, const events::IntentProposed&, const RecordHead&);
void apply(Pending&, const events::RoundClosed&, const RecordHead&);
void apply(Pending&, const events::IntentSuperseded&, const RecordHead&);
void apply(Pending&, const events::RiskAssessed&, const RecordHead&);
void apply(Pending&, const events::IntentClosed&, const RecordHead&);

// Waiting intents of one agent and instrument, oldest first.
std::vector<PendingIntent> waiting(const Pending&, AgentId, InstrumentId);

} // namespace grekko::engine
