// The 41 checks of the trading rules §5.2 by number and name, which of them apply to what, and
// what a person can do when one denies. Not how they are evaluated: that is assess.hpp.
// Bit n of a CheckSet is check n. Everyone who shows a denial calls name() and remedy().
#pragma once

#include <cstdint>
#include <string_view>

#include "domain/event/risk.hpp"
#include "domain/order.hpp"

namespace grekko::risk {

enum class Check : std::uint8_t {
    none = 0, state, breaker, authority, venue_ready, permission, tradable, price_form, size_form,
    notional, data_age, book_sane, collar, slippage, participation, volatility, order_value,
    trade_risk, stop_sane, edge, repetition, self_trade, agent_gross, instrument, book_gross,
    virtual_gross, cluster, leverage, balance, heat, venue_share, quote_currency, open_orders,
    rate, message_ratio, replace_rate, turnover, agent_loss, day_loss, drawdown, losing_run, score
};
inline constexpr int check_count = 41;

using CheckSet = std::uint64_t;
constexpr CheckSet bit(Check check) { return CheckSet{1} << static_cast<unsigned>(check); }
constexpr bool has(CheckSet set, Check check) { return (set & bit(check)) != 0; }

// "state", "breaker", …; "unknown" outside 1..41.
std::string_view name(Check check);
// One sentence that says what to do; empty outside 1..41.
std::string_view remedy(Check check);
// The lowest check of a set, none if it is empty.
Check lowest(CheckSet set);

// The columns I, X, R, S of the table.
inline constexpr CheckSet increase_checks = ((CheckSet{1} << 42U) - 2U) & ~bit(Check::replace_rate);
inline constexpr CheckSet reduce_checks =
    bit(Check::state) | bit(Check::authority) | bit(Check::venue_ready) | bit(Check::tradable) |
    bit(Check::price_form) | bit(Check::size_form) | bit(Check::notional) | bit(Check::data_age) |
    bit(Check::book_sane) | bit(Check::collar) | bit(Check::slippage) | bit(Check::participation) |
    bit(Check::order_value) | bit(Check::self_trade) | bit(Check::balance);
// Its escalation is its own collar, as that of a stop: 4 % through the touch must pass.
inline constexpr CheckSet flatten_checks = reduce_checks & ~bit(Check::collar);
inline constexpr CheckSet replace_checks =
    (increase_checks | bit(Check::replace_rate)) &
    ~(bit(Check::edge) | bit(Check::venue_share) | bit(Check::losing_run) | bit(Check::score));
inline constexpr CheckSet stop_checks =
    bit(Check::state) | bit(Check::venue_ready) | bit(Check::tradable) | bit(Check::price_form) |
    bit(Check::size_form) | bit(Check::notional) | bit(Check::self_trade) | bit(Check::balance);
// A child of an increasing parent: the parent's reservation already counts in every limit on
// exposure, so what is left is the state of the world at the moment of sending.
inline constexpr CheckSet child_checks =
    bit(Check::state) | bit(Check::breaker) | bit(Check::authority) | bit(Check::venue_ready) |
    bit(Check::tradable) | bit(Check::price_form) | bit(Check::size_form) | bit(Check::notional) |
    bit(Check::data_age) | bit(Check::book_sane) | bit(Check::collar) | bit(Check::self_trade) |
    bit(Check::balance) | bit(Check::quote_currency) | bit(Check::open_orders) | bit(Check::rate) |
    bit(Check::day_loss);

// The checks that apply. A child follows its purpose; a replace of a reducing order is a reduce
// that also obeys check 35; a mandate's quote, new or replaced, goes without check 20 (quoting
// repeats itself) and without 17-19 (it was voted as an intent of its full inventory).
CheckSet applicable(events::AssessmentKind kind, Purpose purpose);

}  // namespace grekko::risk
