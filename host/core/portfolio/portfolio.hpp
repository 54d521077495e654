// Portfolio: ledgers of agents and venues, cash, units and NAV, and what every intent was worth
// (trading rules §1, §4, §9.1). Its state follows from events alone; it knows no prices but those
// handed in as marks, and places nothing. core/engine applies every event and asks for the views.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/portfolio/apply.hpp"  // IWYU pragma: export
#include "core/portfolio/state.hpp"
#include "domain/event.hpp"
#include "domain/instrument.hpp"
#include "domain/market_view.hpp"
#include "domain/position.hpp"

namespace grekko::portfolio {

struct Settings {
    Duration sample_every{Duration::minutes(1)};   // of NAV, equities and excursions
    Rate balance_tolerance_lots{1_rate};           // reported against booked, in lots
};

// M per instrument, by id; borrowed during the call. What is missing counts as unknown.
struct Marks {
    std::span<const Mark> by_instrument;
    Mark of(InstrumentId id) const {
        return id.value() < by_instrument.size() ? by_instrument[id.value()] : Mark{};
    }
};

State make_state(const Universe& universe);

// ---- Views. Money of BookView and AgentBook in base currency, of Position in quote currency. A
// currency without a known mark counts zero and makes the view stale.

BookView book(const State& state, const Marks& marks, Instant now);
// The same without the sums of the last day, which stay zero: for what looks at every mark.
BookView standing(const State& state, const Marks& marks);
AgentBook agent_book(const State& state, const Marks& marks, AgentId agent);
// agent none: the whole book's, from the venue ledgers.
Position position(const State& state, AgentId agent, InstrumentId instrument);
Quantity venue_quantity(const State& state, VenueId venue, InstrumentId instrument);
// What the venue should show: cash and spot positions with that base.
Decimal balance(const State& state, VenueId venue, Currency currency);
// Reported - booked; none while the venue has not reported.
std::optional<Decimal> balance_difference(const State& state, VenueId venue, Currency currency);
// §1: |q| below one lot, or |q| · M below the venue's minimum notional.
bool is_flat(Quantity quantity, const Listing& listing, const Mark& mark);
// amount in base currency; none where no mark leads there.
std::optional<Notional> in_base(const State& state, const Marks& marks, Decimal amount,
                                Currency currency);

// ---- Decisions: events to emit, in order.

struct Samples {
    std::optional<events::NavMarked> nav;          // none: the minute has not turned
    std::vector<events::AgentMarked> agents;
    std::vector<events::PositionMarked> positions;
};
// Once a minute, and at the first call of a UTC day. Cheap when nothing is due.
Samples sample(const State& state, const Settings& settings, const Marks& marks, Instant now);

// A deposit (amount > 0) or withdrawal at the NAV per unit of this moment: neither profit nor
// drawdown. None where the currency has no mark, or NAV and units do not allow it.
struct Transfer {
    VenueId venue;
    Currency currency;
    Decimal amount;
};
std::optional<events::TransferBooked> transfer(const State& state, const Marks& marks,
                                               const Transfer& transfer);

// Dust of an agent that nothing works for, to the house at mark; none: not flat, zero, stale mark.
std::optional<events::DustSwept> sweep(const State& state, AgentId agent, const Listing& listing,
                                       const Mark& mark);

// The next intent whose part is closed, or whose horizon is over: emit it and ask again until
// none. At the horizon what is open is valued at M and goes on as nobody's; a mark that is unknown
// delays that.
std::optional<events::IntentClosed> next_closed(const State& state, const Marks& marks,
                                                Instant now);
Instant next_horizon(const State& state);          // none: no intent is open
Notional net(const events::IntentClosed& closed);  // signal − delay − execution − fees − funding

// ---- Attribution: nav = transfers + closed + open + loose + currency, to the last digit. In base
// currency; `currency` is what marks of other currencies than the base did to cash and results in
// them, zero where there are none.
struct Attribution {
    Notional nav, transfers;
    Notional closed;           // Σ net of intents closed so far
    Notional open;             // of intents not closed, at mark
    Notional loose;            // operator, house, foreign fills, lots beyond their horizon
    Notional currency;
};
Attribution attribution(const State& state, const Marks& marks);

// ---- Invariants (§4, §12), after every event; `unallocated` after every step.
enum class Broken : std::uint8_t { none = 0, position_sum, unallocated, spot_negative, lots, cash };
struct Violation {
    Broken what{};
    InstrumentId instrument;   // or none
    AgentId agent;
};
enum class Moment : std::uint8_t { event = 1, step };
Violation check_invariants(const State& state, Moment moment);

}  // namespace grekko::portfolio
