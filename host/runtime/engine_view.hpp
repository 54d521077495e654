// EngineView: what an agent may read while it is asked, straight from the engine's state at the
// instant of the ask. It copies, it never changes anything and it outlives no ask.
// The driver makes one for each round of questions.
#pragma once

#include "core/engine/engine.hpp"
#include "ports/agent_view.hpp"

namespace grekko::runtime {

class EngineView final : public ports::AgentView {
public:
    EngineView(const engine::Engine& engine, Instant now) : engine_{engine}, now_{now} {}

    Instant now() const override { return now_; }
    const Universe& universe() const override { return engine_.universe(); }
    MarketView market(InstrumentId instrument, VenueId venue) const override;
    std::vector<Level> book(InstrumentId instrument, VenueId venue, Side side,
                            std::size_t depth) const override;
    ports::AgentPosition position(AgentId agent, InstrumentId instrument) const override;
    std::vector<ports::WorkingOrder> orders(AgentId agent) const override;
    CostEstimate cost(InstrumentId instrument, Quantity quantity, Urgency urgency) const override;
    BookView book_value() const override { return engine_.book(now_); }

private:
    const engine::Engine& engine_;
    Instant now_;
};

} // namespace grekko::runtime
