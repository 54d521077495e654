// What risk needs to know of everybody else, gathered for one assessment. Nothing is decided here.
#include <algorithm>

#include "core/engine/emit.hpp"

namespace grekko::engine {
namespace {

// What the levels, best first, give at a mean price within `within` of the mark, and no more than
// is wanted: what is cheaper than that bound pays for what is dearer.
Quantity takeable(std::span<const Level> levels, const risk::Request& request, Price mark,
                  Rate within) {
    const Price reach = multiply(mark, within, Rounding::floor);
    Quantity sum;
    Notional spare;
    for (const Level& level : levels) {
        if (sum >= request.quantity) return request.quantity;
        const Price better = request.side == Side::buy ? mark + reach - level.price
                                                       : level.price - (mark - reach);
        if (better.is_negative()) {
            const Quantity paid_for = divide(spare, -better, Rounding::floor);
            if (paid_for <= level.quantity) return sum + paid_for;
        }
        spare += multiply(better, level.quantity, Rounding::floor);
        sum += level.quantity;
    }
    return sum;
}

} // namespace

risk::Assessment Engine::assess(const risk::Request& request, VenueId venue) {
    const Listing* listing = venue.is_none() ? listing_for(request.instrument)
                                             : universe_.listing(request.instrument, venue);
    const Instrument& instrument = universe_.instrument(request.instrument);
    // A child is judged by the book it goes to, a decision by the best of all.
    const MarketView view = market_.view(request.instrument, venue, at_);
    const BookView book_view = book(at_);
    AgentBook agent_book = portfolio::agent_book(state_.portfolio, marks(at_), request.agent);
    if (request.agent == operator_agent) agent_book.allocation = book_view.nav;
    risk::Context context{at_, view, instrument, listing, book_view, agent_book, {}, {},
                          {},  {},   {},         {},      {},        {},         {}, {}};
    context.terms = terms_of(request.agent);
    const VenueId to = listing == nullptr ? venue : listing->venue;
    context.conditions = conditions(request, to);
    context.venue = venue_status(to);
    context.decision = decision_of(request);
    context.money_known = money_known();
    context.permission = permission_of(request);
    context.balances = balances_of(request, venue);
    context.costs.round_trip =
        cost(request.instrument, request.quantity, request.working.urgency, at_).round_trip;
    const bool slips =
        risk::has(risk::applicable(request.kind, request.purpose), risk::Check::slippage);
    if (slips && listing != nullptr && !view.bars_only && view.mark.known()) {
        constexpr std::size_t depth = 100;
        levels_.resize(depth);
        const std::size_t count =
            market_.levels(request.instrument, to, opposite(request.side), levels_);
        context.costs.takeable = takeable(std::span{levels_}.first(count), request,
                                          view.mark.price, settings_.risk.slippage_max);
    }
    context.quote_in_base = quote_value(request.instrument);
    context.par_deviation = par_deviation(instrument.quote);
    context.live = settings_.money == Money::live;
    return risk::assess(state_.risk, settings_.risk, request, context);
}

risk::Request Engine::request_of(const Parent& parent, events::AssessmentKind kind) const {
    risk::Request request;
    request.kind = kind;
    request.purpose = parent.purpose;
    request.intent = parent.intent;
    request.stop_id = parent.stop;
    request.agent = parent.agent;
    request.instrument = parent.instrument;
    request.side = parent.side;
    request.working = parent.working;
    request.post_only = parent.working.urgency == Urgency::passive &&
                        parent.working.algorithm == Algorithm::none &&
                        parent.working.on_timeout == OnTimeout::cancel;
    request.quantity = parent.quantity;
    request.limit = parent.limit;
    if (const auto* record = consensus::find_intent(state_.consensus, parent.intent)) {
        request.stop = record->intent.stop;
        request.take = record->intent.take;
        request.horizon = record->intent.horizon;
    }
    return request;
}

risk::Request Engine::request_of(const Order& order) const {
    risk::Request request;
    request.kind = events::AssessmentKind::child;
    request.purpose = order.purpose;
    request.intent = order.intent;
    request.parent = order.parent;
    request.stop_id = order.stop;
    request.agent = order.agent;
    request.instrument = order.instrument;
    request.side = order.side;
    request.type = order.type;
    request.time_in_force = order.time_in_force;
    request.post_only = order.post_only;
    request.quantity = order.quantity;
    request.limit = order.limit;
    // A new version of the order is looked at with what its intent said.
    if (const auto* record = consensus::find_intent(state_.consensus, order.intent)) {
        request.stop = record->intent.stop;
        request.take = record->intent.take;
        request.horizon = record->intent.horizon;
    } else {
        request.stop = stop_price(order.agent, order.instrument);
    }
    return request;
}

risk::AgentTerms Engine::terms_of(AgentId agent) const {
    risk::AgentTerms terms;
    if (agent == operator_agent) terms.tolerance = 1_rate;
    if (const agents::Agent* found = agents::find(state_.agents, agent)) {
        terms.mode = found->mode;
        terms.tolerance = found->risk_tolerance;
        terms.skill = agents::skill(settings_.agents, found->skill);
    }
    return terms;
}

risk::VenueStatus Engine::venue_status(VenueId venue) const {
    risk::VenueStatus status;
    status.venues = static_cast<std::uint32_t>(universe_.venues.size() - 1);
    if (venue.is_none()) return status;
    status.rate_per_second = universe_.venue(venue).rate_per_second;
    const auto found = state_.execution.venues.find(venue);
    if (found == state_.execution.venues.end()) return status;
    status.connected = found->second.connected;
    status.reconciled = found->second.reconciled;
    status.private_alive = found->second.private_alive;
    status.rest_alive = found->second.connected;
    status.clock_offset = found->second.clock_offset;
    const std::vector<std::uint32_t>& open = state_.risk.exposure.venue_orders;
    if (venue.value() < open.size()) status.open_orders = open[venue.value()];
    const portfolio::Marks all = marks(at_);
    for (const auto& [account, money] : state_.portfolio.accounts) {
        if (account.first != venue) continue;
        const auto value = portfolio::in_base(state_.portfolio, all, money.cash, account.second);
        if (value) status.assets += *value;
    }
    for (const auto& [key, ledger] : state_.portfolio.venues) {
        if (key.first != venue) continue;
        status.assets +=
            base_value(key.second, ledger.quantity, market_.mark(key.second, at_).price);
    }
    return status;
}

risk::DecisionRecord Engine::decision_of(const risk::Request& request) const {
    risk::DecisionRecord decision;
    if (request.intent.is_none()) { // the host's own exit: a stop, a flatten
        decision.present = reduces(request.purpose);
        decision.generation_live = true;
        decision.quantity = request.quantity;
        return decision;
    }
    // A child stands on its parent, which outlives the intent's own record.
    if (const auto* parent = state_.execution.parents.find(request.parent)) {
        decision.present = !parent->closed;
        decision.generation_live = parent->ending == events::ParentEnd{};
        decision.quantity = parent->parent.quantity;
        return decision;
    }
    const consensus::IntentRecord* record =
        consensus::find_intent(state_.consensus, request.intent);
    if (record == nullptr) return decision;
    decision.present = !record->undecided() || record->route != events::IntentRoute::vote;
    const AgentId agent = record->intent.agent;
    const bool runs = !record->increase || agents::runs(state_.agents, agent);
    decision.generation_live =
        agent == operator_agent || (runs && record->intent.generation <= generation(agent));
    decision.quantity = record->mandate             ? request.quantity
                        : record->decided.is_zero() ? record->intent.size()
                                                    : record->decided;
    const auto pending = state_.pending.waiting.find(request.intent);
    if (pending != state_.pending.waiting.end() && !pending->second.threshold.is_zero()) {
        decision.approval = pending->second.approval;
        decision.threshold = pending->second.threshold;
    }
    return decision;
}

risk::Permission Engine::permission_of(const risk::Request& request) const {
    risk::Permission permission;
    permission.shorts = settings_.shorts;
    permission.restricted =
        std::ranges::find(settings_.restricted, request.instrument) != settings_.restricted.end();
    const agents::Agent* agent = agents::find(state_.agents, request.agent);
    permission.allowed =
        agent == nullptr || std::ranges::any_of(agent->subscriptions, [&](const auto& subscribed) {
            return subscribed.instrument == request.instrument;
        });
    permission.blackout = std::ranges::any_of(settings_.blackouts, [&](const Blackout& blackout) {
        const bool here =
            blackout.instrument.is_none() || blackout.instrument == request.instrument;
        return here && at_ >= blackout.from && at_ < blackout.to;
    });
    return permission;
}

// Free after holds and after what approved parents have not sent yet. Money that is on its way out
// in an open order is held by the venue's own rule: limit × quantity and the fee.
// Before it is routed a request may use what lies at any venue that lists the instrument.
risk::Balances Engine::balances_of(const risk::Request& request, VenueId venue) const {
    risk::Balances balances;
    const Instrument& instrument = universe_.instrument(request.instrument);
    Decimal quote;
    Decimal base;
    for (const Listing& listing : universe_.listings) {
        if (listing.instrument != request.instrument) continue;
        if (!venue.is_none() && listing.venue != venue) continue;
        quote += portfolio::balance(state_.portfolio, listing.venue, instrument.quote);
        base += portfolio::balance(state_.portfolio, listing.venue, instrument.base);
    }
    balances.quote = quote - held_quote(instrument.quote, request.parent);
    const bool exit_child = !venue.is_none() && request.kind == events::AssessmentKind::child &&
                            reduces(request.purpose) && request.purpose != Purpose::disaster_stop;
    balances.base = instrument.kind == InstrumentKind::spot && exit_child
                        ? base - held_at(venue, instrument.base)
                    : instrument.kind == InstrumentKind::spot
                        ? base - held_base(request)
                        : Decimal{};
    balances.on_margin = instrument.kind == InstrumentKind::perpetual || settings_.shorts;
    return balances;
}

} // namespace grekko::engine
