#include "core/agents/plausible.hpp"

#include <initializer_list>

namespace grekko::agents {
namespace {

constexpr Decimal amount_max = 1'000'000'000'000'000_d; // quantities and money
constexpr Decimal price_max = 1'000'000'000'000_d;
constexpr Decimal rate_max = 1'000_d;
constexpr Duration time_max = Duration::days(3'650);

bool known(const Action& action) {
    return action.kind >= ActionKind::target && action.kind <= ActionKind::done &&
           action.sizing >= Sizing::quantity && action.sizing <= Sizing::risk &&
           action.side >= Side::buy && action.side <= Side::sell &&
           action.ballot >= Ballot::approve && action.ballot <= Ballot::veto &&
           action.working.urgency >= Urgency::passive &&
           action.working.urgency <= Urgency::urgent &&
           action.working.algorithm <= Algorithm::iceberg &&
           action.working.on_timeout >= OnTimeout::cancel &&
           action.working.on_timeout <= OnTimeout::cross;
}

bool within(Decimal value, Decimal most) {
    return value.abs() <= most;
}

bool bearable(Quantity quantity, Price price) {
    const auto worth = checked_multiply(price, quantity, Rounding::half_even);
    return worth && within(worth->decimal(), amount_max);
}

bool times_fit(const Action& action) {
    for (const Duration each :
         {action.horizon, action.ttl, action.working.passive_for, action.working.over}) {
        if (each > time_max || Duration{} - each > time_max) return false;
    }
    return action.at.nanoseconds() >= 0;
}

} // namespace

bool plausible(const Action& action, Price mark) {
    if (!known(action) || !times_fit(action)) return false;
    for (const Price price : {action.limit, action.stop, action.take}) {
        if (!within(price.decimal(), price_max)) return false;
    }
    if (!within(action.trail.decimal(), rate_max)) return false;
    if (!within(action.confidence.decimal(), rate_max)) return false;
    for (const Quantity quantity : {action.inventory_min, action.inventory_max}) {
        if (!within(quantity.decimal(), amount_max) || !bearable(quantity, mark)) return false;
    }
    const bool fraction = action.sizing == Sizing::weight || action.sizing == Sizing::risk;
    if (fraction || action.kind == ActionKind::vote) return within(action.amount, rate_max);
    if (!within(action.amount, amount_max)) return false;
    return action.sizing == Sizing::notional || bearable(Quantity{action.amount}, mark);
}

} // namespace grekko::agents
