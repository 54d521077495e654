// What the ids on a tape mean: a Universe made of the names that the user gave or a recording told,
// with the venue's rules where it said them. It reads nothing. The import command writes it into
// the tape's header.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <grekko/market_decoder.h>

#include "base/result.hpp"
#include "domain/instrument.hpp"

namespace grekko::importing {

struct SymbolParts {
    std::string base, quote; // both empty: nobody can tell
};
// "BTC-USD", "BTC/USD", "BTC_USD", and "BTCUSDT" by the usual quote currencies.
SymbolParts split_symbol(std::string_view symbol);

// One venue with id 1, instruments with ids from 1 in the order given; their symbols are written
// BASE-QUOTE where both are known. What a listing leaves open has the defaults of a Listing.
// invalid_argument: a name longer than the names of the host, an instrument twice.
Result<Universe> make_universe(std::string_view venue, std::span<const grekko_listing> listings);
Result<Universe> make_universe(std::string_view venue, std::span<const std::string> symbols);

} // namespace grekko::importing
