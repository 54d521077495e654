#include "core/execution/execution.hpp"
#include "core/execution/memory.hpp"

namespace grekko::execution {
namespace {

constexpr std::uint64_t incarnation_mask = (std::uint64_t{1} << 40U) - 1;

} // namespace

void apply(State& state, const IncarnationOpened& event, const RecordHead&) {
    state.incarnation = event.incarnation & incarnation_mask;
    // Lines ended with the process that held them; what was compared is to be compared again.
    for (auto& [id, venue] : state.venues)
        venue.connected = venue.private_alive = venue.reconciled = false;
}

void apply(State& state, const events::ForeignFill& event, const RecordHead& head) {
    remember_fill(state, event.fill, head.at);
}

void apply(State& state, const events::VenueChanged& event, const RecordHead&) {
    VenueRecord& venue = state.venues[event.venue];
    venue.connected = event.connected;
    venue.private_alive = event.private_alive;
    venue.reconciled = event.reconciled;
    venue.clock_offset = event.clock_offset;
}

void apply(State& state, const events::Reconciled& event, const RecordHead&) {
    VenueRecord& venue = state.venues[event.venue];
    venue.reconciled = event.orders_agree && event.fills_agree && event.balances_agree;
}

void apply(State& state, const events::BalanceReported& event, const RecordHead& head) {
    state.venues[event.venue].balances[event.currency] = {event.total, event.held, head.at};
}

} // namespace grekko::execution
