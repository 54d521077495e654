// Worst-case exposure in money: quantities of Exposure times marks, summed for the book, clusters
// and agents, kept up to date by events and by marks. It is derived from the two and from nothing
// else: not archived, not in the digest; after a restore every mark is given again.
// assess() and on_mark() read the sums.
#pragma once

#include <cstdint>
#include <vector>

#include "base/decimal.hpp"
#include "core/risk/exposure.hpp"

namespace grekko::risk {

// What one unit of quantity is worth in base currency. `scale` = contract size × value of the
// quote currency, `mark` in the quote currency.
struct Worth {
    Price mark;
    Rate scale{1_rate};
};

// Base currency. Values use the mark rounded up to a grid of about 1 bp (2^-13 .. 2^-14), so that
// most marks change nothing and sums depend on the latest marks alone, not on how they came.
struct Valued {
    Price unit_low, unit_high;  // the grid cell of the last mark: within it nothing changes
    Rate scale{1_rate};
    Price unit;                 // grid mark × scale
    Notional worst, long_end, short_end, virtual_gross, heat;
    std::uint16_t cluster{1};   // 0: none
    bool unpriced{false};       // something could be held here, and no mark says what it is worth
    std::vector<std::uint32_t> cells;
};

struct Valuation {
    std::vector<Valued> instruments;  // by id
    std::vector<Notional> cells;      // worst value by cell index
    std::vector<Notional> agents;     // Σ worst by agent_slot
    std::vector<Notional> clusters;   // Σ worst by cluster
    Notional gross, long_net, short_net, heat;
    std::size_t unpriced{0};          // instruments: the sums are too small by what they are worth
    std::size_t rows{0};              // looked at
};

const Valued& valued(const Valuation& valuation, InstrumentId instrument);
Notional agent_gross(const Valuation& valuation, AgentId agent);
Notional cluster_gross(const Valuation& valuation, std::uint16_t cluster);

// Of `quantity` at `unit`, never below the exact value; at most 10^18 so that sums stay in range.
Notional value_of(Quantity quantity, Price unit);

// A mark or scale of zero says nothing: what was known stays.
// True where the mark left its grid cell and the sums changed. Two comparisons otherwise.
bool revalue(Valuation&, const Exposure&, InstrumentId instrument, const Worth& worth);
// Values what the last events touched.
void revalue_touched(Valuation&, Exposure&);
void set_cluster(Valuation&, InstrumentId instrument, std::uint16_t cluster);

}  // namespace grekko::risk
