// The running sums of what could still fill (§5.1), kept while events are applied: a group of
// orders that count together is taken out, changed and put back. Not a limit: risk has those.
// apply.cpp alone uses it.
#pragma once

#include "core/execution/state.hpp"

namespace grekko::execution {

// Takes what belongs to an order (its parent's shares, or it and its linked leg) out of the sums
// while it lives, and puts back what then belongs to it.
class CountOrder {
public:
    CountOrder(State& state, OrderId id);
    ~CountOrder();
    CountOrder(const CountOrder&) = delete;
    CountOrder& operator=(const CountOrder&) = delete;

private:
    State& state_;
    OrderId id_;
};

// The same for a parent and all its children.
class CountParent {
public:
    CountParent(State& state, ParentId id);
    ~CountParent();
    CountParent(const CountParent&) = delete;
    CountParent& operator=(const CountParent&) = delete;

private:
    State& state_;
    ParentId id_;
};

} // namespace grekko::execution
