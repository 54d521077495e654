// Every limit of the checks with the default of the trading rules §5.2. Rates are fractions;
// "of N" means of the limit base min(N now, N at 00:00 UTC). The configuration fills them by these
// names (docs/reference/risk-checks.md); assess() and on_mark() read them. No state.
#pragma once

#include <cstdint>
#include <vector>

#include "base/decimal.hpp"
#include "base/instant.hpp"
#include "core/risk/check.hpp"
#include "core/risk/score.hpp"
#include "domain/instrument.hpp"
#include "domain/intent.hpp"

namespace grekko::risk {

struct Settings {
    CheckSet disabled{0};  // checks that are not evaluated; shown wherever limits are shown

    // 4-9: the venue and the form of the order
    Duration clock_offset_max{Duration::milliseconds(500)};
    Rate notional_margin{0.02_rate};          // above the venue's minimum

    // 10-15: the market
    Duration book_age_max{Duration::seconds(2)};
    Rate bar_age_max{1.5_rate};               // intervals
    Rate spread_max{0.0020_rate};
    Rate spread_median_factor{5_rate};        // x the 1 h median
    Rate collar_marketable{0.005_rate};
    Rate collar_exit{0.02_rate};
    Rate collar_resting{0.10_rate};
    Rate collar_vwap{0.03_rate};
    Rate collar_venues{0.01_rate};
    Rate slippage_max{0.0020_rate};
    Rate impact_factor{0.7_rate};             // on bars: 0.7 · σ(1 d) · √(q / volume of 24 h)
    Rate participation_volume{0.10_rate};     // of 5 min volume; on bars of the bar's volume
    Rate participation_depth{0.25_rate};      // of the depth within 20 bp
    Rate volatility_warn{3_rate};             // x the 7 d median
    Rate volatility_max{5_rate};

    // 16-21: this order
    Rate order_value_max{0.25_rate};          // of N
    Notional order_value_cap;                 // absolute; zero: none, refused when live
    Rate trade_risk_max{0.0125_rate};         // of N x tolerance
    Rate stop_spreads_min{3_rate};
    Rate stop_sigma_min{0.25_rate};           // x σ(1 h)
    Rate stop_distance_max{0.20_rate};
    Rate edge_aggressive{1.5_rate}, edge_balanced{2_rate}, edge_conservative{3_rate};
    Rate repetition_price{0.0005_rate};
    Rate repetition_quantity{0.01_rate};
    std::uint32_t repetition_max{3};          // in 10 s
    Duration repetition_window{Duration::seconds(10)};
    std::uint32_t repetition_breaker{6};      // the 6th in 60 s opens the agent's breaker
    Duration repetition_breaker_window{Duration::seconds(60)};

    // 22-31: exposure and money, of N
    Rate agent_gross_max{0.50_rate};          // x tolerance
    Rate instrument_major_max{0.50_rate};
    Rate instrument_other_max{0.25_rate};
    Rate book_gross_max{0.80_rate};
    Rate book_net_max{0.80_rate};
    Rate virtual_gross_factor{1.5_rate};      // x the instrument's limit
    Rate cluster_max{0.60_rate};
    Rate leverage_max{1.0_rate};
    bool margin{false};                       // margin and perpetuals only by configuration
    Rate liquidation_stops_min{3_rate};       // stop distances to liquidation
    Rate balance_margin{0.01_rate};
    Rate heat_max{0.04_rate};
    Rate venue_share_max{0.80_rate}, venue_share_warn{0.60_rate};
    Rate par_deviation_max{0.01_rate};
    Rate price_passed_factor{1.25_rate};      // x a limit by price alone: REDUCING

    // 32-36: activity
    std::uint32_t open_orders_agent_max{10};  // an agent and instrument
    std::uint32_t open_orders_account_max{50};
    Rate open_orders_venue_max{0.80_rate};    // of the venue's own limit
    std::uint32_t agent_rate{2}, agent_burst{5};     // a second
    std::uint32_t book_rate{10}, book_burst{20};     // a second
    Rate venue_rate_max{0.50_rate};           // of the venue's budget
    Rate exit_reserve{0.30_rate};             // of that, kept for cancels and exits
    std::uint32_t message_ratio_from{100};    // messages in 1 h
    std::uint32_t message_ratio_warn{50}, message_ratio_max{200};  // messages a fill
    Duration replace_interval_min{Duration::seconds(1)};
    std::uint32_t replaces_max{10};           // an order
    Rate turnover_max{10_rate};               // of N in 24 h
    Rate fees_max{0.005_rate};                // of N in 24 h

    // 37-40: losses
    Rate agent_day_loss_max{0.025_rate};      // of N x tolerance
    Rate agent_drawdown_max{0.05_rate};       // of N x tolerance, from its peak
    Rate day_loss_reducing{0.03_rate}, day_loss_halted{0.05_rate};
    Rate drawdown_half{0.05_rate}, drawdown_recovered{0.04_rate};
    Rate drawdown_reducing{0.08_rate}, drawdown_halted{0.10_rate};
    std::uint32_t losing_run_half{8}, losing_run_breaker{12};
    Rate half{0.5_rate};                      // size factor of 39, 40 and after a manual resume
    Rate half_open_share{0.10_rate};          // of check 16's limit while a breaker is half open

    ScoreModel score;                         // 41
    std::vector<Currency> stablecoins{"USDC", "USDT", "DAI", "FDUSD", "TUSD", "PYUSD"};

    constexpr bool on(Check check) const { return !has(disabled, check); }
    Rate edge_min(Mode mode) const {
        return mode == Mode::aggressive ? edge_aggressive
               : mode == Mode::balanced ? edge_balanced
                                        : edge_conservative;
    }
};

}  // namespace grekko::risk
