// What follows from the roster and must follow every change of it: who is asked about what, and
// who shares a group. Derived state, kept for speed; it decides nothing.
// Private to this folder: apply.cpp calls it.
#pragma once

#include "core/agents/state.hpp"

namespace grekko::agents {

// Enters an agent in the lists of its instruments, or takes it out: it is there while it runs.
void list(State&, AgentId);
void unlist(State&, AgentId);

// Puts an agent that is in no group yet with those of equal code or operator's group. Costs
// O(n) where that joins no two groups, else as regroup.
void join(State&, AgentId);
// All groups from nothing, O(n log n): after an agent's code changed.
void regroup(State&);

} // namespace grekko::agents
