// The synthetic market as an endless tape: warm-up bars first, then book, trades and quotes. It is
// generated, and whatever shows its data says so: profit on it proves nothing. Equal configuration,
// seed and start give equal records. `grekko run` feeds from it.
#pragma once

#include <memory>

#include "domain/instrument.hpp"
#include "io/config/config.hpp"
#include "ports/tape.hpp"

namespace grekko::app {

struct SyntheticRequest {
    std::uint64_t seed{1};
    Instant start; // the live market begins here; the warm-up lies before it
};

// invalid_config: an instrument without a start price.
Result<std::unique_ptr<ports::TapeReader>> make_synthetic(const config::Config& config,
                                                          const Universe& universe,
                                                          const SyntheticRequest& request);

} // namespace grekko::app
