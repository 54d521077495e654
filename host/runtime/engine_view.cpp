#include "runtime/engine_view.hpp"

namespace grekko::runtime {

MarketView EngineView::market(InstrumentId instrument, VenueId venue) const {
    return engine_.market_state().view(instrument, venue, now_);
}

std::vector<Level> EngineView::book(InstrumentId instrument, VenueId venue, Side side,
                                    std::size_t depth) const {
    std::vector<Level> levels(depth);
    levels.resize(engine_.market_state().levels(instrument, venue, side, levels));
    return levels;
}

ports::AgentPosition EngineView::position(AgentId agent, InstrumentId instrument) const {
    const engine::State& state = engine_.state();
    ports::AgentPosition out;
    out.position = portfolio::position(state.portfolio, agent, instrument);
    const Mark mark = engine_.market_state().mark(instrument, now_);
    Mark a_contract = mark;
    a_contract.price = multiply(
        a_contract.price, Rate{engine_.universe().instrument(instrument).contract_size.decimal()},
        Rounding::half_even);
    const Listing* listing = engine_.listing_for(instrument);
    out.flat =
        out.position.quantity.is_zero() ||
        (listing != nullptr && portfolio::is_flat(out.position.quantity, *listing, a_contract));
    const execution::OpenQuantity open =
        execution::open_quantity(state.execution, agent, instrument);
    const Quantity buys = open.buys - open.protective_buys;
    const Quantity sells = open.sells - open.protective_sells;
    out.pending = !buys.is_zero() || !sells.is_zero() ||
                  consensus::undecided(state.consensus, agent, instrument).has_value() ||
                  !engine::waiting(state.pending, agent, instrument).empty();
    out.target = out.position.quantity + buys - sells;
    out.stop = engine_.stop_price(agent, instrument);
    const Quantity contract = engine_.universe().instrument(instrument).contract_size;
    const Quantity units{
        multiply(out.position.quantity.decimal(), contract.decimal(), Rounding::half_even)};
    out.unrealised = multiply(mark.price, units, Rounding::half_even) - out.position.cost;
    return out;
}

std::vector<ports::WorkingOrder> EngineView::orders(AgentId agent) const {
    std::vector<ports::WorkingOrder> out;
    const execution::State& state = engine_.state().execution;
    for (const ParentId id : state.open_parents) {
        const execution::ParentRecord& parent = *state.parents.find(id);
        if (parent.parent.agent != agent) continue;
        for (const OrderId child : parent.children) {
            const execution::OrderRecord* record = state.orders.find(child);
            if (record == nullptr || !record->open()) continue;
            out.push_back({record->order, record->status, record->filled});
        }
    }
    return out;
}

CostEstimate EngineView::cost(InstrumentId instrument, Quantity quantity, Urgency urgency) const {
    return engine_.cost(instrument, quantity, urgency, now_);
}

} // namespace grekko::runtime
