// Effects about an order that is known, in one place, so that a cancel or a query always names the
// order the same way. Not decisions: whether to cancel or ask is the caller's. The other files of
// this folder use them.
#pragma once

#include "core/execution/state.hpp"
#include "domain/effect.hpp"

namespace grekko::execution {

CancelOrder cancel_effect(const OrderRecord& record);
// By the newest client id: of a replace in flight the new one.
QueryOrder query_effect(const OrderRecord& record);

} // namespace grekko::execution
