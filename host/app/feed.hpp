// Feed: the last things that happened, one short line each, for the live status: rounds with their
// votes, denials, fills, breakers, states. It follows records and remembers only a few.
// `grekko run` shows it.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "domain/event.hpp"
#include "domain/instrument.hpp"

namespace grekko::app {

class Feed {
public:
    explicit Feed(const Universe& universe) : universe_{universe} {}

    // Records of a batch. Returns the lines that they made, oldest first.
    std::vector<std::string> add(std::span<const std::byte> records);

    static constexpr std::size_t kept = 6; // of each kind
    const std::deque<std::string>& rounds() const { return rounds_; }
    const std::deque<std::string>& fills() const { return fills_; }
    const std::deque<std::string>& incidents() const { return incidents_; }
    std::string agent(AgentId id) const;
    // The name of an agent that was registered before the records that come.
    void know(AgentId id, std::string_view name) { agents_[id] = name; }
    // What the command with this id came to; empty while it is not handled.
    std::string outcome(std::uint64_t command) const;
    bool accepted(std::uint64_t command) const;

private:
    struct Round {
        AgentId proposer;
        InstrumentId instrument;
        std::string what, votes;
    };
    void take(const events::AgentRegistered& event, const RecordHead& head);
    void take(const events::IntentProposed& event, const RecordHead& head);
    void take(const events::VoteCast& event, const RecordHead& head);
    void take(const events::RoundClosed& event, const RecordHead& head);
    void take(const events::RiskAssessed& event, const RecordHead& head);
    void take(const events::FillAllocated& event, const RecordHead& head);
    void take(const events::BreakerChanged& event, const RecordHead& head);
    void take(const events::BookStateChanged& event, const RecordHead& head);
    void take(const events::LimitChanged& event, const RecordHead& head);
    void take(const events::AgentFaulted& event, const RecordHead& head);
    void take(const events::CommandHandled& event, const RecordHead& head);
    template <class Other>
    void take(const Other&, const RecordHead&) {}
    void put(std::deque<std::string>& where, const RecordHead& head, const std::string& line);
    std::string symbol(InstrumentId id) const;

    Universe universe_;
    std::map<AgentId, std::string> agents_;
    std::map<IntentId, Round> open_;
    std::map<std::uint64_t, events::CommandHandled> handled_;
    std::deque<std::string> rounds_, fills_, incidents_;
    std::vector<std::string> fresh_;
};

// "14:03:05" of an instant, UTC.
std::string clock_text(Instant at);
// A decimal with at most so many digits after the point.
std::string short_text(Decimal value, int decimals);

} // namespace grekko::app
