// Effects about an order that is known, in one place, so that a cancel or a query always names the
// order the same way. Not decisions: whether to cancel or ask is the caller's. The other files of
// this folder use them.
#pragma once

#include <vector>

#include "core/execution/state.hpp"
#include "domain/effect.hpp"

namespace grekko::execution {

// One for each name that the venue may know the order by: while a replace is in flight these are
// two, and nobody can say which of them is still, or already, valid.
void cancel_effects(const OrderRecord& record, std::vector<Effect>& out);
void query_effects(const OrderRecord& record, std::vector<Effect>& out);
// By one name alone.
CancelOrder cancel_named(const OrderRecord& record, const ClientOrderId& name);

} // namespace grekko::execution
