#include "core/execution/reconcile.hpp"

#include <algorithm>

#include "core/execution/execution.hpp"
#include "core/execution/requests.hpp"

namespace grekko::execution {
namespace {

constexpr Duration offset_step = Duration::milliseconds(10); // smaller changes are not events

const VenueRecord& record_of(const State& state, VenueId venue) {
    static const VenueRecord nothing{};
    const auto found = state.venues.find(venue);
    return found == state.venues.end() ? nothing : found->second;
}

events::VenueChanged change_of(const VenueRecord& record, VenueId venue) {
    events::VenueChanged event;
    event.venue = venue;
    event.connected = record.connected;
    event.private_alive = record.private_alive;
    event.reconciled = record.reconciled;
    event.clock_offset = record.clock_offset;
    return event;
}

// Fills are asked for from before the newest that is booked: so many ids or so long, whichever
// reaches further back. None booked: all that the venue keeps.
Instant fills_from(const State& state, const Settings& settings, VenueId venue) {
    const Instant newest = record_of(state, venue).fill_exchange_at;
    if (newest.is_none()) return {};
    Instant from = newest - settings.fills_overlap;
    std::uint32_t ids = 0;
    for (auto at = state.fills_order.rbegin(); at != state.fills_order.rend(); ++at) {
        if (at->first.venue != venue) continue;
        if (ids++ == settings.fills_overlap_ids) break;
        if (!at->second.is_none()) from = std::min(from, at->second);
    }
    return from;
}

QuerySnapshot ask(const State& state, const Settings& settings, Run& run, Instant now) {
    run.phase = RunPhase::asked;
    run.asked_at = now;
    return {run.venue, fills_from(state, settings, run.venue)};
}

Duration offset_of(Decimal seconds) {
    const Decimal bounded = std::clamp(seconds, Decimal::whole(-86'400), Decimal::whole(86'400));
    const Decimal nanoseconds = multiply(bounded, 1'000'000'000);
    return Duration::nanoseconds(
        static_cast<std::int64_t>(nanoseconds.raw() / Decimal::whole(1).raw()));
}

Outcome on_connection(const State& state, const Settings& settings, Run& run,
                      const VenueReport& report, Instant now) {
    events::VenueChanged event = change_of(record_of(state, run.venue), run.venue);
    const bool up = report.kind == ReportKind::connected;
    const bool back = report.kind == ReportKind::private_restored;
    if (up || report.kind == ReportKind::disconnected) event.connected = up;
    event.private_alive = back || (up && event.private_alive);
    event.reconciled = false;
    event.detail = report.text;
    run.phase = RunPhase::idle;
    run.agreed = false;
    Outcome outcome;
    outcome.events.push_back(event);
    if (up || back) outcome.effects.push_back(ask(state, settings, run, now));
    return outcome;
}

Outcome clock_report(const State& state, const Run& run, const VenueReport& report) {
    const VenueRecord& record = record_of(state, run.venue);
    const Duration offset = offset_of(report.total);
    const Duration moved = offset - record.clock_offset;
    if (moved < offset_step && moved > Duration{} - offset_step) return {};
    events::VenueChanged event = change_of(record, run.venue);
    event.clock_offset = offset;
    Outcome outcome;
    outcome.events.push_back(event);
    return outcome;
}

void begin(const State& state, Run& run) {
    run.phase = RunPhase::reading;
    run.seen.clear();
    run.outlived.clear();
    run.doubtful.clear();
    run.balances.clear();
    run.foreign = 0;
    run.first = record_of(state, run.venue).balances.empty();
    for (const OrderId id : state.open_orders) {
        const OrderRecord& order = *state.orders.find(id);
        const bool here = order.order.venue == run.venue;
        if (here && order.status == OrderStatus::unknown) run.doubtful.insert(id);
    }
}

Outcome on_balance(const State& state, Run& run, const VenueReport& report, Instant now) {
    if (run.phase == RunPhase::reading) {
        run.balances[report.currency] = {report.total, report.held, now};
    }
    const VenueRecord& record = record_of(state, run.venue);
    const auto known = record.balances.find(report.currency);
    const bool same = known != record.balances.end() && known->second.total == report.total &&
                      known->second.held == report.held;
    if (same) return {};
    events::BalanceReported event;
    event.venue = run.venue;
    event.currency = report.currency;
    event.total = report.total;
    event.held = report.held;
    Outcome outcome;
    outcome.events.push_back(event);
    return outcome;
}

// Orders that the venue did not list are asked about, never declared dead.
bool orders_agree(const State& state, const Settings& settings, const Run& run, Instant now,
                  events::Reconciled& report, Outcome& outcome) {
    bool agree = true;
    for (const OrderId id : state.open_orders) {
        const OrderRecord& order = *state.orders.find(id);
        if (order.order.venue != run.venue) continue;
        report.open_orders += 1;
        const bool doubt = order.status == OrderStatus::unknown;
        if (run.seen.contains(id) && !doubt) continue;
        if (now - order.event_at < settings.quiet) continue; // left alone
        agree = false;
        if (doubt && now - order.asked_at < settings.query_each) continue; // asked already
        outcome.events.push_back(events::OrderUnknown{.order = id, .queries = order.missing});
        query_effects(order, outcome.effects);
    }
    return agree;
}

// An order that is open there and has ended here can fill without anyone's knowledge. Its cancel
// has left (report.cpp); until the venue no longer lists it, nothing agrees.
bool none_outlived(const State& state, const Settings& settings, const Run& run, Instant now,
                   Outcome& outcome) {
    bool none = true;
    for (const OrderId id : run.outlived) {
        const OrderRecord* order = state.orders.find(id);
        if (order == nullptr || order->open()) continue;
        if (now - order->event_at < settings.quiet) continue; // the list may be older than its end
        none = false;
        outcome.effects.push_back(AlertOperator{
            "order.outlived", "the venue lists an order as open that has ended here: it is being "
                              "cancelled, and nothing is added until it is gone"});
    }
    return none;
}

// No fill is still only inferred; after the overlap it will not come any more.
bool fills_agree(const State& state, const Settings& settings, const Run& run, Instant now) {
    return std::ranges::all_of(state.inferred_orders, [&](OrderId id) {
        const OrderRecord& order = *state.orders.find(id);
        const bool given_up = !order.open() && now - order.event_at > settings.fills_overlap;
        return order.order.venue != run.venue || given_up;
    });
}

bool in_doubt(const State& state, const Run& run) {
    return std::ranges::any_of(state.open_orders, [&](OrderId id) {
        const OrderRecord& order = *state.orders.find(id);
        const bool answered =
            order.status != OrderStatus::unknown && order.status != OrderStatus::submitted;
        return order.order.venue == run.venue && !answered;
    });
}

// One currency: equal, a transfer, or a difference that is watched.
bool balance_agrees(const State& state, const Settings& settings, Run& run,
                    const ExpectedBalance& expected, Instant now, Outcome& outcome) {
    const auto reported = run.balances.find(expected.currency);
    const Decimal total = reported == run.balances.end() ? Decimal{} : reported->second.total;
    const auto amount = checked_subtract(total, expected.total);
    if (!amount) return false;
    if (amount->abs() <= expected.tolerance) {
        run.differences.erase(expected.currency);
        return true;
    }
    auto [difference, fresh] =
        run.differences.try_emplace(expected.currency, Run::Difference{*amount, now, run.first});
    if (!fresh && difference->second.amount != *amount) {
        difference->second.amount = *amount;
        difference->second.since = now;
    }
    const Instant filled_at = record_of(state, run.venue).filled_at;
    const bool settled = now - difference->second.since >= settings.transfer_after &&
                         now - filled_at >= settings.transfer_after && !in_doubt(state, run);
    if (!expected.valued || (!difference->second.opening && !settled)) return false;
    events::TransferBooked event;
    event.venue = run.venue;
    event.currency = expected.currency;
    event.amount = *amount;
    outcome.events.push_back(event);
    run.differences.erase(expected.currency);
    return true;
}

bool balances_agree(const State& state, const Settings& settings, Run& run,
                    std::span<const ExpectedBalance> expected, Instant now, Outcome& outcome) {
    if (!balances_due(settings, run, now)) return true;
    run.compared_at = now;
    bool agree = true;
    for (const ExpectedBalance& each : expected) {
        if (!balance_agrees(state, settings, run, each, now, outcome)) agree = false;
    }
    for (const auto& [currency, balance] : run.balances) {
        const bool listed = std::any_of(expected.begin(), expected.end(), [&](const auto& each) {
            return each.currency == currency;
        });
        if (listed) continue;
        const ExpectedBalance nothing{currency, {}, {}, true};
        if (!balance_agrees(state, settings, run, nothing, now, outcome)) agree = false;
    }
    return agree;
}

Outcome on_end(const State& state, const Settings& settings, Run& run,
               std::span<const ExpectedBalance> expected, Instant now) {
    Outcome outcome;
    events::Reconciled event;
    event.venue = run.venue;
    event.orders_agree = orders_agree(state, settings, run, now, event, outcome) &&
                         none_outlived(state, settings, run, now, outcome);
    event.fills_agree = fills_agree(state, settings, run, now);
    event.balances_agree = balances_agree(state, settings, run, expected, now, outcome);
    event.foreign = run.foreign;
    for (const OrderId id : run.doubtful) {
        const OrderRecord* order = state.orders.find(id);
        if (order == nullptr || order->status == OrderStatus::unknown) continue;
        event.resolved_unknown += 1;
        if (order->status == OrderStatus::lapsed) event.lapsed += 1;
    }
    run.agreed = event.orders_agree && event.fills_agree && event.balances_agree;
    run.phase = RunPhase::idle;
    run.ended_at = now;
    outcome.events.push_back(event);
    return outcome;
}

} // namespace

bool balances_due(const Settings& settings, const Run& run, Instant now) {
    return !run.agreed || now - run.compared_at >= settings.balances_each;
}

Outcome on_venue_report(const State& state, const Settings& settings, Run& run,
                        const VenueReport& report, std::span<const ExpectedBalance> expected,
                        Instant now) {
    if (report.venue != run.venue) return {};
    switch (report.kind) {
    case ReportKind::connected:
    case ReportKind::disconnected:
    case ReportKind::private_lost:
    case ReportKind::private_restored: return on_connection(state, settings, run, report, now);
    case ReportKind::clock: return clock_report(state, run, report);
    case ReportKind::snapshot_begin: begin(state, run); return {};
    case ReportKind::balance: return on_balance(state, run, report, now);
    case ReportKind::snapshot_end:
        // An end without its beginning is what a reconnect left over.
        if (run.phase != RunPhase::reading) return {};
        return on_end(state, settings, run, expected, now);
    default: break;
    }
    if (run.phase != RunPhase::reading) return {};
    const OrderRecord* order = report.foreign ? nullptr : find_order(state, report);
    if (order != nullptr) {
        run.seen.insert(order->order.id);
        const bool open_there = report.kind == ReportKind::order_state && !terminal(report.status);
        if (open_there && !order->open()) run.outlived.insert(order->order.id);
    }
    if (order == nullptr && report.kind == ReportKind::order_state) run.foreign += 1;
    return {};
}

Instant reconcile_due(const State&, const Settings& settings, const Run& run,
                      const VenueSpec& venue) {
    if (run.phase != RunPhase::idle) return run.asked_at + settings.snapshot_max;
    if (run.ended_at.is_none()) return Instant::from_nanoseconds(1); // at once
    const Decimal share = multiply(Decimal::whole(std::max(venue.rate_per_second, 1U)),
                                   settings.reconcile_budget.decimal(), Rounding::half_even);
    const auto seconds =
        checked_divide(Decimal::whole(settings.snapshot_requests), share, Rounding::ceiling);
    const Duration affordable = offset_of(seconds.value_or(Decimal{}));
    const Duration wanted = run.agreed ? settings.reconcile_each : settings.reconcile_retry;
    return run.ended_at + std::max(wanted, affordable);
}

Outcome on_reconcile_timer(const State& state, const Settings& settings, Run& run,
                           const VenueSpec& venue, Instant now) {
    const bool due = now >= reconcile_due(state, settings, run, venue);
    if (!due || !record_of(state, run.venue).connected) return {};
    Outcome outcome;
    outcome.effects.push_back(ask(state, settings, run, now));
    return outcome;
}

} // namespace grekko::execution
