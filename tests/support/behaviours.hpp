// What the agents of engine tests do: hold a target for a while, vote one way, act once at a bar.
// Nothing here looks at prices beyond the mark and nothing keeps a state of its own.
// Used with BookRun.
#pragma once

#include "support/scripted_agent.hpp"

namespace grekko::test {

inline constexpr InstrumentId btc{1};
inline const std::vector<Duration> hourly{Duration::hours(1)};

inline Action target(Decimal quantity, Price mark) {
    Action action;
    action.kind = quantity.is_zero() ? ActionKind::close : ActionKind::target;
    action.instrument = btc;
    action.amount = quantity;
    action.stop = multiply(mark, 0.9_rate, Rounding::half_even);
    action.horizon = Duration::hours(48);
    action.confidence = 0.5_rate;
    action.working.urgency = Urgency::urgent;
    action.reason = "test";
    return action;
}

// Aims at `quantity` when asked about bar number `from`, at nothing at bar `to`.
inline ScriptedAgent::Behaviour holds(Decimal quantity, int from, int to) {
    return [=, asked = 0](const Ask& ask, const ports::AgentView& view,
                          std::vector<Action>& out) mutable {
        if (ask.head.kind != AskKind::bars) return;
        ++asked;
        const Price mark = view.market(btc, VenueId{}).mark.price;
        if (asked == from) out.push_back(target(quantity, mark));
        if (asked == to) out.push_back(target(Decimal{}, mark));
    };
}

// One action at one bar, made from the mark.
inline ScriptedAgent::Behaviour acts(int at, std::function<Action(Price)> make) {
    return [=, asked = 0](const Ask& ask, const ports::AgentView& view,
                          std::vector<Action>& out) mutable {
        if (ask.head.kind != AskKind::bars || ++asked != at) return;
        out.push_back(make(view.market(btc, VenueId{}).mark.price));
    };
}

inline ScriptedAgent::Behaviour votes(Ballot with) {
    return [with](const Ask& ask, const ports::AgentView&, std::vector<Action>& out) {
        if (ask.head.kind == AskKind::proposal) out.push_back(ballot(ask, with, 0.5_rate));
    };
}

} // namespace grekko::test
