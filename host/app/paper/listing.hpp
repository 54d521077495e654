// paper_listing: a listing of the host's universe as the paper venue takes it.
// It decides nothing; it translates.
// Whoever makes a paper venue calls it.
#pragma once

#include "domain/instrument.hpp"
#include "paper/config.hpp"

namespace grekko::app {

paper::Listing paper_listing(const Universe& universe, const Listing& listing);
paper::Decimal to_paper(Decimal value);

} // namespace grekko::app
