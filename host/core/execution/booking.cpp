#include "core/execution/booking.hpp"

#include <algorithm>
#include <optional>

#include "base/planted.hpp"

namespace grekko::execution {
namespace {

constexpr Notional value_max{1'000'000'000'000'000_d};
constexpr Quantity quantity_max{1'000'000'000'000'000_d};

// The part of a fill, with its part of the fee; the last part takes what is left.
Fill part(const Fill& fill, Quantity quantity, Decimal fee) {
    Fill result = fill;
    result.quantity = quantity;
    result.fee = fee;
    return result;
}

Price fallback_price(const OrderRecord& record, const VenueReport& report) {
    if (report.fill.price.is_positive()) return report.fill.price;
    if (record.order.limit.is_positive()) return record.order.limit;
    if (record.order.reference.is_positive()) return record.order.reference;
    return record.order.trigger;
}

} // namespace

bool valid_fill(const Fill& fill) {
    if (!fill.price.is_positive() || !fill.quantity.is_positive()) return false;
    if (fill.quantity >= quantity_max) return false;
    const auto value = checked_multiply(fill.price, fill.quantity, Rounding::half_even);
    return value && *value < value_max && fill.fee.abs() < value_max.decimal();
}

Booking::Booking(const State& state, const OrderRecord& record)
    : state_{state},
      record_{record},
      whole_{record.order.quantity},
      filled_{record.filled},
      inferred_{record.inferred},
      value_{record.value},
      inferred_value_{record.inferred_value},
      status_{record.status} {
    if (record.replacing()) whole_ = std::max(whole_, record.replacement.quantity);
}

void Booking::real(const Fill& fill, Quantity cumulative, Outcome& outcome) {
    const bool known = fill_known(state_, fill) && !planted(Bug::fill_booked_twice);
    if (!valid_fill(fill) || known) return;
    Quantity fresh;
    Quantity upgraded;
    if (cumulative.is_positive()) {
        fresh = std::clamp(cumulative - filled_, Quantity{}, fill.quantity);
        upgraded = std::min(fill.quantity - fresh, inferred_);
    } else {
        upgraded = std::min(fill.quantity, inferred_);
        fresh = fill.quantity - upgraded;
        const auto venue = state_.venues.find(fill.venue);
        const bool old = venue != state_.venues.end() && !fill.exchange_at.is_none() &&
                         fill.exchange_at <= venue->second.forgotten_until;
        if (old) fresh = Quantity{}; // perhaps booked long ago; a cumulative quantity will tell
    }
    if (planted(Bug::fill_booked_twice)) fresh = fill.quantity, upgraded = Quantity{};
    const Decimal fee =
        multiply_divide(fill.fee, upgraded.decimal(), fill.quantity.decimal(), Rounding::half_even);
    if (upgraded.is_positive()) {
        const Decimal own = fresh.is_zero() ? fill.fee : fee;
        upgrade(part(fill, upgraded, planted(Bug::fee_booked_twice) ? own + own : own), outcome);
    }
    if (fresh.is_positive()) book(part(fill, fresh, fill.fee - fee), outcome);
}

void Booking::infer(Quantity cumulative, Price mean, const VenueReport& report, Outcome& outcome) {
    cumulative = std::min(cumulative, whole_); // more than the order takes a real fill to prove
    if (cumulative <= filled_) return;
    Fill fill;
    fill.side = record_.order.side;
    fill.inferred = true;
    fill.quantity = cumulative - filled_;
    fill.exchange_at = report.exchange_at;
    fill.price = fallback_price(record_, report);
    if (mean.is_positive()) {
        const auto whole = checked_multiply(mean, cumulative, Rounding::half_even);
        const auto price = whole && *whole > value_
                               ? checked_divide(*whole - value_, fill.quantity, Rounding::half_even)
                               : std::optional<Price>{};
        if (price && price->is_positive()) fill.price = *price;
    }
    if (valid_fill(fill)) book(fill, outcome);
}

void Booking::book(Fill fill, Outcome& outcome) {
    fill.order = record_.order.id;
    fill.venue = record_.order.venue;
    fill.instrument = record_.order.instrument;
    fill.side = record_.order.side;
    const Notional value = multiply(fill.price, fill.quantity, Rounding::half_even);
    filled_ += fill.quantity;
    value_ += value;
    booked_ = true;
    if (fill.inferred) {
        inferred_ += fill.quantity;
        inferred_value_ += value;
    }
    if (!terminal(status_)) {
        const bool waiting = record_.cancel_wanted || record_.replacing();
        const bool pending = status_ == OrderStatus::pending_cancel ||
                             status_ == OrderStatus::pending_replace ||
                             (status_ == OrderStatus::unknown && waiting);
        if (filled_ >= whole_) {
            status_ = OrderStatus::filled;
        } else if (!pending) {
            status_ = OrderStatus::partly_filled;
        }
    }
    events::OrderFilled event;
    event.fill = fill;
    event.status = status_;
    event.filled = filled_;
    outcome.events.push_back(event);
}

void Booking::upgrade(Fill fill, Outcome& outcome) {
    fill.order = record_.order.id;
    fill.venue = record_.order.venue;
    fill.instrument = record_.order.instrument;
    fill.side = record_.order.side;
    events::FillUpgraded event;
    event.fill = fill;
    event.booked = fill.quantity == inferred_ ? inferred_value_
                                              : multiply_divide(inferred_value_, fill.quantity,
                                                                inferred_, Rounding::half_even);
    inferred_ -= fill.quantity;
    inferred_value_ -= event.booked;
    value_ += multiply(fill.price, fill.quantity, Rounding::half_even) - event.booked;
    outcome.events.push_back(event);
}

} // namespace grekko::execution
