#include "core/execution/booking.hpp"
#include "core/execution/client_id.hpp"
#include "core/execution/execution.hpp"
#include "core/execution/requests.hpp"

namespace grekko::execution {
namespace {

bool about_order(ReportKind kind) {
    switch (kind) {
    case ReportKind::balance:
    case ReportKind::snapshot_begin:
    case ReportKind::snapshot_end:
    case ReportKind::connected:
    case ReportKind::disconnected:
    case ReportKind::private_lost:
    case ReportKind::private_restored:
    case ReportKind::clock: return false;
    default: return true;
    }
}

// One report about one known order.
class Reading {
public:
    Reading(const State& state, const Settings& settings, const VenueReport& report,
            const OrderRecord& record, Instant now)
        : state_{state},
          settings_{settings},
          report_{report},
          record_{record},
          now_{now},
          booking_{state, record} {}

    Outcome read();

private:
    void dispatch(ReportKind kind);
    void filled();
    void accepted();
    void rejected();
    void ended(OrderStatus status);
    void cancel_rejected();
    void replaced();
    void replace_rejected();
    void triggered();
    void ambiguous();
    void not_found();
    void missing_for_good();
    void order_state();
    void still_alive();
    void cancel_as_named();
    void cancel_linked();

    void doubt(std::uint32_t missing) {
        emit(events::OrderUnknown{.order = record_.order.id, .queries = missing});
        ask();
        if (record_.cancel_wanted) cancel_again();
    }
    void emit(Event event) { out_.events.push_back(event); }
    void effect(Effect effect) { out_.effects.push_back(effect); }
    void ask() { query_effects(record_, out_.effects); }
    void cancel_again() { cancel_effects(record_, out_.effects); }
    // What the order is once the fills of this very report are booked.
    bool open() const { return !terminal(booking_.status()); }
    bool names_replacement() const {
        return record_.replacing() && report_.client_id == record_.replacement.client_id;
    }
    bool quiet() const { return now_ - record_.event_at >= settings_.quiet; }

