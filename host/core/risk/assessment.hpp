// The result of an assessment, and the gate: the only maker of Approved, which is the only thing
// that execution sends. Only assess() makes an Assessment, so nobody can approve on his own word.
// The engine emits event(), then asks the gate for each order.
#pragma once

#include <cstdint>
#include <optional>

#include "core/risk/check.hpp"
#include "core/risk/context.hpp"
#include "core/risk/score.hpp"
#include "core/risk/settings.hpp"
#include "domain/approved.hpp"
#include "domain/event/risk.hpp"

namespace grekko::risk {

struct State;

class Assessment {
public:
    // To be emitted. event().approved and event().limit are what may be placed.
    const events::RiskAssessed& event() const { return event_; }
    bool approved() const { return event_.verdict == events::Verdict::approved; }
    Check reason() const { return static_cast<Check>(event_.reason); }
    // In how many parts 13, 14, 16 and the venue's maximum let a reducing order go; 1 for others.
    std::uint32_t slices() const { return slices_; }
    // Largest quantity of one part; event().approved where slices() is 1.
    Quantity slice_quantity() const { return slice_quantity_; }
    // The largest part that 13, 14, 16 and the venue's maximum let of the whole question go at
    // once, whatever the verdict; zero: all of it.
    Quantity part() const { return part_; }
    // Checks whose failing also opens the agent's breaker, manual (20, 37, 40).
    CheckSet agent_breakers() const { return agent_breakers_; }
    // A reducing order too small for its venue: what is left is dust.
    bool dust() const { return dust_; }
    Purpose purpose() const { return purpose_; }

private:
    friend Assessment assess(const State&, const Settings&, const Request&, const Context&);
    Assessment() = default;
    events::RiskAssessed event_{};
    Purpose purpose_{Purpose::increase};
    Quantity slice_quantity_, part_;
    CheckSet agent_breakers_{0};
    std::uint32_t slices_{1};
    bool dust_{false};
};

// Pure and total: evaluates every applicable check without early exit. Bad input (no quantity, a
// negative price, amounts beyond 10^18) is denied by 7 or 8.
Assessment assess(const State& state, const Settings& settings, const Request& request,
                  const Context& context);

class Gate {
public:
    // None where the assessment did not approve, or the order is not the one assessed: another
    // agent, instrument, side, purpose, intent, parent, stop or venue (none: not routed yet), more
    // than the approved quantity, or a limit worse than the approved one (an unlimited order only
    // for a stop).
    static std::optional<Approved> approve(const Assessment& assessment, Order order);
};

}  // namespace grekko::risk
