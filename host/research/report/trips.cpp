#include "research/report/trips.hpp"

#include <algorithm>

namespace grekko::report {
namespace {

Quantity signed_by(Side side, Quantity quantity) {
    return side == Side::buy ? quantity : -quantity;
}

Notional risk_of(const TripTrade& trade) {
    if (trade.stop.is_zero()) return {};
    const Notional at_stop = multiply(trade.stop, trade.quantity, Rounding::half_even);
    return (trade.value - at_stop).abs();
}

// The first `part` of a trade, the fee and value in proportion.
TripTrade share_of(const TripTrade& trade, Quantity part) {
    TripTrade share = trade;
    share.quantity = part;
    share.value = multiply_divide(trade.value, part, trade.quantity, Rounding::half_even);
    share.fee = multiply_divide(trade.fee, part, trade.quantity, Rounding::half_even);
    share.fee_units = multiply_divide(trade.fee_units, part, trade.quantity, Rounding::half_even);
    return share;
}

double unrealised_at(const Trip& trip, double price) {
    const double flow = trip.side == Side::buy ? trip.received.to_double() - trip.paid.to_double()
                                               : trip.paid.to_double() - trip.received.to_double();
    return flow + trip.quantity.to_double() * price;
}

} // namespace

Notional Trip::gross() const {
    return side == Side::buy ? received - paid : paid - received;
}

Price Trip::entry() const {
    if (!entered.is_positive()) return {};
    const Notional value = side == Side::buy ? paid : paid - kept;
    return divide(value, entered, Rounding::half_even);
}

Price Trip::exit() const {
    if (!left.is_positive()) return {};
    const Notional value = side == Side::buy ? received - kept : received;
    return divide(value, left, Rounding::half_even);
}

void Trips::book(Trip& trip, const TripTrade& trade) {
    const bool enters = trade.side == trip.side;
    trip.quantity += signed_by(trade.side, trade.quantity);
    trip.fees += trade.fee;
    if (enters) {
        trip.entered += trade.quantity;
        trip.paid += trade.value;
        trip.at_risk += risk_of(trade);
    } else {
        trip.left += trade.quantity;
        trip.received += trade.value;
    }
    if (trade.fee_units.is_zero()) return;
    // Units the venue kept: they leave for what they are worth, and that is the fee.
    trip.quantity -= trade.fee_units;
    (trip.side == Side::buy ? trip.received : trip.paid) += trade.fee;
    trip.kept += trade.fee;
}

void Trips::close(std::map<Key, Trip>::iterator place, Instant at) {
    Trip& trip = place->second;
    trip.open = false;
    trip.closed = at;
    closed_.push_back(trip);
    open_.erase(place);
}

void Trips::trade(const TripTrade& trade) {
    if (!trade.quantity.is_positive()) return;
    const Key key{trade.instrument, trade.agent};
    auto place = open_.find(key);
    if (place == open_.end()) {
        Trip trip;
        trip.agent = trade.agent;
        trip.instrument = trade.instrument;
        trip.side = trade.side;
        trip.opened = trade.at;
        trip.intent = trade.intent;
        place = open_.emplace(key, trip).first;
    }
    Trip& trip = place->second;
    const bool leaves = trade.side != trip.side;
    if (leaves && trade.quantity > trip.quantity.abs()) { // through zero
        const Quantity part = trip.quantity.abs();
        TripTrade rest = trade;
        if (part.is_positive()) {
            const TripTrade first = share_of(trade, part);
            book(trip, first);
            rest.quantity -= first.quantity;
            rest.value -= first.value;
            rest.fee -= first.fee;
            rest.fee_units -= first.fee_units;
        }
        close(place, trade.at);
        this->trade(rest);
        return;
    }
    book(trip, trade);
    if (trip.quantity.is_zero()) close(place, trade.at);
}

void Trips::fund(AgentId agent, InstrumentId instrument, Notional paid) {
    const auto place = open_.find({instrument, agent});
    if (place != open_.end()) place->second.funding += paid;
}

void Trips::range(InstrumentId instrument, Instant since, double low, double high) {
    for (auto place = open_.lower_bound({instrument, AgentId{}});
         place != open_.end() && place->first.first == instrument; ++place) {
        Trip& trip = place->second;
        if (since < trip.opened) continue;
        const double at_low = unrealised_at(trip, low);
        const double at_high = unrealised_at(trip, high);
        trip.adverse = std::min({trip.adverse, at_low, at_high});
        trip.favourable = std::max({trip.favourable, at_low, at_high});
    }
}

void Trips::unrealised(AgentId agent, InstrumentId instrument, double value) {
    const auto place = open_.find({instrument, agent});
    if (place == open_.end()) return;
    place->second.adverse = std::min(place->second.adverse, value);
    place->second.favourable = std::max(place->second.favourable, value);
}

std::vector<Trip> Trips::open() const {
    std::vector<Trip> trips;
    for (const auto& [key, trip] : open_)
        trips.push_back(trip);
    return trips;
}

} // namespace grekko::report
