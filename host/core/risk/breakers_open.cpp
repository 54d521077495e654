// The rows of the table of §5.3: when each breaker opens.
#include "core/risk/breakers_parts.hpp"
#include "core/risk/money.hpp"

namespace grekko::risk {

using events::BreakerState;
using namespace breaker_parts;

namespace breaker_parts {

events::BreakerChanged change(const Breakers& breakers, const BreakerKey& key, BreakerState to,
                              BreakerCause cause) {
    const Breaker& one = breaker(breakers, key);
    events::BreakerChanged event;
    event.scope = key.scope;
    event.venue = key.venue;
    event.instrument = key.instrument;
    event.agent = key.agent;
    event.from = one.state;
    event.to = to;
    event.manual = one.manual;
    event.opened_today = one.opened_today;
    event.cause = static_cast<std::uint32_t>(cause);
    event.retry_at = one.retry_at;
    event.reason = name(cause);
    return event;
}

namespace {

constexpr Duration day = Duration::days(1);

std::uint16_t openings_before(const Breaker& one, Instant now) {
    return one.opened_at.floor(day) == now.floor(day) ? one.opened_today : std::uint16_t{0};
}

// A cause joins what is open already, or comes again.
BreakerEvents join(const Breakers& breakers, const BreakerSettings& settings,
                   const Opening& opening, Instant now) {
    const Breaker& one = breaker(breakers, opening.key);
    const bool known = (one.causes & bit(opening.cause)) != 0;
    const bool manual = one.manual || opening.reset == Reset::manual;
    const Instant retry = now + opening.wait;
    if (known && (manual || retry - one.retry_at < settings.clean_recheck)) {
        if (manual == one.manual) return {};
    }
    events::BreakerChanged event = change(breakers, opening.key, BreakerState::open,
                                          opening.cause);
    event.manual = manual;
    event.retry_at = manual ? Instant{} : std::max(one.retry_at, retry);
    return {event};
}

}  // namespace

BreakerEvents open(const Breakers& breakers, const BreakerSettings& settings,
                   const Opening& opening, Instant now) {
    const Breaker& one = breaker(breakers, opening.key);
    if (one.state == BreakerState::open) return join(breakers, settings, opening, now);
    Duration wait = opening.wait;
    if (one.state == BreakerState::half_open) {
        wait = std::max({wait, one.wait * 2, settings.failed_wait_min});
    }
    wait = std::min(wait, settings.wait_max);
    events::BreakerChanged event = change(breakers, opening.key, BreakerState::open,
                                          opening.cause);
    const std::uint16_t before = openings_before(one, now);
    event.opened_today =
        before == UINT16_MAX ? before : static_cast<std::uint16_t>(before + 1U);
    event.manual = opening.reset == Reset::manual ||
                   (settings.manual_from > 0 && event.opened_today >= settings.manual_from);
    event.retry_at = event.manual ? Instant{} : now + wait;
    return {event};
}

}  // namespace breaker_parts

namespace {

// Rejects and bad fills: 5 min, then 30 min in the same day.
Duration pair_wait(const Breakers& breakers, const BreakerSettings& settings,
                   const BreakerKey& key, Instant now) {
    return openings_before(breaker(breakers, key), now) == 0
               ? settings.agent_instrument_wait
               : settings.agent_instrument_wait_again;
}

}  // namespace

BreakerEvents on_data(const Breakers& breakers, const BreakerSettings& settings,
                      const DataCondition& condition, Instant now) {
    BreakerCause cause = BreakerCause::none;
    if (condition.crossed_for > settings.data_crossed_max) cause = BreakerCause::data_crossed;
    if (condition.stale_for > settings.data_stale_max) cause = BreakerCause::data_stale;
    if (condition.gapped) cause = BreakerCause::data_gap;
    if (cause == BreakerCause::none) return {};
    if (condition.instrument.is_none() && condition.venue.is_none()) return {};
    const BreakerKey key = condition.instrument.is_none() ? venue_key(condition.venue)
                                                          : instrument_key(condition.instrument);
    return open(breakers, settings, {key, cause, settings.data_clean}, now);
}

BreakerEvents on_unknown_outcome(const Breakers& breakers, const BreakerSettings& settings,
                                 VenueId venue, Instant now) {
    const auto memory = breakers.venues.find(venue);
    if (venue.is_none() || memory == breakers.venues.end()) return {};
    const BreakerKey key = venue_key(venue);
    const std::uint32_t seen =
        count_within(memory->second.unknown_at, now, settings.unknown_window);
    if (seen < needed(settings.unknown_outcomes, is_half_open(breakers, key))) return {};
    return open(breakers, settings, {key, BreakerCause::unknown_outcomes, {}}, now);
}

BreakerEvents on_venue(const Breakers& breakers, const BreakerSettings& settings,
                       const VenueCondition& condition, Instant now) {
    if (condition.venue.is_none()) return {};
    const Duration offset = condition.clock_offset;
    BreakerCause cause = BreakerCause::none;
    if (offset > settings.clock_offset_max || Duration{} - offset > settings.clock_offset_max) {
        cause = BreakerCause::clock;
    }
    if (!condition.private_alive) cause = BreakerCause::private_lost;
    if (!condition.connected || !condition.rest_alive) cause = BreakerCause::venue_lost;
    if (cause == BreakerCause::none) return {};
    return open(breakers, settings, {venue_key(condition.venue), cause, {}}, now);
}

BreakerEvents on_account_mismatch(const Breakers& breakers, const BreakerSettings& settings,
                                  const AccountCondition& condition, Instant now) {
    if (condition.venue.is_none() || condition.order_in_flight) return {};
    if (condition.difference.abs() <= condition.lot) return {};
    if (condition.lasted < settings.mismatch_for) return {};
    return open(breakers, settings,
                {account_key(condition.venue), BreakerCause::account_mismatch, {}}, now);
}

BreakerEvents on_foreign_fill(const Breakers& breakers, const BreakerSettings& settings,
                              VenueId venue, Instant now) {
    if (venue.is_none()) return {};
    return open(breakers, settings, {account_key(venue), BreakerCause::foreign_fill, {}}, now);
}

BreakerEvents on_venue_reject(const Breakers& breakers, const BreakerSettings& settings,
                              AgentId agent, InstrumentId instrument, Instant now) {
    const BreakerKey key = pair_key(agent, instrument);
    const auto rejected = breakers.rejected.find(key);
    if (rejected == breakers.rejected.end()) return {};
    const std::uint32_t seen = count_within(rejected->second, now, settings.rejects_window);
    if (seen < needed(settings.rejects, is_half_open(breakers, key))) return {};
    const Duration wait = pair_wait(breakers, settings, key, now);
    return open(breakers, settings, {key, BreakerCause::rejects, wait}, now);
}

BreakerEvents on_fill(const Breakers& breakers, const BreakerSettings& settings,
                      const FillQuality& fill, Instant now) {
    if (!fill.mark.is_positive() || fill.agent.is_none()) return {};
    const Price worse = fill.side == Side::buy ? fill.price - fill.mark : fill.mark - fill.price;
    const Rate slipped{
        quotient(worse.decimal(), fill.mark.decimal(), Rounding::half_even)};
    const Rate allowed = scaled(fill.estimate, settings.bad_fill_factor, Rounding::half_even) +
                         settings.bad_fill_margin;
    if (slipped <= allowed) return {};
    const BreakerKey key = pair_key(fill.agent, fill.instrument);
    const Breaker& one = breaker(breakers, key);
    if (one.state == BreakerState::open) return {};
    const std::uint32_t seen =
        count_within(one.strike_at, now, settings.bad_fills_window) + 1;
    if (seen < needed(settings.bad_fills, one.state == BreakerState::half_open)) {
        return {change(breakers, key, one.state, BreakerCause::bad_fills)};
    }
    const Duration wait = pair_wait(breakers, settings, key, now);
    return open(breakers, settings, {key, BreakerCause::bad_fills, wait}, now);
}

BreakerEvents on_checks(const Breakers& breakers, const BreakerSettings& settings, AgentId agent,
                        CheckSet checks, Instant now) {
    BreakerCause cause = BreakerCause::none;
    if (has(checks, Check::losing_run)) cause = BreakerCause::losing_run;
    if (has(checks, Check::agent_loss)) cause = BreakerCause::agent_loss;
    if (has(checks, Check::repetition)) cause = BreakerCause::repetition;
    if (cause == BreakerCause::none || agent.is_none()) return {};
    return open(breakers, settings, {agent_key(agent), cause, {}, Reset::manual}, now);
}

BreakerEvents on_faults(const Breakers& breakers, const BreakerSettings& settings, AgentId agent,
                        std::uint32_t faults_10min, Instant now) {
    const BreakerKey key = agent_key(agent);
    if (agent.is_none() || faults_10min == 0) return {};
    if (faults_10min < settings.faults && !is_half_open(breakers, key)) return {};
    return open(breakers, settings, {key, BreakerCause::faults, settings.faults_wait}, now);
}

BreakerEvents on_price_move(const Breakers& breakers, const BreakerSettings& settings,
                            const PriceMove& move, Instant now) {
    if (!move.before.is_positive() || !move.now.is_positive()) return {};
    const Price most = scaled(move.before, settings.price_move, Rounding::floor);
    if ((move.now - move.before).abs() < most) return {};
    return open(breakers, settings,
                {global_key(), BreakerCause::price_move, settings.price_move_wait}, now);
}

BreakerEvents on_journal_latency(const Breakers& breakers, const BreakerSettings& settings,
                                 const JournalLatency& journal, Instant now) {
    if (journal.p99 <= settings.journal_latency_max) return {};
    if (journal.lasted < settings.journal_slow_for) return {};
    return open(breakers, settings,
                {global_key(), BreakerCause::journal_slow, settings.resource_wait}, now);
}

BreakerEvents on_disk(const Breakers& breakers, const BreakerSettings& settings,
                      DiskReserve reserve, Instant now) {
    if (reserve == DiskReserve::enough) return {};
    return open(breakers, settings,
                {global_key(), BreakerCause::disk_low, settings.resource_wait}, now);
}

BreakerEvents on_par(const Breakers& breakers, const BreakerSettings& settings, Rate deviation,
                     Instant now) {
    if (deviation.abs() < settings.par_deviation) return {};
    return open(breakers, settings, {global_key(), BreakerCause::quote_par, {}, Reset::manual},
                now);
}

BreakerEvents on_limit_by_price(const Breakers& breakers, const BreakerSettings& settings,
                                InstrumentId instrument, CheckSet passed, Instant now) {
    constexpr CheckSet here = bit(Check::instrument) | bit(Check::virtual_gross);
    if ((passed & here) == 0 || instrument.is_none()) return {};
    return open(breakers, settings,
                {instrument_key(instrument), BreakerCause::limit_by_price, settings.limit_wait},
                now);
}

BreakerEvents on_agent_limit_by_price(const Breakers& breakers, const BreakerSettings& settings,
                                      AgentId agent, Instant now) {
    if (agent.is_none()) return {};
    return open(breakers, settings,
                {agent_key(agent), BreakerCause::limit_by_price, settings.limit_wait}, now);
}

}  // namespace grekko::risk
