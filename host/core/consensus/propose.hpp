// What propose and propose_mandate share: who may propose at all, and what an increase needs.
// Private to this folder. The public functions stand in consensus.hpp.
// propose.cpp and mandate.cpp include it.
#pragma once

#include <optional>

#include "core/consensus/consensus.hpp"

namespace grekko::consensus {

using events::IntentRefusal;

ProposalOutcome refuse(const Intent&, IntentRefusal);
// Who asks, where and when: reasons that do not depend on the target. none: go on.
IntentRefusal check_caller(const ProposalContext&);
bool valid_fraction(Rate); // 0..1
// The default stop in front of the reference, rounded to the tick nearer to it; zero: none fits.
Price default_stop(Side, Price reference, Rate distance, Price tick);
// vote, or solo, or why no vote can be held now. `superseded` frees a place among open rounds.
struct Ballotage {
    IntentRefusal refusal{};
    IntentRoute route{IntentRoute::vote};
};
Ballotage ballotage(const State&, const Settings&, const Intent&, const ProposalContext&,
                    IntentId superseded);

} // namespace grekko::consensus
