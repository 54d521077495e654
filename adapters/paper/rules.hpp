// Rules: what a venue refuses by the form of a request alone: steps, bounds, bands, product status,
// combinations that make no sense. It knows no market and no money: those are the models' and the
// desk's. The venue asks before anything else.
#pragma once

#include <grekko/actions.h>

#include "paper/config.hpp"

namespace grekko::paper {

struct Refusal {
    std::uint8_t reason{GREKKO_REJECT_NONE};
    const char* text{""};
    explicit operator bool() const { return reason != GREKKO_REJECT_NONE; }
};

// `last` is the last price known, zero: none, and then bands and the notional of market orders are
// not checked. `status` is the product's present one.
Refusal check_rules(const Listing& listing, const grekko_request& request, std::uint8_t status,
                    Decimal last);

} // namespace grekko::paper
