// AskBatch: the questions of one step with everything they point to, so that the runtime can ask
// after the step. It answers nothing and knows no agent.
// The engine fills it, the driver takes it.
#pragma once

#include <deque>
#include <vector>

#include "domain/ask.hpp"

namespace grekko::engine {

// Questions with everything they point to; valid until it is destroyed.
struct AskBatch {
    std::vector<Ask> asks;
    std::deque<Proposal> proposals;
    std::deque<Decision> decisions;
    std::deque<OrderUpdate> orders;
    std::deque<events::FillAllocated> fills;
    std::deque<std::vector<Bar>> bars;
    void clear();
    void swap(AskBatch& other);
};

} // namespace grekko::engine
