// Tally: what a run's records add up to: intents, rounds, denials, orders and fills, by agent. It
// follows records, never the engine, and computes no statistics: research/ does.
// `grekko run` and `grekko backtest` print it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "domain/event.hpp"

namespace grekko::app {

struct AgentTally {
    std::string name;
    std::uint64_t intents{0}, refused{0}, passed{0}, rejected{0}, denied{0}, fills{0}, votes{0};
    std::uint64_t faults{0};
    std::string last_fault;
};

struct Tally {
    std::uint64_t records{0}, answers{0}, intents{0}, rounds{0}, orders{0}, fills{0};
    std::map<events::RoundOutcome, std::uint64_t> outcomes;
    std::map<events::IntentRefusal, std::uint64_t> refusals;
    std::map<int, std::uint64_t> denials; // by check
    std::map<AgentId, AgentTally> agents;

    // Records of a batch, as DriverHooks::on_records gives them.
    void add(std::span<const std::byte> records);

private:
    std::map<IntentId, AgentId> proposers_; // of open rounds
    void take(const events::AgentRegistered& event);
    void take(const events::AgentFaulted& event);
    void take(const events::IntentProposed& event);
    void take(const events::IntentRefused& event);
    void take(const events::RoundOpened& event);
    void take(const events::RoundClosed& event);
    void take(const events::VoteCast& event);
    void take(const events::RiskAssessed& event);
    void take(const events::OrderSubmitted& event);
    void take(const events::OrderFilled& event);
    void take(const events::FillAllocated& event);
    void take(const AnswerHead& event);
    template <class Other>
    void take(const Other&) {}
};

} // namespace grekko::app
