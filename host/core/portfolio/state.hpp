// The ledgers: who holds what at which cost, cash and units, and what every intent has earned so
// far. Plain data in ordered maps, rebuilt from events alone. What changes it is apply() of
// portfolio.hpp; others read it through the views there.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "base/assert.hpp"
#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/ids.hpp"
#include "domain/instrument.hpp"
#include "domain/market.hpp"

namespace grekko::portfolio {

using AgentKey = std::pair<AgentId, InstrumentId>;
using VenueKey = std::pair<VenueId, InstrumentId>;
using AccountKey = std::pair<VenueId, Currency>;

// What the ledgers must know of an instrument.
struct InstrumentFacts {
    Currency base, quote;
    Quantity contract_size;
    InstrumentKind kind{InstrumentKind::spot};
    std::uint8_t reserved[7]{};
};

// How a currency becomes base currency: times the mark of an instrument, or divided by it, in at
// most two steps. Base currency itself has none.
struct Conversion {
    std::array<InstrumentId, 2> instruments;
    std::array<bool, 2> divides{};
    std::uint8_t steps{0};
    std::uint8_t reserved{0};
};

// A quantity and its exact cost. Cost leaves in proportion, rounded once, and what the rounding
// left stays in the ledger: with the last unit the last digit goes. So at every moment
// realised - cost - fees + fees_elsewhere - funding = all quote currency that ever came in.
struct Ledger {
    Quantity quantity;          // signed
    Notional cost;              // of the open quantity, same sign
    Notional realised;          // without fees
    Notional fees;              // all, in quote currency
    Notional fees_elsewhere;    // the part of them paid in neither base nor quote currency
    Notional funding;           // positive = paid
    Instant since;              // opening of the present position
    Notional opened_net;        // realised - fees - funding when it was opened
    Notional favourable_max, adverse_max;  // of unrealised PnL, ≥ 0 and ≤ 0
    Notional net() const { return realised - fees - funding; }
};

// The open part of an intent. First in, first out.
struct Lot {
    IntentId intent;            // none: nobody's intent, or one that was closed at its horizon
    Quantity quantity;          // signed
};

struct Account {
    Decimal cash;               // by our own books
    Decimal transferred;        // Σ transfers in that
    Decimal reported, held;     // by the venue
    Instant reported_at;        // none: never
};

// PnL of an intent so far = flow + ended - fees - funding + open quantity at mark.
struct Flow {
    Notional flow;              // quote currency received (+) and paid (-) by its fills
    Notional ended;             // value of its lots when they were closed, signed as the lots
    Notional fees, funding;
    Quantity open;              // signed
};

struct IntentState {
    AgentId agent;
    InstrumentId instrument;
    Side side{Side::buy};
    std::uint8_t reserved[3]{};
    std::uint32_t working{0};   // parents
    std::uint32_t reserved2{0};
    Quantity requested, filled; // filled: gross, what fees in base took included
    Notional value;             // Σ price × quantity of its own fills
    Price proposed, decided;    // M0, M1
    Instant horizon;
    Flow flow;
};

struct AgentState {
    Notional allocation;
    Notional equity_peak, equity_day_start;
    std::uint32_t losing_run{0};
    bool marked{false};         // peak and day start are known
    std::uint8_t reserved[3]{};
};

// More open intents than this are not told apart: their fills count as nobody's.
inline constexpr std::size_t intents_max = 65'536;

// Traded value and fees in quarters of an hour over 24 h, one currency.
struct Turnover {
    static constexpr std::int64_t count = 97;  // the present quarter and 96 whole ones
    std::int64_t newest{0};
    std::array<Notional, count> traded, fees;
};

struct State {
    // Configuration, not events.
    Currency base_currency;
    std::vector<InstrumentFacts> instruments;      // by id
    std::map<Currency, Conversion> conversions;    // what has no way to base currency is absent

    std::map<AgentKey, Ledger> ledgers;            // Σ over agents = Σ over venues + unallocated
    std::map<AgentKey, std::deque<Lot>> lots;
    std::map<VenueKey, Ledger> venues;
    std::map<VenueKey, Quantity> unallocated;      // filled, no share of it booked yet
    std::map<AccountKey, Account> accounts;
    std::map<Currency, Decimal> fees_elsewhere;    // paid in it by trades of other currencies

    Decimal units;
    Notional transferred;                          // base currency at the time, Σ
    Notional nav_day_start;
    Rate per_unit_day_start, per_unit_peak, per_unit_last;
    Instant nav_at;                                // none: never marked
    Instant funded_at;                             // none: no unit was ever issued

    std::map<AgentId, AgentState> agents;
    std::map<IntentId, IntentState> intents;
    std::set<std::pair<Instant, IntentId>> horizons;
    std::set<IntentId> due;
    std::map<ParentId, std::vector<IntentId>> parents;
    std::map<InstrumentId, Flow> loose;            // of lots without an intent
    std::map<Currency, Notional> closed;           // Σ net of closed intents, quote currency
    std::map<Currency, Turnover> turnover;

    const InstrumentFacts& facts(InstrumentId id) const {
        ASSERT(id.value() < instruments.size());
        return instruments[id.value()];
    }
    void fields(auto& archive) {
        archive(base_currency, instruments, conversions, ledgers, lots, venues, unallocated);
        archive(accounts, fees_elsewhere, units, transferred, nav_day_start, per_unit_day_start);
        archive(per_unit_peak, per_unit_last, nav_at, agents, intents, horizons, due, parents);
        archive(loose, closed, turnover, funded_at);
    }
};

}  // namespace grekko::portfolio
