// What things are worth in base currency: amounts of a currency, the whole book, an agent's
// results. Reading only; a mark that is missing counts zero and makes the answer stale. Views,
// samples and attribution share it.
#pragma once

#include "core/portfolio/portfolio.hpp"

namespace grekko::portfolio {

struct Worth {
    Notional value;
    bool known{true};          // every mark that was needed exists
    bool stale{false};         // one of them is stale or missing
    void add(const Worth& other);
};

Worth convert(const State& state, const Marks& marks, Decimal amount, Currency currency);
// Σ quantity over venues; one product an instrument keeps NAV exact.
std::map<InstrumentId, Quantity> held(const State& state);
Worth worth_of(const State& state, const Marks& marks);   // NAV
// Realised and unrealised less fees and funding, all instruments of an agent.
Worth results_of(const State& state, const Marks& marks, AgentId agent);
// NAV per unit; 1 while there are no units.
Rate per_unit(const State& state, Notional nav);

}  // namespace grekko::portfolio
