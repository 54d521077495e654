// Start-up, the one path for a first start and for a restart: load the snapshot, replay the journal
// after it, compare digests, open a new incarnation, put the agents on the roster. Trading begins
// only when every venue has been reconciled: the engine sees to that. The commands call it.
#pragma once

#include <string>
#include <vector>

#include "ports/journal.hpp"
#include "runtime/enrol.hpp"

namespace grekko::runtime {

struct Recovery {
    Sequence snapshot;        // none: everything was replayed
    Sequence refused;         // a snapshot that does not give its digest; none: there was none
    Sequence last;            // none: a fresh journal
    std::uint64_t records{0}; // replayed after the snapshot
    Instant at;               // of the last record
    TapePosition position;    // of the last input
};

// Rebuilds the engine's state from the journal. corrupt: a record that this version does not know,
// or records out of order. A snapshot of another layout, or one whose state has another digest than
// it says, is passed over for a full replay: the journal alone is the truth.
Result<Recovery> recover(engine::Engine& engine, ports::Journal& journal);

struct Deposit {
    VenueId venue;
    Currency currency;
    Decimal amount;
};
struct Opening {
    std::uint64_t incarnation{0}; // 40 bits; of the seed in a backtest
    std::string version, config_hash;
    Instant live_from; // market data before it is history; none: all is live
    std::vector<Enrolment> agents;
    std::vector<Deposit> deposits; // of simulated venues, on a fresh journal alone
};

// Opens the incarnation and starts the agents at `at`; those that an earlier start of the book had
// and this one has not are stopped. already_exists: two agents of one name.
Result<void> open_book(Driver& driver, engine::Engine& engine, const Opening& opening, Instant at);

} // namespace grekko::runtime
