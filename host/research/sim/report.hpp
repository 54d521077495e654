// report: what a run has found, in words: the invariant, the last records, and the command that
// repeats it. It judges nothing.
// `grekko sim` and the tests print it.
#pragma once

#include <string>

#include "research/sim/run.hpp"

namespace grekko::sim {

// One line for a good run, a page for a broken one. `bug`: planted, empty for none.
std::string report(const Plan& plan, const Outcome& outcome, std::string_view bug);

} // namespace grekko::sim
