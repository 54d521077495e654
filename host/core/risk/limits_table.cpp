// Which numbers of settings.hpp are limits that may be set while the book runs. Not whether margin
// may be used, which checks are evaluated, or the score: those change with the configuration alone.
#include <algorithm>
#include <array>

#include "core/risk/limits.hpp"

namespace grekko::risk {

namespace {

using S = Settings;

constexpr std::array table{
    Limit{"clock_offset_max", &S::clock_offset_max},
    Limit{"notional_margin", &S::notional_margin},
    Limit{"book_age_max", &S::book_age_max},
    Limit{"bar_age_max", &S::bar_age_max},
    Limit{"spread_max", &S::spread_max},
    Limit{"spread_median_factor", &S::spread_median_factor},
    Limit{"collar_marketable", &S::collar_marketable},
    Limit{"collar_exit", &S::collar_exit},
    Limit{"collar_resting", &S::collar_resting},
    Limit{"collar_vwap", &S::collar_vwap},
    Limit{"collar_venues", &S::collar_venues},
    Limit{"slippage_max", &S::slippage_max},
    Limit{"participation_volume", &S::participation_volume},
    Limit{"participation_depth", &S::participation_depth},
    Limit{"volatility_warn", &S::volatility_warn},
    Limit{"volatility_max", &S::volatility_max},
    Limit{"order_value_max", &S::order_value_max},
    Limit{"order_value_cap", &S::order_value_cap},
    Limit{"trade_risk_max", &S::trade_risk_max},
    Limit{"stop_spreads_min", &S::stop_spreads_min},
    Limit{"stop_sigma_min", &S::stop_sigma_min},
    Limit{"stop_distance_max", &S::stop_distance_max},
    Limit{"edge_aggressive", &S::edge_aggressive},
    Limit{"edge_balanced", &S::edge_balanced},
    Limit{"edge_conservative", &S::edge_conservative},
    Limit{"repetition_price", &S::repetition_price},
    Limit{"repetition_quantity", &S::repetition_quantity},
    Limit{"repetition_max", &S::repetition_max},
    Limit{"repetition_window", &S::repetition_window},
    Limit{"repetition_breaker", &S::repetition_breaker},
    Limit{"repetition_breaker_window", &S::repetition_breaker_window},
    Limit{"agent_gross_max", &S::agent_gross_max},
    Limit{"instrument_major_max", &S::instrument_major_max},
    Limit{"instrument_other_max", &S::instrument_other_max},
    Limit{"book_gross_max", &S::book_gross_max},
    Limit{"book_net_max", &S::book_net_max},
    Limit{"virtual_gross_factor", &S::virtual_gross_factor},
    Limit{"cluster_max", &S::cluster_max},
    Limit{"leverage_max", &S::leverage_max},
    Limit{"balance_margin", &S::balance_margin},
    Limit{"heat_max", &S::heat_max},
    Limit{"venue_share_max", &S::venue_share_max},
    Limit{"venue_share_warn", &S::venue_share_warn},
    Limit{"par_deviation_max", &S::par_deviation_max},
    Limit{"price_passed_factor", &S::price_passed_factor},
    Limit{"open_orders_agent_max", &S::open_orders_agent_max},
    Limit{"open_orders_account_max", &S::open_orders_account_max},
    Limit{"open_orders_venue_max", &S::open_orders_venue_max},
    Limit{"agent_rate", &S::agent_rate},
    Limit{"agent_burst", &S::agent_burst},
    Limit{"book_rate", &S::book_rate},
    Limit{"book_burst", &S::book_burst},
    Limit{"venue_rate_max", &S::venue_rate_max},
    Limit{"exit_reserve", &S::exit_reserve},
    Limit{"message_ratio_from", &S::message_ratio_from},
    Limit{"message_ratio_warn", &S::message_ratio_warn},
    Limit{"message_ratio_max", &S::message_ratio_max},
    Limit{"replace_interval_min", &S::replace_interval_min},
    Limit{"replaces_max", &S::replaces_max},
    Limit{"turnover_max", &S::turnover_max},
    Limit{"fees_max", &S::fees_max},
    Limit{"agent_day_loss_max", &S::agent_day_loss_max},
    Limit{"agent_drawdown_max", &S::agent_drawdown_max},
    Limit{"day_loss_reducing", &S::day_loss_reducing},
    Limit{"day_loss_halted", &S::day_loss_halted},
    Limit{"drawdown_half", &S::drawdown_half},
    Limit{"drawdown_recovered", &S::drawdown_recovered},
    Limit{"drawdown_reducing", &S::drawdown_reducing},
    Limit{"drawdown_halted", &S::drawdown_halted},
    Limit{"losing_run_half", &S::losing_run_half},
    Limit{"losing_run_breaker", &S::losing_run_breaker},
    Limit{"half", &S::half},
};

} // namespace

std::span<const Limit> limits() {
    return table;
}

const Limit* find_limit(std::string_view name) {
    const auto found = std::ranges::find(table, name, &Limit::name);
    return found == table.end() ? nullptr : &*found;
}

} // namespace grekko::risk
