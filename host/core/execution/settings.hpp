// Every number of the trading rules §6 and §7 that execution uses, with its default, and the dated
// table of fee tiers. Not limits of risk: those decide whether, these decide how. The configuration
// fills it, decisions read it.
#pragma once

#include <cstdint>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/ids.hpp"

namespace grekko::execution {

// Fees of a venue from a day on, for accounts that traded at least so much in 30 days.
struct FeeTier {
    VenueId venue;
    Instant valid_from;      // 00:00 UTC of the day it began
    Notional volume_30d_min; // in the book's base currency
    Rate maker, taker;       // fraction of notional, maker may be negative
};

struct Settings {
    // Router (§7).
    Rate latency_risk{0.5_rate};        // share of σ(latency) added to each level's price
    Rate depth_share{0.7_rate};         // of the shown size that is counted on
    Rate split_saving_min{0.0002_rate}; // 2 bp of the value, else one venue
    std::int64_t part_minimums{2};      // a part is at least so many minimum notionals
    std::uint32_t reroutes_max{2};      // of what an IOC left over
    std::vector<FeeTier> fee_tiers;     // any order; none for a venue: its listing's fees

    // Urgency (§7). Protection: the limit that stands in for "market".
    Rate protection_increase{0.005_rate}; // of M at the decision (collar 12)
    Rate protection_reduce{0.02_rate};    // of M now
    Rate normal_within{0.001_rate};       // 10 bp, first step of normal; least room of an IOC
    Duration normal_passive{Duration::seconds(10)};
    Duration passive_ttl{Duration::seconds(60)};
    std::uint32_t reprices_max{5};
    Duration reprice_after{Duration::seconds(1)}; // the touch has moved for so long
    Duration resting_gtd{Duration::minutes(5)};   // of resting increases where the venue has GTD

    // TWAP, VWAP (§7).
    Duration schedule_default{Duration::minutes(10)}; // T where none is given
    Duration slice_each{Duration::seconds(30)};
    std::int64_t slices_min{4}, slices_max{100};
    Rate slice_passive{0.6_rate};      // of the slice's length, then IOC
    std::int64_t catch_up_slices{2};   // quantity at once when behind
    Rate participation_max{0.1_rate};  // of the volume traded since the start
    std::uint32_t profile_days_min{7}; // of a volume profile, else TWAP

    // Iceberg (§7).
    Rate iceberg_shown{0.1_rate};  // of the order
    Rate iceberg_jitter{0.2_rate}; // ± of that, seeded
    Duration iceberg_refresh_min{Duration::milliseconds(200)};
    Duration iceberg_refresh_max{Duration::seconds(1)};

    // Stops and flatten (§6).
    Rate escalation[3]{0.01_rate, 0.02_rate, 0.04_rate}; // through the touch, then market
    Duration escalate_after{Duration::seconds(2)};
    Duration stop_release_wait{Duration::seconds(1)}; // for the disaster stop, then query
    Duration exit_slice_pause{Duration::seconds(2)};  // between slices of an exit

    // Orders in doubt and reconciliation (§7).
    Duration answer_max{Duration::seconds(5)}; // without an answer: unknown, query
    Duration query_each{Duration::seconds(5)}; // between queries about one order
    std::uint32_t not_found_min{3};            // answers, over at least:
    Duration not_found_over{Duration::seconds(10)};
    Duration quiet{Duration::seconds(5)};           // an order with a younger event is left alone
    Duration feed_lost_after{Duration::seconds(5)}; // then resting increases are cancelled
    Duration reconcile_each{Duration::seconds(30)};
    Duration balances_each{Duration::seconds(60)};
    Duration reconcile_retry{Duration::seconds(5)}; // after one that did not agree
    Duration snapshot_max{Duration::seconds(10)};   // without its end: asked again
    Duration fills_overlap{Duration::minutes(10)};  // fills are asked from so long before the last
    std::uint32_t fills_overlap_ids{100};           // and from so many before it, if that is longer
    Duration transfer_after{Duration::seconds(60)}; // without a fill: the difference is a transfer
    std::int64_t snapshot_requests{4};              // a snapshot costs
    Rate reconcile_budget{0.1_rate};                // of the venue's request rate
};

// The tier in force: the latest table that began at or before `at`, in it the highest volume that
// `volume_30d` reaches. Null where the venue has none.
const FeeTier* fee_tier(const std::vector<FeeTier>& tiers, VenueId venue, Instant at,
                        Notional volume_30d);

} // namespace grekko::execution
