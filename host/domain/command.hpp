// What a person, the API or the supervisor asks of the core. Each names who and why and is
// journaled with its outcome. Not what agents ask: those are actions. Trading rules §5.3, §5.4.
// api/ and app/ post them, core/engine decides them.
#pragma once

#include <cstdint>

#include "base/decimal.hpp"
#include "domain/ids.hpp"
#include "domain/intent.hpp"

namespace grekko {

enum class CommandKind : std::uint8_t {
    halt = 1, halt_freeze, reducing, resume, resume_rebase_peak, flatten,
    cancel_order, cancel_all, submit_operator_order,
    reset_breaker, open_breaker,
    agent_enable, agent_disable, agent_participation, agent_allocation, agent_risk_tolerance,
    finalize_round, reconcile, shutdown, set_limit
};

struct Command {
    static constexpr std::uint16_t tag = 6;
    CommandKind kind{};
    std::uint8_t scope{0};      // of a breaker: events::BreakerScope
    AgentId agent;
    InstrumentId instrument;
    VenueId venue;
    std::uint64_t id{0};        // command id, deduplicated
    std::uint64_t target{0};    // order, intent or breaker it concerns
    Side side{Side::buy};
    Urgency urgency{Urgency::normal};
    std::uint8_t reserved[6]{};
    Quantity quantity;
    Price price;
    Rate value;                 // participation, tolerance, new limit
    Text<48> name;              // limit's or breaker's name
    Text<32> principal;
    Reason reason;
};

}  // namespace grekko
