#include "core/execution/settings.hpp"

namespace grekko::execution {

const FeeTier* fee_tier(const std::vector<FeeTier>& tiers, VenueId venue, Instant at,
                        Notional volume_30d) {
    const FeeTier* best = nullptr;
    const FeeTier* lowest = nullptr; // of the table in force: where the volume reaches none
    for (const FeeTier& tier : tiers) {
        if (tier.venue != venue || tier.valid_from > at) continue;
        if (lowest == nullptr || tier.valid_from > lowest->valid_from) {
            best = nullptr;
            lowest = &tier;
        }
        if (tier.valid_from < lowest->valid_from) continue;
        if (tier.volume_30d_min < lowest->volume_30d_min) lowest = &tier;
        if (tier.volume_30d_min > volume_30d) continue;
        if (best == nullptr || tier.volume_30d_min > best->volume_30d_min) best = &tier;
    }
    return best != nullptr ? best : lowest;
}

} // namespace grekko::execution
