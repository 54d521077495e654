// Circuit breakers (trading rules §5.3): closed → open → half open → closed, one a scope. They
// stop increases in their scope and say why; they send nothing and never stop an exit. What opens
// one is a function a row below; every answer is events to emit in order. State comes from events
// alone. Not the state of the book: book_state.hpp follows from global and account breakers.
// core/engine calls it.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "core/risk/check.hpp"
#include "domain/command.hpp"
#include "domain/event/risk.hpp"
#include "domain/event/system.hpp"
#include "domain/event/trading.hpp"
#include "domain/market_view.hpp"
#include "domain/record.hpp"

namespace grekko::risk {

// BreakerChanged::cause.
enum class BreakerCause : std::uint32_t {
    none = 0, data_stale, data_gap, data_crossed,                 // instrument, venue
    unknown_outcomes, venue_lost, private_lost, clock,            // venue
    account_mismatch, foreign_fill,                               // account
    rejects, bad_fills,                                           // agent, instrument
    repetition, agent_loss, losing_run, faults,                   // agent: 20, 37, 40
    price_move, journal_slow, disk_low, quote_par,                // global
    limit_by_price,                                               // instrument, agent
    operator_command                                              // any
};
// "data_stale", …; "unknown" for a number that is none.
std::string_view name(BreakerCause cause);
constexpr std::uint32_t bit(BreakerCause cause) {
    return std::uint32_t{1} << static_cast<std::uint32_t>(cause);
}

struct BreakerSettings {
    // What opens one.
    Duration data_stale_max{Duration::seconds(5)};
    Duration data_crossed_max{Duration::seconds(1)};
    std::uint32_t unknown_outcomes{3};                       // orders in doubt within
    Duration unknown_window{Duration::seconds(60)};
    Duration clock_offset_max{Duration::seconds(1)};
    Duration mismatch_for{Duration::seconds(10)};            // > 1 lot, no order in flight
    std::uint32_t rejects{5};                                // of a venue, post-only not counted
    Duration rejects_window{Duration::seconds(60)};
    std::uint32_t bad_fills{3};
    Duration bad_fills_window{Duration::hours(1)};
    Rate bad_fill_factor{3_rate};                            // x the estimate of spread and impact
    Rate bad_fill_margin{0.0010_rate};                       // + 10 bp of price
    std::uint32_t faults{5};
    Duration faults_window{Duration::minutes(10)};
    Rate price_move{0.08_rate};                              // of a held instrument in 5 min
    Duration journal_latency_max{Duration::milliseconds(100)};  // commit p99
    Duration journal_slow_for{Duration::seconds(10)};
    Rate par_deviation{0.03_rate};                           // of a stable quote

