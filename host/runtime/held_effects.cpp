#include "runtime/held_effects.hpp"

#include <algorithm>

#include "core/engine/engine.hpp"

namespace grekko::runtime {

bool HeldEffects::must_wait(const Effect& effect) const {
    if (engine::is_commit(effect)) return true;
    if (effects_.empty()) return false;
    if (const auto* cancel = std::get_if<CancelOrder>(&effect)) return brings(cancel->client_id);
    if (const auto* query = std::get_if<QueryOrder>(&effect)) return brings(query->client_id);
    return std::holds_alternative<QuerySnapshot>(effect);
}

bool HeldEffects::withdraw(const CancelOrder& cancel) {
    const auto places = [&](const Effect& effect) {
        const auto* place = std::get_if<PlaceOrder>(&effect);
        return place != nullptr && place->order.client_id == cancel.client_id;
    };
    const auto replaces = [&](const Effect& effect) {
        const auto* replace = std::get_if<ReplaceOrder>(&effect);
        return replace != nullptr && replace->client_id == cancel.client_id;
    };
    if (std::ranges::any_of(effects_, replaces)) return false;
    return std::erase_if(effects_, places) > 0;
}

bool HeldEffects::brings(const ClientOrderId& name) const {
    return std::ranges::any_of(effects_, [&](const Effect& effect) {
        if (const auto* place = std::get_if<PlaceOrder>(&effect)) {
            return place->order.client_id == name;
        }
        const auto* replace = std::get_if<ReplaceOrder>(&effect);
        return replace != nullptr && replace->replacement.client_id == name;
    });
}

} // namespace grekko::runtime
