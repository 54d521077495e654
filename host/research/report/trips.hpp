// Trips: an agent's fills in one instrument put together to round trips, from flat to flat. Exact
// amounts in the quote currency; a trade through zero ends one trip and begins the next. It is not
// the ledger: core/portfolio is, and its invariants are checked there.
// The collector feeds it.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "domain/ids.hpp"
#include "domain/market.hpp"

namespace grekko::report {

struct Trip {
    AgentId agent;
    InstrumentId instrument;
    Side side{Side::buy};
    bool open{true};
    Instant opened, closed;
    Quantity quantity;       // signed, now
    Quantity entered, left;  // sums of what went in and out
    Notional paid, received; // values of what went in and out
    Notional fees, funding;
    Notional kept;    // what units that venues kept as fees were worth
    Notional at_risk; // Σ quantity · |price - stop| over entries with a stop
    IntentId intent;  // of the first entry
    double adverse{0}, favourable{0};
    Notional gross() const;            // of what has left; the open rest is not valued
    Price entry() const, exit() const; // means, zero where nothing went in or out
};

struct TripTrade {
    AgentId agent;
    InstrumentId instrument;
    Side side{Side::buy};
    Quantity quantity;  // > 0
    Notional value;     // > 0
    Notional fee;       // quote currency
    Quantity fee_units; // of the base, where the venue took its fee there
    IntentId intent;
    Price stop; // zero: none
    Instant at;
};

class Trips {
public:
    void trade(const TripTrade& trade);
    void fund(AgentId agent, InstrumentId instrument, Notional paid);
    // Lowest and highest price since `since` (equal for a mark), to widen MAE and MFE of the trips
    // that were open all that time.
    void range(InstrumentId instrument, Instant since, double low, double high);
    // What core/portfolio measured at a mark.
    void unrealised(AgentId agent, InstrumentId instrument, double value);

    const std::vector<Trip>& closed() const { return closed_; }
    std::vector<Trip> open() const;

private:
    using Key = std::pair<InstrumentId, AgentId>;
    void book(Trip& trip, const TripTrade& trade);
    void close(std::map<Key, Trip>::iterator place, Instant at);

    std::map<Key, Trip> open_;
    std::vector<Trip> closed_;
};

} // namespace grekko::report
