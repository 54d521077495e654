// Positions and money as others see them: an agent's sub-ledger in one instrument, and the book.
// Copies made by core/portfolio; the ledgers themselves stay there. Trading rules §1, §4.
// Agents see them through ports/agent_view.hpp; core/risk measures them.
#pragma once

#include <cstdint>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/ids.hpp"
#include "domain/instrument.hpp"

namespace grekko {

// One agent's (or the book's) virtual position in an instrument. Money in the quote currency.
struct Position {
    AgentId agent;
    InstrumentId instrument;
    Quantity quantity;          // signed
    Notional cost;              // signed: what the open quantity cost, exact
    Notional realised;          // since the start, fees not included
    Notional fees;              // in the instrument's quote currency at the fill
    Instant since;              // opening of the present position
    Notional favourable_max, adverse_max;  // MFE, MAE of the present position
    Price average() const;      // |cost / quantity|, zero when flat
};

inline Price Position::average() const {
    if (quantity.is_zero()) return Price{};
    return divide(cost.abs(), quantity.abs(), Rounding::half_even);
}

// The book in base currency.
struct BookView {
    Notional nav;               // N: cash + Σ position × mark − accrued costs
    Notional nav_day_start;     // at 00:00 UTC
    Notional limit_base;        // min(nav, nav_day_start)
    Rate nav_per_unit;
    Rate nav_per_unit_day_start;
    Rate nav_per_unit_peak;
    Rate drawdown;              // 1 − now / peak, ≥ 0
    Rate day_return;            // now / day start − 1
    bool stale{false};          // some held instrument's mark is stale: limits on loss do not move
    Notional traded_24h, fees_24h;
};

// One agent's account in base currency.
struct AgentBook {
    AgentId agent;
    Notional allocation;        // capital given to it
    Notional equity;            // allocation + realised + unrealised − fees
    Notional day_pnl;           // since 00:00 UTC
    Rate drawdown;              // of its allocation, from its peak
    std::uint32_t losing_run{0};  // losing round trips in a row
    std::uint32_t reserved{0};
};

}  // namespace grekko