    // How one closes again. A wait doubles with each failure.
    Duration data_clean{Duration::seconds(30)};
    Duration clean_recheck{Duration::seconds(5)};            // a reset is moved at most so often
    std::uint32_t reconciliations{2};                        // that agree, in a row
    Duration agent_instrument_wait{Duration::minutes(5)};
    Duration agent_instrument_wait_again{Duration::minutes(30)};
    Duration faults_wait{Duration::minutes(5)};
    Duration price_move_wait{Duration::minutes(15)};
    Duration resource_wait{Duration::seconds(10)};           // journal, disk
    Duration limit_wait{Duration::minutes(1)};               // limit passed by price
    Duration failed_wait_min{Duration::seconds(30)};         // where a first opening waits less
    Duration wait_max{Duration::hours(1)};
    std::uint32_t completions{3};                            // clean increases that close it
    Rate half_open_share{0.10_rate};                         // of the normal limit, one at a time
    std::uint32_t manual_from{3};  // this opening of a day waits for an operator, 0: never
};

// Settings that count more occurrences than this count so many.
inline constexpr std::size_t occurrences_kept = 8;

// What a breaker is about; ids that its scope does not use are none.
struct BreakerKey {
    events::BreakerScope scope{events::BreakerScope::global};
    std::uint8_t reserved{0};
    VenueId venue;
    InstrumentId instrument;
    AgentId agent;
    auto operator<=>(const BreakerKey&) const = default;
};
BreakerKey key_of(const events::BreakerChanged& event);

struct Breaker {
    events::BreakerState state{events::BreakerState::closed};
    bool manual{false};
    std::uint16_t opened_today{0};
    std::uint32_t causes{0};        // bits of BreakerCause since it last closed
    std::uint32_t clean{0};         // clean completions while half open
    std::uint32_t reserved{0};
    Duration wait;                  // of the last opening; doubles when a half open one fails
    Instant opened_at, changed_at;
    Instant retry_at;               // not before it; none: manual
    ParentId probe;                 // the one increase at work while half open
    ParentId probed;                // the one that ended last
    std::array<Instant, occurrences_kept> strike_at{};  // bad fills, newest last
};

// Occurrences that have events of their own.
struct VenueMemory {
    std::array<Instant, occurrences_kept> unknown_at{};  // of orders in doubt, newest last
    std::array<OrderId, occurrences_kept> unknown{};
    std::uint64_t agreed{0};              // reconciliations in a row
};

struct Breakers {
    std::map<BreakerKey, Breaker> all;         // that ever opened or counted
    std::map<VenueId, VenueMemory> venues;
    std::map<BreakerKey, std::array<Instant, occurrences_kept>> rejected;  // (agent, instrument)
    std::uint64_t half_open{0};                // how many are
    void fields(auto& archive) { archive(all, venues, rejected, half_open); }
};

// Closed where it never opened.
const Breaker& breaker(const Breakers& breakers, const BreakerKey& key);

// ---- What an order meets ---------------------------------------------------------------------
struct BreakerView {
    bool open{false};              // no increase: BookConditions::breaker_open
    bool half_open{false};
    bool admits{true};             // half open, and no other increase is at work in its scope
    bool account_trusted{true};    // false: the host cannot trust its own books there (§5.4)
    std::uint8_t open_scopes{0};   // bit n: BreakerScope n is open
    std::uint32_t causes{0};       // of all that are open
};
// None for the venue: not routed yet, venue and account breakers are not asked (account_trusted
// then speaks of every account). `own`: the parent of a child, which may go on.
BreakerView view(const Breakers& breakers, VenueId venue, InstrumentId instrument, AgentId agent,
                 ParentId own = {});

// Only bad data, nothing that an order or a person did.
bool about_data(std::uint32_t causes);

// ---- What opens them: a function a row of the table ------------------------------------------
using BreakerEvents = std::vector<events::BreakerChanged>;

// Instrument with no venue: the instrument's breaker; venue with no instrument: the venue's. While
// the breaker is open its reset moves on, so that it comes after 30 s of clean data.
struct DataCondition {
    InstrumentId instrument;
    VenueId venue;
    Duration stale_for, crossed_for;   // zero: neither
    bool gapped{false};
};
BreakerEvents on_data(const Breakers&, const BreakerSettings&, const DataCondition&, Instant now);

// After OrderUnknown was applied.
BreakerEvents on_unknown_outcome(const Breakers&, const BreakerSettings&, VenueId, Instant now);

struct VenueCondition {
    VenueId venue;
    bool connected{false}, private_alive{false}, rest_alive{false};
    Duration clock_offset;             // signed
};
BreakerEvents on_venue(const Breakers&, const BreakerSettings&, const VenueCondition&,
                       Instant now);

struct AccountCondition {
    VenueId venue;
    Quantity difference;               // signed, venue − ledger
    Quantity lot;
    Duration lasted;
    bool order_in_flight{false};
};
BreakerEvents on_account_mismatch(const Breakers&, const BreakerSettings&,
                                  const AccountCondition&, Instant now);
BreakerEvents on_foreign_fill(const Breakers&, const BreakerSettings&, VenueId, Instant now);

// After OrderRejected was applied.
BreakerEvents on_venue_reject(const Breakers&, const BreakerSettings&, AgentId, InstrumentId,
                              Instant now);

// A fill against what was expected: M when it was decided, and the estimated half spread and impact
// as a fraction of price (fees aside). A bad one is an event even where it does not open.
struct FillQuality {
    AgentId agent;
    InstrumentId instrument;
    Side side{Side::buy};
    Price price, mark;
    Rate estimate;
};
BreakerEvents on_fill(const Breakers&, const BreakerSettings&, const FillQuality&, Instant now);

// Assessment::agent_breakers(): 20, 37 and 40 open the agent's breaker, manual.
BreakerEvents on_checks(const Breakers&, const BreakerSettings&, AgentId, CheckSet, Instant now);
// After AgentFaulted: its count over 10 min.
BreakerEvents on_faults(const Breakers&, const BreakerSettings&, AgentId,
                        std::uint32_t faults_10min, Instant now);

// Mid now and 5 min ago of a held instrument; zero: unknown.
struct PriceMove {
    Price now, before;
};
BreakerEvents on_price_move(const Breakers&, const BreakerSettings&, const PriceMove&,
                            Instant now);
// Of commits, and for how long it has been above the limit.
struct JournalLatency {
    Duration p99, lasted;
};
BreakerEvents on_journal_latency(const Breakers&, const BreakerSettings&, const JournalLatency&,
                                 Instant now);
enum class DiskReserve : std::uint8_t { enough = 1, low };
BreakerEvents on_disk(const Breakers&, const BreakerSettings&, DiskReserve, Instant now);
// |1 − price of a stable quote currency|.
BreakerEvents on_par(const Breakers&, const BreakerSettings&, Rate deviation, Instant now);

// MarkFindings::passed of one instrument: 23 and 25 beyond 1.25 × open the instrument's breaker.
BreakerEvents on_limit_by_price(const Breakers&, const BreakerSettings&, InstrumentId,
                                CheckSet passed, Instant now);
// An AgentFinding beyond 1.25 × opens the agent's.
BreakerEvents on_agent_limit_by_price(const Breakers&, const BreakerSettings&, AgentId,
                                      Instant now);

// ---- What closes them ------------------------------------------------------------------------
// Open ones without `manual`: the engine fills CleanConditions for each and asks due().
std::vector<BreakerKey> waiting(const Breakers&);
// The earliest reset after now; none: nothing to wait for but conditions.
Instant next_due(const Breakers&, Instant now);

// The present state of what opened it. Only what its scope needs is read.
struct CleanConditions {
    bool data_clean{false};            // fresh, no gap, not crossed
    VenueCondition venue;
    bool account_agrees{true};         // no difference beyond a lot now
    bool resources_good{false};        // journal fast, disk above its reserve
    bool below_limits{false};          // of limit_by_price: below 1.0 × again
};
// Open → half open when its wait is over and its causes are gone. Where its data is not clean yet
// the reset moves on by 30 s; for other causes ask again when they change.
std::optional<events::BreakerChanged> due(const Breakers&, const BreakerSettings&,
                                          const BreakerKey&, const CleanConditions&, Instant now);

// A parent of increases ended, after ParentClosed was applied. Failed: a reject, an unknown
// outcome, a bad fill or what would open the breaker anew. No fill and no failure: do not call.
enum class Completion : std::uint8_t { clean = 1, failed };
struct CompletionScope {
    ParentId parent;
    VenueId venue;                     // that filled it
    InstrumentId instrument;
    AgentId agent;
};
BreakerEvents on_completion(const Breakers&, const BreakerSettings&, const CompletionScope&,
                            Completion, Instant now);

// reset_breaker and open_breaker: scope and ids as in the command. Refused without a principal or
// reason, for a scope whose ids are missing, and for a reset of what is closed.
struct BreakerDecision {
    std::optional<events::BreakerChanged> event;
    std::string_view refusal;          // empty where done
};
BreakerDecision on_command(const Breakers&, const BreakerSettings&, const Command&, Instant now);
// What an accepted resume closes with the book: the global breaker and those of accounts. Emit
// these and the BookStateChanged, then ask on_breakers().
BreakerEvents on_resume(const Breakers&, const Command&);

void apply(Breakers&, const events::BreakerChanged&, const RecordHead&);
void apply(Breakers&, const events::Reconciled&, const RecordHead&);
void apply(Breakers&, const events::ParentClosed&, const RecordHead&);
// With what the event does not say, from the exposure's open orders and parents.
struct OrderOrigin {
    OrderId order;
    VenueId venue;
    InstrumentId instrument;
    AgentId agent;
};
void count_unknown(Breakers&, const OrderOrigin&, Instant now);
void count_reject(Breakers&, const OrderOrigin&, RejectReason, Instant now);
// An increase began to work: the probe of every half open breaker it meets.
void probe(Breakers&, ParentId, const OrderOrigin&);

}  // namespace grekko::risk
