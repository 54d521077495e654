// Story: what the journal says has happened to orders, parents, positions and stops, told from its
// records alone and as simply as can be. It shares no code with the engine, so the checks that
// read it do not repeat the engine's mistakes. It judges nothing. Checks read it, run.cpp feeds it.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "domain/event.hpp"
#include "domain/instrument.hpp"

namespace grekko::sim {

using AgentKey = std::pair<AgentId, InstrumentId>;
using PlaceKey = std::pair<VenueId, InstrumentId>;

struct StoryOrder {
    Order order;
    Order replacement; // id none: none is asked for
    Quantity filled;
    bool open{true};
    // What could still fill: of a replace in flight the larger version.
    Quantity fillable() const;
};

struct StoryShare {
    Allocation allocation;
    Quantity filled;
};

struct StoryParent {
    Parent parent;
    std::vector<StoryShare> shares;
    std::set<OrderId> children; // open ones
    Quantity filled;
    Quantity in_flight; // what could still fill when its end was decided
    bool ending{false}, closed{false};
    std::uint64_t epoch{0}; // of the incarnation that decided it
};

struct StoryStop {
    AgentId agent;
    InstrumentId instrument;
    Quantity quantity;
};

class Story {
public:
    explicit Story(const Universe& universe) : universe_{universe} {}

    template <class Body>
    void on(const Body&, const RecordHead&) {} // not part of it
    void on(const IncarnationOpened& opened, const RecordHead&) { epoch = opened.epoch; }
    void on(const events::ParentOpened& event, const RecordHead&);
    void on(const events::ParentAllocated& event, const RecordHead&);
    void on(const events::ParentClosed& event, const RecordHead&);
    void on(const events::OrderSubmitted& event, const RecordHead&);
    void on(const events::OrderFilled& event, const RecordHead&);
    void on(const events::OrderRejected& event, const RecordHead&) { ended(event.order); }
    void on(const events::OrderCancelled& event, const RecordHead&) { ended(event.order); }
    void on(const events::OrderExpired& event, const RecordHead&) { ended(event.order); }
    void on(const events::OrderLapsed& event, const RecordHead&) { ended(event.order); }
    void on(const events::CancelRequested& event, const RecordHead&);
    void on(const events::ReplaceRequested& event, const RecordHead&);
    void on(const events::OrderReplaced& event, const RecordHead&);
    void on(const events::ReplaceRejected& event, const RecordHead&);
    void on(const events::FillAllocated& event, const RecordHead&);
    void on(const events::ForeignFill& event, const RecordHead&);
    void on(const events::InternalCross& event, const RecordHead&);
    void on(const events::DustSwept& event, const RecordHead&);
    void on(const events::StopArmed& event, const RecordHead&);
    void on(const events::StopMoved& event, const RecordHead&);
    void on(const events::StopClosed& event, const RecordHead&);
    void on(const events::BookStateChanged& event, const RecordHead&) { state = event.to; }

    const StoryOrder* order(OrderId id) const;
    const StoryParent* parent(ParentId id) const;
    Quantity position(AgentId agent, InstrumentId instrument) const;

    // Read by the checks; written here alone.
    std::map<OrderId, StoryOrder> orders;
    std::map<ParentId, StoryParent> parents;
    std::map<AgentKey, Quantity> positions;
    std::map<PlaceKey, Quantity> at_venues; // by the fills
    std::map<StopId, StoryStop> stops;
    events::BookState state{events::BookState::active};
    std::uint64_t epoch{0};

private:
    void ended(OrderId id);
    void end_if_filled(StoryOrder& order);
    void moved(AgentId agent, InstrumentId instrument, Quantity by);

    const Universe& universe_;
};

} // namespace grekko::sim
