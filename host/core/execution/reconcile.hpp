// Reconciliation with a venue as a machine without I/O: when to ask for a snapshot, what the answer
// means, and what is booked or queried (§7). Its run is not part of the state: a restart begins a
// new one, and all that lasts is in events. core/engine holds one Run a venue and feeds it every
// report of the venue after on_report, and its timer.
#pragma once

#include <map>
#include <set>
#include <span>

#include "core/execution/outcome.hpp"
#include "core/execution/settings.hpp"
#include "core/execution/state.hpp"

namespace grekko::execution {

enum class RunPhase : std::uint8_t { idle = 1, asked, reading };

struct Run {
    VenueId venue;
    RunPhase phase{RunPhase::idle};
    Instant asked_at;
    Instant ended_at;    // the last one that ended
    Instant compared_at; // balances
    bool agreed{false};
    std::uint32_t foreign{0}; // orders of others, in the run being read
    bool first{false};        // no balance was ever known: what is there is the opening
    std::set<OrderId> seen;
    std::set<OrderId> outlived; // open at the venue, ended here
    std::set<OrderId> doubtful; // unknown when the snapshot began
    std::map<Currency, BalanceRecord> balances;
    struct Difference {
        Decimal amount;
        Instant since;
        bool opening{false}; // first seen when no balance was known
    };
    std::map<Currency, Difference> differences;
};

// What the ledger says the venue holds, for one currency.
struct ExpectedBalance {
    Currency currency;
    Decimal total;
    Decimal tolerance; // one lot, or one smallest unit of money
    bool valued{true}; // a transfer of it can be given units now; else it waits
};

// A report of kind connected … clock, snapshot_begin, balance, snapshot_end, or of an order (noted
// as seen). `expected` is read at snapshot_end alone. A TransferBooked leaves here without units:
// core/portfolio knows the NAV per unit, and the engine puts its event in the place of this one.
Outcome on_venue_report(const State& state, const Settings& settings, Run& run,
                        const VenueReport& report, std::span<const ExpectedBalance> expected,
                        Instant now);
// Whether the next snapshot compares balances; while they agree that is seldom.
bool balances_due(const Settings& settings, const Run& run, Instant now);
// At the timer: asks for a snapshot where one is due, again where one did not end.
Outcome on_reconcile_timer(const State& state, const Settings& settings, Run& run,
                           const VenueSpec& venue, Instant now);
// When to call on_reconcile_timer next; doubt about an order or a reconnect makes it sooner.
Instant reconcile_due(const State& state, const Settings& settings, const Run& run,
                      const VenueSpec& venue);

} // namespace grekko::execution
