// plausible: whether an action holds nothing but values that arithmetic can bear: kinds that exist,
// amounts, times and rates within wide bounds. It says nothing of sense: consensus and risk refuse
// what is foolish, with a reason. What is not plausible is a fault of the agent.
// core/engine asks before it acts on an answer.
#pragma once

#include "domain/input.hpp"

namespace grekko::agents {

// `mark` of the action's instrument, zero where unknown: a quantity's worth must fit as well.
bool plausible(const Action& action, Price mark);

} // namespace grekko::agents
