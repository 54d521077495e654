// The universe of a run: instruments, venues and listings with ids, out of the configuration, or
// out of a tape whose names the configuration knows more about. It loads no market data.
// wire.cpp and source.cpp call it.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/instrument.hpp"
#include "io/config/config.hpp"

namespace grekko::app {

enum class Fees : std::uint8_t { none = 1, listed };

// Instruments `symbols` on one venue, ids in this order. invalid_config: a symbol or venue that no
// row describes, or no listing of the one on the other; the message names what is known.
Result<Universe> make_universe(const config::Config& config,
                               const std::vector<std::string>& symbols, const std::string& venue);

// Puts what the configuration says of the same symbols and venues over a tape's universe, whose ids
// stay. The base currency becomes one that the instruments can be counted in.
Universe refine(Universe universe, const config::Config& config);

void apply_fees(Universe& universe, Fees fees);

struct Cash {
    VenueId venue;
    Currency currency;
    Decimal amount;
};
// Money at the venues from the start: venues[].cash, else 100 000 of the base currency.
Result<std::vector<Cash>> starting_cash(const config::Config& config, const Universe& universe);

} // namespace grekko::app