    const State& state_;
    const Settings& settings_;
    const VenueReport& report_;
    const OrderRecord& record_;
    Instant now_;
    Booking booking_;
    Outcome out_;
};

Outcome Reading::read() {
    const bool state = report_.kind == ReportKind::order_state;
    if (report_.kind != ReportKind::filled) {
        booking_.infer(report_.cumulative, state ? report_.fill.price : Price{}, report_, out_);
    }
    dispatch(report_.kind);
    if (booking_.booked()) cancel_linked();
    return std::move(out_);
}

void Reading::dispatch(ReportKind kind) {
    switch (kind) {
    case ReportKind::accepted: return accepted();
    case ReportKind::rejected: return rejected();
    case ReportKind::filled: return filled();
    case ReportKind::cancelled: return ended(OrderStatus::cancelled);
    case ReportKind::expired: return ended(OrderStatus::expired);
    case ReportKind::cancel_rejected: return cancel_rejected();
    case ReportKind::replaced: return replaced();
    case ReportKind::replace_rejected: return replace_rejected();
    case ReportKind::triggered: return triggered();
    case ReportKind::ambiguous: return ambiguous();
    case ReportKind::not_found: return not_found();
    case ReportKind::order_state: return order_state();
    default: return;
    }
}

void Reading::filled() {
    if (report_.fill.trade_id.empty()) {
        booking_.infer(report_.cumulative, Price{}, report_, out_);
        if (report_.cumulative.is_zero() && open()) ask();
        return;
    }
    booking_.real(report_.fill, report_.cumulative, out_);
    booking_.infer(report_.cumulative, Price{}, report_, out_); // earlier fills we have not seen
    if (!open()) still_alive();
}

void Reading::accepted() {
    if (!open()) return still_alive();
    if (names_replacement()) return replaced();
    const bool new_id =
        !report_.venue_order_id.empty() && report_.venue_order_id != record_.venue_order_id;
    const bool resolves = booking_.status() == OrderStatus::submitted ||
                          (booking_.status() == OrderStatus::unknown && !record_.replacing());
    if (resolves || new_id || !record_.acknowledged) {
        events::OrderAccepted event;
        event.order = record_.order.id;
        event.venue_order_id = report_.venue_order_id;
        event.exchange_at = report_.exchange_at;
        if (resolves || booking_.status() != OrderStatus::unknown) emit(event);
    }
    // A cancel that may have come before the order, or was lost: once more, it is harmless.
    const bool again = !record_.acknowledged || record_.status == OrderStatus::unknown || quiet();
    if (record_.cancel_wanted && again) cancel_again();
}

// The venue knows an order as open that has ended here. Terminal stays terminal: the rest is
// cancelled at the venue, by the name that it goes by there. Right after an end that the venue told
// of such a report is only late; where we gave the order up ourselves it is news.
void Reading::still_alive() {
    const OrderStatus status = record_.status;
    const bool given_up = status == OrderStatus::rejected || status == OrderStatus::lapsed ||
                          (status == OrderStatus::cancelled && record_.missing > 0);
    const bool told = report_.kind == ReportKind::order_state && quiet();
    const bool rest = booking_.filled() < record_.order.quantity;
    if (terminal(status) && rest && (given_up || told)) cancel_as_named();
}

void Reading::cancel_as_named() {
    const bool named = !report_.client_id.empty();
    effect(cancel_named(record_, named ? report_.client_id : record_.order.client_id));
}

void Reading::rejected() {
    if (!open()) return;
    if (names_replacement()) return replace_rejected();
    // An earlier send of the same id has arrived, or something has filled: not a rejection.
    const bool sent_before = report_.reject == RejectReason::duplicate_client_id;
    if (sent_before || booking_.filled().is_positive()) return doubt(record_.missing);
    events::OrderRejected event;
    event.order = record_.order.id;
    event.reason = report_.reject;
    event.text = report_.text;
    emit(event);
}

void Reading::ended(OrderStatus status) {
    if (!open()) return;
    if (status == OrderStatus::expired) {
        emit(events::OrderExpired{.order = record_.order.id});
    } else {
        emit(events::OrderCancelled{.order = record_.order.id});
    }
}

void Reading::cancel_rejected() {
    if (!open()) return;
    if (booking_.status() == OrderStatus::pending_cancel) {
        events::CancelRejected event;
        event.order = record_.order.id;
        event.reason = report_.reject;
        emit(event);
        ask();
    } else if (booking_.status() == OrderStatus::unknown) {
        ask();
    }
}

void Reading::replaced() {
    // The new version came to life after the order had ended here.
    if (!open() && record_.status != OrderStatus::filled) return cancel_as_named();
    if (!open() || !record_.replacing()) return;
    if (!report_.client_id.empty() && !names_replacement()) return; // of an earlier replace
    emit(events::OrderReplaced{.order = record_.order.id});
    const bool all_filled = booking_.filled() >= record_.replacement.quantity;
    const bool new_id =
        !report_.venue_order_id.empty() && report_.venue_order_id != record_.venue_order_id;
    if (!all_filled && new_id) {
        events::OrderAccepted event;
        event.order = record_.order.id;
        event.venue_order_id = report_.venue_order_id;
        event.exchange_at = report_.exchange_at;
        emit(event);
    }
    // The cancel named the version that is gone.
    if (!all_filled && record_.cancel_wanted) {
        effect(cancel_named(record_, record_.replacement.client_id));
    }
}

void Reading::replace_rejected() {
    if (!open() || !record_.replacing()) return;
    const bool old = report_.client_id == record_.order.client_id;
    if (!report_.client_id.empty() && !old && !names_replacement()) return;
    events::ReplaceRejected event;
    event.order = record_.order.id;
    event.reason = report_.reject;
    emit(event);
}

void Reading::triggered() {
    if (!open() || record_.triggered) return;
    if (!record_.acknowledged) accepted();
    emit(events::OrderTriggered{.order = record_.order.id});
}

void Reading::ambiguous() {
    switch (booking_.status()) {
    case OrderStatus::submitted:
    case OrderStatus::pending_cancel:
    case OrderStatus::pending_replace: return doubt(record_.missing);
    case OrderStatus::unknown: return ask();
    default: return;
    }
}

void Reading::not_found() {
    if (!open()) return;
    if (names_replacement()) return; // it has not come yet or was refused: the old name tells
    const bool alive = booking_.status() == OrderStatus::accepted ||
                       booking_.status() == OrderStatus::partly_filled;
    if (alive && !quiet()) return; // the answer is older than the last event
    const std::uint32_t missing = record_.missing + 1;
    const bool for_good = missing >= settings_.not_found_min && record_.missing > 0 &&
                          now_ - record_.missing_since >= settings_.not_found_over;
    if (for_good) return missing_for_good();
    // The next query is the timer's: asking at once would only count faster.
    emit(events::OrderUnknown{.order = record_.order.id, .queries = missing});
}

void Reading::missing_for_good() {
    const OrderId id = record_.order.id;
    const bool known = record_.acknowledged || booking_.filled().is_positive();
    const auto client = decode(record_.order.client_id);
    const bool before = client && client->incarnation != state_.incarnation;
    const bool lapses = before && !known && !reduces(record_.order.purpose);
    if (lapses) return emit(events::OrderLapsed{.order = id});
    if (known || record_.cancel_wanted) return emit(events::OrderCancelled{.order = id});
    events::OrderRejected event;
    event.order = id;
    event.reason = RejectReason::other;
    event.text = "never arrived: not found by repeated queries";
    emit(event);
}

void Reading::order_state() {
    switch (report_.status) {
    case OrderStatus::filled:
        if (report_.cumulative.is_zero()) {
            booking_.infer(record_.order.quantity, report_.fill.price, report_, out_);
        }
        // What filled was all of the old version: the replacement came too late.
        if (record_.replacing() && booking_.filled() >= record_.order.quantity) {
            return replace_rejected();
        }
        return ended(OrderStatus::cancelled); // where the venue's whole was less than ours
    case OrderStatus::cancelled: return ended(OrderStatus::cancelled);
    case OrderStatus::expired: return ended(OrderStatus::expired);
    case OrderStatus::rejected:
        return booking_.filled().is_positive() ? ended(OrderStatus::cancelled) : rejected();
    case OrderStatus::lapsed: return;
    default: break;
    }
    const bool unreplaced = record_.replacing() && report_.client_id == record_.order.client_id;
    if (open() && unreplaced && quiet()) return replace_rejected();
    accepted();
}

// One leg has filled: the other one goes.
void Reading::cancel_linked() {
    const OrderRecord* other = state_.orders.find(record_.order.linked);
    if (other != nullptr && other->open() && !other->cancel_wanted) {
        out_.append(cancel(state_, other->order.id, {}));
    }
}

Outcome foreign(const State& state, const VenueReport& report) {
    if (report.kind != ReportKind::filled) return {};
    Fill fill = report.fill;
    fill.order = OrderId{};
    fill.venue = report.venue;
    if (fill.instrument.is_none()) fill.instrument = report.instrument;
    if (!valid_fill(fill) || fill_known(state, fill)) return {};
    const auto venue = state.venues.find(fill.venue);
    const bool old = venue != state.venues.end() && !fill.exchange_at.is_none() &&
                     fill.exchange_at <= venue->second.forgotten_until;
    if (old || fill.trade_id.empty()) return {};
    Outcome outcome;
    outcome.events.push_back(events::ForeignFill{fill});
    outcome.effects.push_back(AlertOperator{
        "fill.foreign", "a fill on this account is not ours: find out who else trades on it"});
    return outcome;
}

} // namespace

Outcome on_report(const State& state, const Settings& settings, const VenueReport& report,
                  Instant now) {
    if (!about_order(report.kind)) return {};
    const OrderRecord* record = report.foreign ? nullptr : find_order(state, report);
    if (record == nullptr) return foreign(state, report);
    return Reading{state, settings, report, *record, now}.read();
}

} // namespace grekko::execution
