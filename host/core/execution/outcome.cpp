#include "core/execution/outcome.hpp"

#include <iterator>

namespace grekko::execution {

void Outcome::append(Outcome other) {
    events.insert(events.end(), std::make_move_iterator(other.events.begin()),
                  std::make_move_iterator(other.events.end()));
    effects.insert(effects.end(), std::make_move_iterator(other.effects.begin()),
                   std::make_move_iterator(other.effects.end()));
}

} // namespace grekko::execution
