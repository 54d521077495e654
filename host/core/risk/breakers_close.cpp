// Half open, closed, and what people do to a breaker.
#include "core/risk/breakers_parts.hpp"

namespace grekko::risk {

using events::BreakerScope;
using events::BreakerState;
using namespace breaker_parts;

std::vector<BreakerKey> waiting(const Breakers& breakers) {
    std::vector<BreakerKey> keys;
    for (const auto& [key, one] : breakers.all) {
        if (one.state == BreakerState::open && !one.manual) keys.push_back(key);
    }
    return keys;
}

Instant next_due(const Breakers& breakers, Instant now) {
    Instant earliest;
    for (const auto& [key, one] : breakers.all) {
        if (one.state != BreakerState::open || one.manual || one.retry_at <= now) continue;
        if (earliest.is_none() || one.retry_at < earliest) earliest = one.retry_at;
    }
    return earliest;
}

namespace {

bool venue_is_well(const BreakerSettings& settings, const VenueCondition& venue) {
    const Duration offset = venue.clock_offset;
    return venue.connected && venue.private_alive && venue.rest_alive &&
           offset <= settings.clock_offset_max &&
           Duration{} - offset <= settings.clock_offset_max;
}

bool reconciled(const Breakers& breakers, const BreakerSettings& settings, VenueId venue) {
    const auto memory = breakers.venues.find(venue);
    const std::uint64_t agreed = memory == breakers.venues.end() ? 0 : memory->second.agreed;
    return agreed >= settings.reconciliations;
}

BreakerCause data_cause(std::uint32_t causes) {
    if ((causes & bit(BreakerCause::data_gap)) != 0) return BreakerCause::data_gap;
    if ((causes & bit(BreakerCause::data_crossed)) != 0) return BreakerCause::data_crossed;
    return BreakerCause::data_stale;
}

// All causes but bad data, which moves the reset instead.
bool causes_gone(const Breakers& breakers, const BreakerSettings& settings, const BreakerKey& key,
                 const CleanConditions& conditions) {
    const std::uint32_t causes = breaker(breakers, key).causes;
    if ((causes & venue_causes) != 0 && !(venue_is_well(settings, conditions.venue) &&
                                          reconciled(breakers, settings, key.venue))) {
        return false;
    }
    if ((causes & account_causes) != 0 &&
        !(conditions.account_agrees && reconciled(breakers, settings, key.venue))) {
        return false;
    }
    if ((causes & resource_causes) != 0 && !conditions.resources_good) return false;
    return (causes & bit(BreakerCause::limit_by_price)) == 0 || conditions.below_limits;
}

}  // namespace

std::optional<events::BreakerChanged> due(const Breakers& breakers,
                                          const BreakerSettings& settings, const BreakerKey& key,
                                          const CleanConditions& conditions, Instant now) {
    const Breaker& one = breaker(breakers, key);
    if (one.state != BreakerState::open || one.manual || now < one.retry_at) return std::nullopt;
    if ((one.causes & data_causes) != 0 && !conditions.data_clean) {
        events::BreakerChanged later =
            change(breakers, key, BreakerState::open, data_cause(one.causes));
        later.retry_at = now + settings.data_clean;
        return later;
    }
    if (!causes_gone(breakers, settings, key, conditions)) return std::nullopt;
    events::BreakerChanged event =
        change(breakers, key, BreakerState::half_open, BreakerCause::none);
    event.retry_at = Instant{};
    event.reason = "its wait is over and its causes are gone";
    return event;
}

namespace {

events::BreakerChanged completed(const Breakers& breakers, const BreakerSettings& settings,
                                 const BreakerKey& key) {
    const bool enough = breaker(breakers, key).clean + 1 >= settings.completions;
    events::BreakerChanged event =
        change(breakers, key, enough ? BreakerState::closed : BreakerState::half_open,
               BreakerCause::none);
    event.reason = enough ? "enough clean completions" : "a clean completion";
    return event;
}

// The cause that it opened for last, as far as bits tell: the highest.
BreakerCause main_cause(const Breaker& one) {
    for (std::uint32_t n = 31; n > 0; --n) {
        if ((one.causes >> n & 1U) != 0) return static_cast<BreakerCause>(n);
    }
    return BreakerCause::none;
}

}  // namespace

BreakerEvents on_completion(const Breakers& breakers, const BreakerSettings& settings,
                            const CompletionScope& scope, Completion completion, Instant now) {
    BreakerEvents all;
    if (breakers.half_open == 0 || scope.parent.is_none()) return all;
    for (const BreakerKey& key : keys_of(scope.venue, scope.instrument, scope.agent)) {
        const Breaker& one = breaker(breakers, key);
        if (one.state != BreakerState::half_open) continue;
        if (one.probe != scope.parent && one.probed != scope.parent) continue;
        if (completion == Completion::clean) {
            all.push_back(completed(breakers, settings, key));
            continue;
        }
        for (auto& event : open(breakers, settings, {key, main_cause(one), one.wait}, now)) {
            event.reason = "an increase failed while half open";
            all.push_back(event);
        }
    }
    return all;
}

namespace {

// The key a command names; none where ids that its scope needs are missing.
std::optional<BreakerKey> key_of(const Command& command) {
    switch (static_cast<BreakerScope>(command.scope)) {
        case BreakerScope::global: return global_key();
        case BreakerScope::venue:
            if (command.venue.is_none()) break;
            return venue_key(command.venue);
        case BreakerScope::account:
            if (command.venue.is_none()) break;
            return account_key(command.venue);
        case BreakerScope::instrument:
            if (command.instrument.is_none()) break;
            return instrument_key(command.instrument);
        case BreakerScope::agent:
            if (command.agent.is_none()) break;
            return agent_key(command.agent);
        case BreakerScope::agent_instrument:
            if (command.agent.is_none() || command.instrument.is_none()) break;
            return pair_key(command.agent, command.instrument);
    }
    return std::nullopt;
}

events::BreakerChanged reset(const Breakers& breakers, const BreakerKey& key,
                             const Command& command) {
    events::BreakerChanged event =
        change(breakers, key, BreakerState::closed, BreakerCause::operator_command);
    event.manual = true;
    event.retry_at = Instant{};
    event.reason = command.reason;
    event.principal = command.principal;
    return event;
}

}  // namespace

BreakerDecision on_command(const Breakers& breakers, const BreakerSettings& settings,
                           const Command& command, Instant now) {
    const bool resets = command.kind == CommandKind::reset_breaker;
    if (!resets && command.kind != CommandKind::open_breaker) return {{}, "not about a breaker"};
    if (command.principal.empty()) return {{}, "say who asks: the principal is missing"};
    if (command.reason.empty()) return {{}, "say why: the reason is missing"};
    const std::optional<BreakerKey> key = key_of(command);
    if (!key) return {{}, "name the breaker: its scope or an id of its scope is missing"};
    if (resets) {
        if (breaker(breakers, *key).state == BreakerState::closed) {
            return {{}, "this breaker is closed"};
        }
        return {reset(breakers, *key, command), {}};
    }
    const BreakerEvents events = open(
        breakers, settings, {*key, BreakerCause::operator_command, {}, Reset::manual}, now);
    if (events.empty()) return {{}, "this breaker is open already, by an operator"};
    events::BreakerChanged event = events.front();
    event.reason = command.reason;
    event.principal = command.principal;
    return {event, {}};
}

BreakerEvents on_resume(const Breakers& breakers, const Command& command) {
    BreakerEvents all;
    for (const auto& [key, one] : breakers.all) {
        const bool of_book =
            key.scope == BreakerScope::global || key.scope == BreakerScope::account;
        if (!of_book || one.state == BreakerState::closed) continue;
        all.push_back(reset(breakers, key, command));
    }
    return all;
}

}  // namespace grekko::risk
