#include "runtime/held_effects.hpp"

#include <algorithm>

#include "core/engine/engine.hpp"

namespace grekko::runtime {

bool HeldEffects::must_wait(const Effect& effect) const {
    if (engine::is_commit(effect)) return true;
    if (effects_.empty()) return false;
    if (const auto* cancel = std::get_if<CancelOrder>(&effect)) return places(cancel->id);
    if (const auto* query = std::get_if<QueryOrder>(&effect)) {
        return places(query->id) || replaces(query->id);
    }
    return std::holds_alternative<QuerySnapshot>(effect);
}

bool HeldEffects::places(OrderId id) const {
    return std::ranges::any_of(effects_, [&](const Effect& effect) {
        const auto* place = std::get_if<PlaceOrder>(&effect);
        return place != nullptr && place->order.id == id;
    });
}

bool HeldEffects::replaces(OrderId id) const {
    return std::ranges::any_of(effects_, [&](const Effect& effect) {
        const auto* replace = std::get_if<ReplaceOrder>(&effect);
        return replace != nullptr && replace->id == id;
    });
}

} // namespace grekko::runtime
