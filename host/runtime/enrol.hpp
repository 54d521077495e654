// Agents come onto the roster when a book opens: a new one is registered, a known one starts a new
// generation under the id that the journal has for its name, on the terms of this configuration.
// An agent that is not started any more is stopped; its positions keep their stops. boot calls it.
#pragma once

#include <span>
#include <string>

#include "ports/agent.hpp"
#include "runtime/driver.hpp"

namespace grekko::runtime {

struct Enrolment {
    ports::Agent* agent{nullptr};
    Rate risk_tolerance; // zero: the mode's
    Rate participation{1_rate};
    Notional allocation;
    std::uint32_t group{0};
    std::string state_hash; // of the saved state that the agent was given; empty: none
};

// already_exists: the name is taken, empty, or a term is out of range.
Result<void> enrol(Driver& driver, engine::Engine& engine, const Enrolment& enrolment, Instant at);

// Stops every agent of the roster that runs and is not among `kept`.
Result<void> retire_others(Driver& driver, engine::Engine& engine, std::span<const Enrolment> kept,
                           Instant at);

} // namespace grekko::runtime
