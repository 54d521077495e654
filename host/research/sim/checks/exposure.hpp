// After every approval the worst case is within the limits: position and all that could still fill,
// at the mark and the limit base that the assessment itself names, against the limits of instrument
// (23) and agent (22). Summed from scratch over orders and parents. Trading rules §5.1.
#pragma once

#include "research/sim/check.hpp"

namespace grekko::sim::checks {

class Exposure {
public:
    static constexpr std::string_view name = "exposure";

    void on(const events::AgentRegistered& event, const Scene&) {
        tolerance_[event.agent] = event.risk_tolerance;
    }
    void on(const events::AgentSettingChanged& event, const Scene&) {
        if (event.setting == CommandKind::agent_risk_tolerance) {
            tolerance_[event.agent] = Rate{event.to};
        }
    }
    void on(const events::RiskAssessed& event, const Scene&) {
        const bool adds = event.kind == events::AssessmentKind::increase ||
                          event.kind == events::AssessmentKind::mandate;
        if (adds && event.verdict == events::Verdict::approved) approved_.push_back(event);
    }
    void after(const Look& look) {
        for (const events::RiskAssessed& event : approved_) {
            const Instrument& instrument = look.plan.universe.instrument(event.instrument);
            const risk::Settings& limits = look.engine.settings().risk;
            const Rate share =
                instrument.major ? limits.instrument_major_max : limits.instrument_other_max;
            judge(look, event, AgentId{}, multiply(event.limit_base, share, Rounding::ceiling));
            if (event.agent == operator_agent) continue;
            const Notional agent =
                multiply(multiply(event.limit_base, limits.agent_gross_max, Rounding::ceiling),
                         tolerance_[event.agent], Rounding::ceiling);
            judge(look, event, event.agent, agent);
        }
        approved_.clear();
    }

private:
    struct Open {
        Quantity buys, sells;
        Quantity& of(Side side) { return side == Side::buy ? buys : sells; }
    };

    // agent none: the whole book.
    static void judge(const Look& look, const events::RiskAssessed& event, AgentId agent,
                      Notional most) {
        Quantity position;
        for (const auto& [key, quantity] : look.story.positions) {
            const bool counts =
                key.second == event.instrument && (agent.is_none() || key.first == agent);
            if (counts) position += quantity;
        }
        const Open open = open_of(look.story, event.instrument, agent);
        const Quantity worst =
            std::max((position + open.buys).abs(), (position - open.sells).abs());
        const Notional value = multiply(event.mark, worst, Rounding::floor);
        if (value <= most) return;
        look.findings.add(name,
                          (agent.is_none() ? std::string{"the book"} : "agent " + text(agent)) +
                              " could reach " + value.to_string() + " in instrument " +
                              text(event.instrument) + " after intent " + text(event.intent) +
                              " was approved, its limit is " + most.to_string());
    }

    // A working parent counts its whole rest. One whose end is decided sends nothing more, which
    // `children` holds it to: it counts what its children could fill.
    static Open open_of(const Story& story, InstrumentId instrument, AgentId agent) {
        Open open;
        for (const auto& [id, record] : story.parents) {
            const Parent& parent = record.parent;
            if (parent.instrument != instrument) continue;
            Quantity children;
            for (const OrderId child : record.children)
                children += story.order(child)->fillable();
            const bool ended = record.closed || record.ending;
            if (ended && children.is_zero()) continue;
            if (agent.is_none()) {
                const Quantity rest = std::max(parent.quantity - record.filled, Quantity{});
                open.of(parent.side) += ended ? children : std::max(rest, children);
                continue;
            }
            for (const StoryShare& share : record.shares) {
                if (share.allocation.agent != agent) continue;
                const Quantity rest =
                    std::max(share.allocation.quantity - share.filled, Quantity{});
                open.of(parent.side) += ended ? std::min(rest, children) : rest;
            }
        }
        return open;
    }

    std::vector<events::RiskAssessed> approved_;
    std::map<AgentId, Rate> tolerance_;
};

} // namespace grekko::sim::checks
