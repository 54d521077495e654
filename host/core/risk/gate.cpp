#include "core/risk/assessment.hpp"

namespace grekko::risk {

namespace {

bool same_subject(const events::RiskAssessed& event, const Order& order) {
    return event.agent == order.agent && event.instrument == order.instrument &&
           event.side == order.side && event.intent == order.intent &&
           event.parent == order.parent && event.stop == order.stop &&
           (order.venue.is_none() || event.venue == order.venue);
}

bool price_inside(const events::RiskAssessed& event, const Order& order) {
    if (event.limit.is_zero()) return true;
    if (order.limit.is_zero()) {
        return order.purpose == Purpose::stop || order.purpose == Purpose::disaster_stop;
    }
    return order.side == Side::buy ? order.limit <= event.limit : order.limit >= event.limit;
}

}  // namespace

std::optional<Approved> Gate::approve(const Assessment& assessment, Order order) {
    const events::RiskAssessed& event = assessment.event();
    if (!assessment.approved() || !same_subject(event, order)) return std::nullopt;
    if (assessment.purpose() != order.purpose || !price_inside(event, order)) {
        return std::nullopt;
    }
    if (!order.quantity.is_positive() || order.quantity > event.approved) return std::nullopt;
    return Approved{Approved::Key{}, std::move(order)};
}

}  // namespace grekko::risk
