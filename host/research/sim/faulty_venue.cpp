#include "research/sim/faulty_venue.hpp"

#include "base/assert.hpp"

namespace grekko::sim {
namespace {

constexpr std::uint64_t line_stream = 401;

bool of_order(ReportKind kind) {
    return kind <= ReportKind::order_state;
}

} // namespace

FaultyVenue::FaultyVenue(VenueId id, const Plan& plan, std::unique_ptr<ports::Venue> inner,
                         Truth& truth, Findings& findings, HostDisk disk)
    : id_{id},
      plan_{plan},
      inner_{std::move(inner)},
      truth_{truth},
      findings_{findings},
      disk_{std::move(disk)},
      random_{plan.seed, line_stream + id.value()} {
    plan_outages();
}

// When the line goes and comes is known beforehand; what is on it meanwhile is lost.
void FaultyVenue::plan_outages() {
    for (const Outage& outage : plan_.outages) {
        if (outage.venue != id_) continue;
        const Instant from = plan_.start + outage.span.from;
        const Instant to = from + outage.span.length;
        const bool whole = !outage.private_only;
        say(whole ? ReportKind::disconnected : ReportKind::private_lost, from, "the line is cut");
        if (whole) say(ReportKind::connected, to, "the line is back");
        say(ReportKind::private_restored, to, "the line is back");
    }
}

bool FaultyVenue::down(Instant now) const {
    if (healed_) return false;
    for (const Outage& outage : plan_.outages) {
        const bool here = outage.venue == id_ && !outage.private_only;
        if (here && outage.span.covers(now - plan_.start)) return true;
    }
    return false;
}

bool FaultyVenue::private_down(Instant now) const {
    if (healed_) return false;
    for (const Outage& outage : plan_.outages) {
        if (outage.venue == id_ && outage.span.covers(now - plan_.start)) return true;
    }
    return false;
}

bool FaultyVenue::happens(double chance) {
    const bool drawn = random_.chance(chance); // drawn in any case: healing changes no later draw
    if (healed_ || !drawn) return false;
    ++faults_;
    return true;
}

void FaultyVenue::push(const VenueReport& report, Instant at) {
    waiting_.emplace(at, report);
}

void FaultyVenue::say(ReportKind kind, Instant at, std::string_view why) {
    VenueReport report;
    report.kind = kind;
    report.venue = id_;
    report.text = Text<96>{why};
    push(report, at);
}

VenueReport FaultyVenue::about(const Order& order, ReportKind kind) const {
    VenueReport report;
    report.kind = kind;
    report.venue = id_;
    report.instrument = order.instrument;
    report.order = order.id;
    report.client_id = order.client_id;
    return report;
}

void FaultyVenue::look_at(const Order& order, OrderId id) {
    if (!disk_.durable(id)) {
        findings_.add("durable", "order " + std::to_string(id.value()) +
                                     " left before its record was on disk");
    }
    if (disk_.full() && !reduces(order.purpose)) {
        findings_.add("room", "order " + std::to_string(id.value()) +
                                  " adds risk while the journal's disk is full");
    }
}

void FaultyVenue::place(const PlaceOrder& request, Instant now) {
    look_at(request.order, request.order.id);
    truth_.sent(request, now, findings_);
    const Duration later = Duration::milliseconds(random_.between(1, 400));
    if (down(now) || happens(plan_.venue.request_lost)) return;
    if (happens(plan_.venue.refused)) {
        VenueReport report = about(request.order, ReportKind::rejected);
        constexpr RejectReason reasons[] = {
            RejectReason::rate_limited, RejectReason::insufficient_funds, RejectReason::other,
            RejectReason::post_only_would_take, RejectReason::not_trading};
        report.reject = reasons[random_.below(std::size(reasons))];
        return push(report, now + later);
    }
    if (happens(plan_.venue.ambiguous)) {
        push(about(request.order, ReportKind::ambiguous), now + later);
        if (random_.chance(0.5)) return; // it never arrived
    }
    inner_->place(request, now);
}

void FaultyVenue::replace(const ReplaceOrder& request, Instant now) {
    look_at(request.replacement, request.id);
    truth_.sent(request, now);
    if (down(now) || happens(plan_.venue.request_lost)) return;
    if (happens(plan_.venue.refused)) {
        VenueReport report = about(request.replacement, ReportKind::replace_rejected);
        report.reject = RejectReason::rate_limited;
        return push(report, now + Duration::milliseconds(50));
    }
    inner_->replace(request, now);
}

void FaultyVenue::cancel(const CancelOrder& request, Instant now) {
    if (down(now) || happens(plan_.venue.request_lost)) return;
    if (happens(plan_.venue.refused)) {
        VenueReport report;
        report.kind = ReportKind::cancel_rejected;
        report.venue = id_;
        report.instrument = request.instrument;
        report.order = request.id;
        report.client_id = request.client_id;
        report.reject = RejectReason::rate_limited;
        return push(report, now + Duration::milliseconds(50));
    }
    inner_->cancel(request, now);
}

void FaultyVenue::query(const QueryOrder& request, Instant now) {
    if (down(now) || happens(plan_.venue.request_lost)) return;
    inner_->query(request, now);
}

void FaultyVenue::snapshot(const QuerySnapshot& request, Instant now) {
    if (down(now) || happens(plan_.venue.request_lost)) return;
    inner_->snapshot(request, now);
}

std::optional<Instant> FaultyVenue::next_report() const {
    std::optional<Instant> next = inner_->next_report();
    if (!waiting_.empty() && (!next || waiting_.begin()->first <= *next)) {
        next = waiting_.begin()->first;
    }
    return next;
}

// The line tells something whenever the host was promised a report: where that one is lost or
// late, the time.
bool FaultyVenue::take_report(Instant now, VenueReport& report, Instant& at) {
    const std::optional<Instant> inner = inner_->next_report();
    const bool own = !waiting_.empty() && (!inner || waiting_.begin()->first <= *inner);
    if (!own && inner && *inner <= now) {
        if (!inner_->take_report(now, report, at)) return false;
        truth_.told(id_, report);
        pass_on(report, at);
        if (waiting_.empty() || waiting_.begin()->first > at) say(ReportKind::clock, at, "");
    }
    if (waiting_.empty() || waiting_.begin()->first > now) return false;
    at = waiting_.begin()->first;
    report = waiting_.begin()->second;
    waiting_.erase(waiting_.begin());
    return true;
}

void FaultyVenue::pass_on(const VenueReport& report, Instant at) {
    if (down(at)) return;
    if (report.kind == ReportKind::snapshot_begin) {
        in_snapshot_ = true;
        losing_snapshot_ = happens(plan_.venue.snapshot_lost);
    }
    if (in_snapshot_) { // one answer, in order: it comes whole or not at all
        if (report.kind == ReportKind::snapshot_end) in_snapshot_ = false;
        if (!losing_snapshot_) push(report, at);
        return;
    }
    if (!of_order(report.kind)) return push(report, at);
    const bool asked =
        report.kind == ReportKind::order_state || report.kind == ReportKind::not_found;
    if (private_down(at) && !asked) return;
    if (happens(plan_.venue.report_lost)) return;
    const std::int64_t delay_ms = plan_.venue.delay_max.count() / 1'000'000;
    const Duration late =
        Duration::milliseconds(random_.between(1, std::max<std::int64_t>(delay_ms, 1)));
    const Instant arrives = happens(plan_.venue.report_delayed) ? at + late : at;
    push(report, arrives);
    if (happens(plan_.venue.report_doubled)) push(report, arrives + late / 3);
}

void FaultyVenue::host_restarted(Instant now) {
    VenueReport report;
    Instant at;
    while (inner_->next_report() && *inner_->next_report() <= now) {
        if (!inner_->take_report(now, report, at)) break;
        truth_.told(id_, report);
    }
    std::erase_if(waiting_, [&](const auto& entry) {
        const bool of_line = entry.second.kind == ReportKind::disconnected ||
                             entry.second.kind == ReportKind::connected ||
                             entry.second.kind == ReportKind::private_lost ||
                             entry.second.kind == ReportKind::private_restored;
        return !of_line || entry.first <= now;
    });
    in_snapshot_ = losing_snapshot_ = false;
    if (!down(now)) say(ReportKind::connected, now, "the host is back");
    if (!private_down(now)) say(ReportKind::private_restored, now, "the host is back");
}

} // namespace grekko::sim
