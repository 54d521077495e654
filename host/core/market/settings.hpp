// The figures behind marks, volatility, candles and books, each with its default (trading rules
// §1, §5.2, §8). They are not limits of risk: those are risk's own. The configuration fills them,
// Market reads them.
#pragma once

#include <array>
#include <cstdint>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "domain/instrument.hpp"

namespace grekko::market {

struct Settings {
    // Marks: a book counts while it is two-sided, not crossed, young and not wide.
    Duration book_age_max{Duration::seconds(2)};
    Duration trade_age_max{Duration::seconds(60)};
    std::int64_t spread_max_bp{100};           // (ask - bid) / mid, whole basis points
    std::int64_t bar_age_max_percent{150};     // of the bar's interval, since its close

    // Books. Levels beyond the limit of a side are forgotten, the worst first.
    std::uint32_t book_levels_max{1'000};      // a side
    std::uint32_t book_pending_max{100'000};   // level records between two commits: a snapshot of
                                               // Coinbase BTC-USD has 46 thousand
    Rate depth_within{0.0020_rate};            // of the mark, for depth_bid_20bp, depth_ask_20bp

    // Volatility: weight of one step back is 2^(-1/60), so 60 steps halve it.
    Rate sigma_decay{0.988514020352896135_rate};
    std::uint32_t sigma_returns_min{5};        // fewer: sigma is unknown, zero
    std::uint32_t median_samples_min{6};       // fewer: a median is unknown, zero

    // Candles.
    Duration bar_grace{Duration::milliseconds(250)};  // a live bar closes this long after its end
    std::uint32_t history_bars{2'048};         // kept an instrument and interval
    std::uint32_t empty_bars_max{1'440};       // made up at once; more silence counts as missing

    // Clusters (check 26). Instruments whose base is a stablecoin are a cluster of their own.
    std::int64_t correlation_min_percent{70};
    std::uint32_t correlation_returns_min{20}; // common returns of a pair, and
    Duration correlation_span_min{Duration::days(20)};  // the time they must span
    std::uint32_t cluster_instruments_max{64}; // more: all coins are one cluster
    std::array<Currency, 8> stablecoins{"USDT", "USDC", "DAI", "FDUSD", "TUSD", "PYUSD", "USDP",
                                        "EURC"};

    // Costs. Half spread where only bars are known: max(half a tick, this).
    Rate bar_half_spread_major{0.0001_rate};
    Rate bar_half_spread{0.0005_rate};
    Rate impact_factor{0.7_rate};              // of sigma(1 d) * sqrt(quantity / volume of 24 h)
};

}  // namespace grekko::market
