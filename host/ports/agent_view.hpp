// AgentView: everything an agent may read while it is asked: a consistent, read-only picture of
// the market and of its own affairs at Input.at. It never changes anything and never waits.
// The runtime implements it over the engine; scripts and native agents read it.
#pragma once

#include <span>
#include <vector>

#include "domain/ask.hpp"
#include "domain/instrument.hpp"
#include "domain/market_view.hpp"
#include "domain/order.hpp"
#include "domain/position.hpp"

namespace grekko::ports {

using grekko::CostEstimate;
using grekko::Level;

// An order of the agent that is not terminal.
struct WorkingOrder {
    Order order;
    OrderStatus status{};
    Quantity filled;
};

// The agent's position in an instrument with what is on its way.
struct AgentPosition {
    Position position;
    bool flat{true};           // less than a lot or the minimum notional (§1)
    bool pending{false};       // an undecided intent or a working order exists
    Quantity target;           // of the newest intent
    Price stop;                // of the armed stop, zero: none
    Notional unrealised;
};

class AgentView {
public:
    virtual ~AgentView() = default;

    // [engine] All calls on the thread that asks, inside Agent::ask only.
    virtual Instant now() const = 0;
    virtual const Universe& universe() const = 0;
    // venue none: the consolidated view; unknown instrument: a view without a mark.
    virtual MarketView market(InstrumentId instrument, VenueId venue) const = 0;
    // Best first, at most `depth` levels; empty where the venue has no book.
    virtual std::vector<Level> book(InstrumentId instrument, VenueId venue, Side side,
                                    std::size_t depth) const = 0;
    // agent none: the whole book's position.
    virtual AgentPosition position(AgentId agent, InstrumentId instrument) const = 0;
    virtual std::vector<WorkingOrder> orders(AgentId agent) const = 0;
    virtual CostEstimate cost(InstrumentId instrument, Quantity quantity,
                              Urgency urgency) const = 0;
    virtual BookView book_value() const = 0;
};

}  // namespace grekko::ports
