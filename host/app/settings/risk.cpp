// Keys of core/risk: the limits of the 41 checks (docs/reference/risk-checks.md).
#include "app/settings/rows.hpp"

namespace grekko::app {
namespace {

using risk::Settings;

void add_market(Group<Settings>& group) {
    group
        .add("clock_offset_max", &Settings::clock_offset_max, {"1ms", "1m", ""},
             "Check 4: largest clock offset of a venue.")
        .add("notional_margin", &Settings::notional_margin, {"0", "1", "above the minimum"},
             "Check 9: margin over the venue's smallest order.")
        .add("book_age_max", &Settings::book_age_max, {"10ms", "1m", ""},
             "Check 10: largest age of a book.")
        .add("bar_age_max", &Settings::bar_age_max, {"1", "10", "intervals"},
             "Check 10: largest age of a bar.")
        .add("spread_max", &Settings::spread_max, {"0", "0.2", "of price"},
             "Check 11: widest spread.")
        .add("spread_median_factor", &Settings::spread_median_factor,
             {"1", "100", "times the 1 h median"},
             "Check 11: or so many medians, whichever is wider.")
        .add("collar_marketable", &Settings::collar_marketable, {"0", "0.2", "of the mark"},
             "Check 12: distance of a marketable limit.")
        .add("collar_exit", &Settings::collar_exit, {"0", "0.5", "of the mark"},
             "Check 12: the same for exits.")
        .add("collar_resting", &Settings::collar_resting, {"0", "0.9", "of the mark"},
             "Check 12: distance of a resting limit.")
        .add("collar_vwap", &Settings::collar_vwap, {"0", "0.9", "of price"},
             "Check 12: mark against the 1 min VWAP.")
        .add("collar_venues", &Settings::collar_venues, {"0", "0.9", "of price"},
             "Check 12: mark against the median of other venues.")
        .add("slippage_max", &Settings::slippage_max, {"0", "0.2", "of the mark"},
             "Check 13: expected mean price against the mark.")
        .add("participation_volume", &Settings::participation_volume, {"0", "1", "of 5 min volume"},
             "Check 14: share of the traded volume.")
        .add("participation_depth", &Settings::participation_depth,
             {"0", "1", "of depth within 20 bp"}, "Check 14: share of the shown depth.")
        .add("volatility_warn", &Settings::volatility_warn, {"1", "100", "times the 7 d median"},
             "Check 15: volatility that warns.")
        .add("volatility_max", &Settings::volatility_max, {"1", "100", "times the 7 d median"},
             "Check 15: volatility that blocks.");
}

void add_order(Group<Settings>& group) {
    group
        .add("order_value_max", &Settings::order_value_max, {"0", "1", "of N"},
             "Check 16: largest order.")
        .add("order_value_cap", &Settings::order_value_cap, {"0", "", "base currency"},
             "Check 16: the same, absolute; 0: none, refused when live.")
        .add("trade_risk_max", &Settings::trade_risk_max, {"0", "0.2", "of N x tolerance"},
             "Check 17: loss at the stop of one trade.")
        .add("stop_spreads_min", &Settings::stop_spreads_min, {"0", "100", "spreads"},
             "Check 18: nearest stop.")
        .add("stop_sigma_min", &Settings::stop_sigma_min, {"0", "10", "x sigma of 1 h"},
             "Check 18: nearest stop.")
        .add("stop_distance_max", &Settings::stop_distance_max, {"0", "1", "of price"},
             "Check 18: farthest stop.")
        .add("edge_aggressive", &Settings::edge_aggressive, {"0", "100", "x round-trip cost"},
             "Check 19: expected move, aggressive agents.")
        .add("edge_balanced", &Settings::edge_balanced, {"0", "100", "x round-trip cost"},
             "Check 19: expected move, balanced agents.")
        .add("edge_conservative", &Settings::edge_conservative, {"0", "100", "x round-trip cost"},
             "Check 19: expected move, conservative agents.")
        .add("repetition_price", &Settings::repetition_price, {"0", "0.1", "of price"},
             "Check 20: prices so near count as equal.")
        .add("repetition_quantity", &Settings::repetition_quantity, {"0", "0.5", "of quantity"},
             "Check 20: quantities so near count as equal.")
        .add("repetition_max", &Settings::repetition_max, {"1", "1000", "in its window"},
             "Check 20: equal orders.")
        .add("repetition_window", &Settings::repetition_window, {"1s", "1h", ""},
             "Check 20: its window.")
        .add("repetition_breaker", &Settings::repetition_breaker, {"1", "1000", ""},
             "Check 20: so many open the agent's breaker.")
        .add("repetition_breaker_window", &Settings::repetition_breaker_window, {"1s", "1d", ""},
             "Check 20: within this time.");
}

void add_exposure(Group<Settings>& group) {
    group
        .add("agent_gross_max", &Settings::agent_gross_max, {"0", "10", "of N x tolerance"},
             "Check 22: an agent's gross exposure.")
        .add("instrument_major_max", &Settings::instrument_major_max, {"0", "10", "of N"},
             "Check 23: exposure in a major.")
        .add("instrument_other_max", &Settings::instrument_other_max, {"0", "10", "of N"},
             "Check 23: exposure in any other instrument.")
        .add("book_gross_max", &Settings::book_gross_max, {"0", "10", "of N"},
             "Check 24: gross exposure of the book.")
        .add("book_net_max", &Settings::book_net_max, {"0", "10", "of N"},
             "Check 24: net exposure of the book.")
        .add("virtual_gross_factor", &Settings::virtual_gross_factor,
             {"1", "10", "x the limit of 23"}, "Check 25: sum over agents.")
        .add("cluster_max", &Settings::cluster_max, {"0", "10", "of N"},
             "Check 26: instruments that move together.")
        .add("leverage_max", &Settings::leverage_max, {"0", "10", "of N"}, "Check 27: leverage.")
        .add("margin", &Settings::margin, "Check 27: whether margin and perpetuals may be used.")
        .add("balance_margin", &Settings::balance_margin, {"0", "0.5", "of the cost"},
             "Check 28: free balance beyond the worst cost.")
        .add("heat_max", &Settings::heat_max, {"0", "1", "of N"},
             "Check 29: loss from mark to all stops.")
        .add("venue_share_max", &Settings::venue_share_max, {"0", "1", "of N"},
             "Check 30: assets on one venue.")
        .add("venue_share_warn", &Settings::venue_share_warn, {"0", "1", "of N"},
             "Check 30: share that warns.")
        .add("par_deviation_max", &Settings::par_deviation_max, {"0", "0.5", "of par"},
             "Check 31: stable quote currency off par.")
        .add("price_passed_factor", &Settings::price_passed_factor, {"1", "10", "x a limit"},
             "A limit passed so far by price alone reduces its scope.");
}

void add_activity(Group<Settings>& group) {
    group
        .add("open_orders_agent_max", &Settings::open_orders_agent_max, {"1", "10000", "orders"},
             "Check 32: of an agent in an instrument.")
        .add("open_orders_account_max", &Settings::open_orders_account_max,
             {"1", "100000", "orders"}, "Check 32: of an account.")
        .add("open_orders_venue_max", &Settings::open_orders_venue_max,
             {"0", "1", "of the venue's limit"}, "Check 32: of a venue.")
        .add("agent_rate", &Settings::agent_rate, {"1", "1000", "a second"},
             "Check 33: orders of an agent.")
        .add("agent_burst", &Settings::agent_burst, {"1", "1000", "at once"},
             "Check 33: burst of an agent.")
        .add("book_rate", &Settings::book_rate, {"1", "10000", "a second"},
             "Check 33: orders of the book.")
        .add("book_burst", &Settings::book_burst, {"1", "10000", "at once"},
             "Check 33: burst of the book.")
        .add("venue_rate_max", &Settings::venue_rate_max, {"0", "1", "of the venue's budget"},
             "Check 33: requests to a venue.")
        .add("exit_reserve", &Settings::exit_reserve, {"0", "1", "of that"},
             "Check 33: kept for cancels and exits.")
        .add("message_ratio_from", &Settings::message_ratio_from,
             {"1", "100000", "messages in 1 h"}, "Check 34: from so many on.")
        .add("message_ratio_warn", &Settings::message_ratio_warn,
             {"1", "100000", "messages a fill"}, "Check 34: ratio that warns.")
        .add("message_ratio_max", &Settings::message_ratio_max, {"1", "100000", "messages a fill"},
             "Check 34: ratio that blocks.")
        .add("replace_interval_min", &Settings::replace_interval_min, {"0s", "1h", ""},
             "Check 35: between replaces of an order.")
        .add("replaces_max", &Settings::replaces_max, {"0", "10000", "an order"},
             "Check 35: replaces.")
        .add("turnover_max", &Settings::turnover_max, {"0", "1000", "of N in 24 h"},
             "Check 36: traded value.")
        .add("fees_max", &Settings::fees_max, {"0", "1", "of N in 24 h"}, "Check 36: fees paid.");
}

void add_losses(Group<Settings>& group) {
    group
        .add("agent_day_loss_max", &Settings::agent_day_loss_max, {"0", "1", "of N x tolerance"},
             "Check 37: an agent's loss of a day.")
        .add("agent_drawdown_max", &Settings::agent_drawdown_max, {"0", "1", "of N, times t"},
             "Check 37: an agent's fall from its peak.")
        .add("day_loss_reducing", &Settings::day_loss_reducing, {"0", "1", "of NAV per unit"},
             "Check 38: loss of a day that makes the book REDUCING.")
        .add("day_loss_halted", &Settings::day_loss_halted, {"0", "1", "of NAV per unit"},
             "Check 38: loss of a day that halts it.")
        .add("drawdown_half", &Settings::drawdown_half, {"0", "1", "from the peak"},
             "Check 39: drawdown that halves sizes.")
        .add("drawdown_recovered", &Settings::drawdown_recovered, {"0", "1", "from the peak"},
             "Check 39: below it sizes are whole again.")
        .add("drawdown_reducing", &Settings::drawdown_reducing, {"0", "1", "from the peak"},
             "Check 39: drawdown that makes the book REDUCING.")
        .add("drawdown_halted", &Settings::drawdown_halted, {"0", "1", "from the peak"},
             "Check 39: drawdown that halts it.")
        .add("losing_run_half", &Settings::losing_run_half, {"1", "1000", "round trips"},
             "Check 40: losing run that halves an agent's sizes.")
        .add("losing_run_breaker", &Settings::losing_run_breaker, {"1", "1000", "round trips"},
             "Check 40: losing run that opens its breaker.")
        .add("half", &Settings::half, {"0", "1", "of the size"},
             "Factor on sizes of 39, 40 and after a manual resume.");
}

} // namespace

void add_risk_rows(Rows& rows) {
    Group<Settings> group{rows, "risk", [](engine::Settings& s) -> Settings& { return s.risk; }};
    add_market(group);
    add_order(group);
    add_exposure(group);
    add_activity(group);
    add_losses(group);
    using risk::ScoreModel;
    Group<ScoreModel> score{rows, "risk.score",
                            [](engine::Settings& s) -> ScoreModel& { return s.risk.score; }};
    score
        .add("pass_max", &ScoreModel::pass_max, {"0", "1", ""},
             "Check 41: score up to which the whole size passes.")
        .add("reduce_max", &ScoreModel::reduce_max, {"0", "1", ""},
             "Check 41: score above which an increase is blocked.")
        .add("slope", &ScoreModel::slope, {"0", "1", ""},
             "Check 41: share of the size lost between the two.");
    using risk::StateSettings;
    Group<StateSettings> states{rows, "risk.states",
                                [](engine::Settings& s) -> StateSettings& { return s.states; }};
    states.add("half_size_for", &StateSettings::half_size_for, {"0s", "1d", ""},
               "Half sizes after a manual resume last so long.");
}

} // namespace grekko::app
