#include <algorithm>

#include "core/agents/access.hpp"
#include "core/agents/roster.hpp"

namespace grekko::agents {
namespace {

template <class T>
void insert(std::vector<T>& sorted, const T& value) {
    const auto place = std::ranges::lower_bound(sorted, value);
    if (place == sorted.end() || *place != value) sorted.insert(place, value);
}

void insert_all(Subscribers& lists, const events::AgentSubscribed& wish) {
    if (wish.trades) insert(lists.trades, wish.agent);
    if (wish.quotes) insert(lists.quotes, wish.agent);
    if (wish.books) insert(lists.books, wish.agent);
    if (wish.votes) insert(lists.voters, wish.agent);
    for (const Duration interval : wish.bars) {
        if (interval > Duration{}) insert(lists.bars, {.interval = interval, .agent = wish.agent});
    }
}

} // namespace

void list(State& state, AgentId id) {
    if (!runs(state, id)) return;
    for (const events::AgentSubscribed& wish : state.roster[id.value()].subscriptions) {
        const std::size_t slot = wish.instrument.value();
        if (slot >= state.subscribers.size()) state.subscribers.resize(slot + 1);
        insert_all(state.subscribers[slot], wish);
    }
}

void unlist(State& state, AgentId id) {
    for (const events::AgentSubscribed& wish : state.roster[id.value()].subscriptions) {
        const std::size_t slot = wish.instrument.value();
        if (slot >= state.subscribers.size()) continue;
        Subscribers& lists = state.subscribers[slot];
        for (std::vector<AgentId>* ids :
             {&lists.trades, &lists.quotes, &lists.books, &lists.voters}) {
            std::erase(*ids, id);
        }
        std::erase_if(lists.bars, [&](const BarSubscriber& b) { return b.agent == id; });
    }
}

} // namespace grekko::agents
