// simulated_world: the paper venue and the generated market as one simulated run wants them, by its
// plan. It runs nothing: research/sim does.
// `grekko sim` and tests/sim make it.
#pragma once

#include "research/sim/run.hpp"

namespace grekko::app {

sim::World simulated_world();

} // namespace grekko::app
