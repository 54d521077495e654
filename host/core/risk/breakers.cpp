#include "core/risk/breakers.hpp"

#include "core/risk/breakers_parts.hpp"

namespace grekko::risk {

using events::BreakerScope;
using events::BreakerState;

std::string_view name(BreakerCause cause) {
    switch (cause) {
        case BreakerCause::none: return "none";
        case BreakerCause::data_stale: return "data_stale";
        case BreakerCause::data_gap: return "data_gap";
        case BreakerCause::data_crossed: return "data_crossed";
        case BreakerCause::unknown_outcomes: return "unknown_outcomes";
        case BreakerCause::venue_lost: return "venue_lost";
        case BreakerCause::private_lost: return "private_lost";
        case BreakerCause::clock: return "clock";
        case BreakerCause::account_mismatch: return "account_mismatch";
        case BreakerCause::foreign_fill: return "foreign_fill";
        case BreakerCause::rejects: return "rejects";
        case BreakerCause::bad_fills: return "bad_fills";
        case BreakerCause::repetition: return "repetition";
        case BreakerCause::agent_loss: return "agent_loss";
        case BreakerCause::losing_run: return "losing_run";
        case BreakerCause::faults: return "faults";
        case BreakerCause::price_move: return "price_move";
        case BreakerCause::journal_slow: return "journal_slow";
        case BreakerCause::disk_low: return "disk_low";
        case BreakerCause::quote_par: return "quote_par";
        case BreakerCause::limit_by_price: return "limit_by_price";
        case BreakerCause::operator_command: return "operator_command";
    }
    return "unknown";
}

BreakerKey key_of(const events::BreakerChanged& event) {
    return {event.scope, 0, event.venue, event.instrument, event.agent};
}

const Breaker& breaker(const Breakers& breakers, const BreakerKey& key) {
    static const Breaker closed;
    const auto found = breakers.all.find(key);
    return found == breakers.all.end() ? closed : found->second;
}

namespace {

// Of every account, while it is not known which one an order goes to.
bool every_account_trusted(const Breakers& breakers) {
    return std::none_of(breakers.all.begin(), breakers.all.end(), [](const auto& entry) {
        return entry.first.scope == BreakerScope::account &&
               entry.second.state == BreakerState::open;
    });
}

}  // namespace

BreakerView view(const Breakers& breakers, VenueId venue, InstrumentId instrument, AgentId agent,
                 ParentId own) {
    BreakerView seen;
    if (breakers.all.empty()) return seen;
    if (venue.is_none()) seen.account_trusted = every_account_trusted(breakers);
    for (const BreakerKey& key : breaker_parts::keys_of(venue, instrument, agent)) {
        const Breaker& one = breaker(breakers, key);
        if (one.state == BreakerState::open) {
            seen.open = true;
            seen.open_scopes = static_cast<std::uint8_t>(
                seen.open_scopes | (1U << static_cast<unsigned>(key.scope)));
            seen.causes |= one.causes;
            if (key.scope == BreakerScope::account) seen.account_trusted = false;
        } else if (one.state == BreakerState::half_open) {
            seen.half_open = true;
            seen.admits = seen.admits && (one.probe.is_none() || one.probe == own);
        }
    }
    return seen;
}

bool about_data(std::uint32_t causes) {
    return causes != 0 && (causes & ~breaker_parts::data_causes) == 0;
}

// ---- Apply -----------------------------------------------------------------------------------

namespace {

// What was counted toward an opening has been used up by it.
void forget(Breakers& breakers, const BreakerKey& key, Breaker& one, BreakerCause cause) {
    if (cause == BreakerCause::bad_fills) one.strike_at = {};
    if (cause == BreakerCause::rejects) breakers.rejected.erase(key);
    if (key.scope != BreakerScope::venue && key.scope != BreakerScope::account) return;
    VenueMemory& memory = breakers.venues[key.venue];
    memory.agreed = 0;
    if (cause != BreakerCause::unknown_outcomes) return;
    memory.unknown_at = {};
    memory.unknown = {};
}

void opened(Breaker& one, const events::BreakerChanged& event, Instant at) {
    if (event.from != BreakerState::open) {
        one.opened_at = at;
        one.wait = event.retry_at.is_none() ? Duration{} : event.retry_at - at;
        if (event.from == BreakerState::closed) one.causes = 0;
    }
    one.causes |= bit(static_cast<BreakerCause>(event.cause & 31U));
    one.manual = event.manual;
    one.retry_at = event.retry_at;
    one.opened_today = event.opened_today;
    one.clean = 0;
    one.probe = one.probed = ParentId{};
}

void closed(Breaker& one) {
    one.manual = false;
    one.causes = one.clean = 0;
    one.wait = Duration{};
    one.retry_at = Instant{};
    one.probe = one.probed = ParentId{};
}

}  // namespace

void apply(Breakers& breakers, const events::BreakerChanged& event, const RecordHead& head) {
    const BreakerKey key = key_of(event);
    Breaker& one = breakers.all[key];
    if (one.state == BreakerState::half_open) --breakers.half_open;
    if (event.to == BreakerState::half_open) ++breakers.half_open;
    const bool same = event.from == event.to;
    one.state = event.to;
    one.changed_at = head.at;
    switch (event.to) {
        case BreakerState::open:
            opened(one, event, head.at);
            return forget(breakers, key, one, static_cast<BreakerCause>(event.cause));
        case BreakerState::half_open:
            one.clean = same ? one.clean + 1 : 0;
            one.retry_at = Instant{};
            one.probed = ParentId{};
            return;
        case BreakerState::closed:
            if (same) return breaker_parts::remember(one.strike_at, head.at);
            return closed(one);
    }
}

void apply(Breakers& breakers, const events::Reconciled& event, const RecordHead&) {
    const bool agrees = event.orders_agree && event.fills_agree && event.balances_agree;
    std::uint64_t& agreed = breakers.venues[event.venue].agreed;
    agreed = agrees ? agreed + 1 : 0;
}

void apply(Breakers& breakers, const events::ParentClosed& event, const RecordHead&) {
    if (breakers.half_open == 0) return;
    for (auto& [key, one] : breakers.all) {
        if (one.probe != event.parent) continue;
        one.probed = one.probe;
        one.probe = ParentId{};
    }
}

void count_unknown(Breakers& breakers, const OrderOrigin& origin, Instant now) {
    VenueMemory& memory = breakers.venues[origin.venue];
    auto& seen = memory.unknown;
    if (std::find(seen.begin(), seen.end(), origin.order) != seen.end()) return;
    std::rotate(seen.begin(), seen.begin() + 1, seen.end());
    seen.back() = origin.order;
    breaker_parts::remember(memory.unknown_at, now);
}

void count_reject(Breakers& breakers, const OrderOrigin& origin, RejectReason reason,
                  Instant now) {
    if (reason == RejectReason::post_only_would_take) return;
    const BreakerKey key = breaker_parts::pair_key(origin.agent, origin.instrument);
    breaker_parts::remember(breakers.rejected[key], now);
}

void probe(Breakers& breakers, ParentId parent, const OrderOrigin& origin) {
    if (breakers.half_open == 0) return;
    for (const BreakerKey& key :
         breaker_parts::keys_of(origin.venue, origin.instrument, origin.agent)) {
        const auto found = breakers.all.find(key);
        if (found == breakers.all.end()) continue;
        Breaker& one = found->second;
        if (one.state == BreakerState::half_open && one.probe.is_none()) one.probe = parent;
    }
}

}  // namespace grekko::risk
