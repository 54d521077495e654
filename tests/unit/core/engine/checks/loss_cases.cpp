// 37-40: what has been lost.
#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

// The price of BTC walks down in steps that no breaker minds, with trades at every price.
void fall_to(Desk& desk, Price to) {
    for (Price at = 100_price - 2_price; at > to; at = at - 2_price) {
        desk.price(btc, at);
        desk.trade(btc, at, 1'000'000_quantity);
        desk.advance(Duration::minutes(2));
    }
    desk.price(btc, to);
    desk.trade(btc, to, 1'000'000_quantity);
    desk.advance(Duration::minutes(2));
    desk.refresh();
    desk.trade(btc, to, 1'000'000_quantity);
    desk.advance(Duration::seconds(1));
    desk.refresh();
    desk.price(eth, 100_price);
    desk.trade(eth, 100_price, 1'000'000_quantity);
}
// An increase in another coin, after BTC has fallen.
std::function<RiskAssessed(Desk&)> fallen_to(Price to) {
    return [=](Desk& desk) {
        fall_to(desk, to);
        return buy(desk, 1_d, {}, eth);
    };
}
std::function<RiskAssessed(Desk&)> ten_after(Price to) {
    return [=](Desk& desk) {
        fall_to(desk, to);
        return buy(desk, 10_d, {}, eth);
    };
}
std::function<void(Desk&)> held(AgentId agent, Decimal quantity) {
    return [=](Desk& desk) {
        take_position(desk, agent, btc, quantity, 100_price, 20_price);
        desk.advance(Duration::minutes(1));
        desk.refresh();
    };
}
// Round trips of agent one, each bought at 100 and sold at 99.
void lose(Desk& desk, int trips) {
    for (int i = 0; i < trips; ++i) {
        Action action = Desk::target(btc, 0.2_d);
        desk.answer(one, {action});
        const Order bought = desk.placed.back();
        desk.fill(bought.id, bought.quantity, 100_price);
        desk.advance(Duration::seconds(3));
        desk.refresh();
        desk.answer(one, {Desk::target(btc, 0_d)});
        const Order sold = desk.placed.back();
        desk.fill(sold.id, sold.quantity, 99_price);
        desk.advance(Duration::seconds(20));
        desk.refresh();
    }
}
std::function<void(Desk&)> losing(int trips) {
    return [=](Desk& desk) { lose(desk, trips); };
}
// What is halved already is looked at for a denial alone.
RiskAssessed not_denied(RiskAssessed seen, Check check) {
    if (seen.reduced != risk::bit(check) || seen.blocked != 0) return seen;
    seen.reduced = 0;
    seen.requested = seen.approved;
    return seen;
}
RiskAssessed ten(Desk& desk) {
    return buy(desk, 10_d);
}
constexpr CheckSet book = set_of(Check::heat, Check::score, Check::cluster, Check::instrument);

} // namespace

Cases loss_cases() {
    return {
        // 100 coins: 1 234 lost of N = 98 766, whose 1.25 % are 1 234.575; at 1 235 it is 1 234.56.
        {.check = Check::agent_loss,
         .what = "day_2_5_percent_at_t_0_5",
         .inside = fallen_to(87.66_price),
         .outside = fallen_to(87.65_price),
         .aside = book,
         .plan = [](Plan& plan) { plan.tolerance = 0.5_rate; },
         .before = held(one, 100_d)},
        // 8 % of an allocation of 5 000 are 400: 40 coins and 10 of price.
        {.check = Check::agent_loss,
         .what = "drawdown_8_percent_of_its_allocation",
         .inside = fallen_to(90.01_price),
         .outside = fallen_to(90_price),
         .aside = book,
         .plan = [](Plan& plan) { plan.allocation = 5'000_notional; },
         .before = held(one, 40_d)},
        {.check = Check::day_loss,
         .what = "3_percent",
         .inside = fallen_to(92.51_price),
         .outside = fallen_to(92.50_price),
         .aside = book | set_of(Check::state), // it takes the state along
         .before = held(two, 400_d)},
        {.check = Check::drawdown,
         .what = "5_percent_halves",
         .effect = Effect::reduces,
         .inside = ten_after(87.51_price),
         .outside = ten_after(87.50_price),
         .left = 5_quantity,
         .aside = book | set_of(Check::day_loss),
         .before = held(two, 400_d)},
        {.check = Check::drawdown,
         .what = "8_percent",
         .inside =
             [](Desk& desk) { return not_denied(ten_after(80.01_price)(desk), Check::drawdown); },
         .outside = ten_after(80_price),
         .aside = book | set_of(Check::day_loss, Check::state),
         .before = held(two, 400_d)},
        {.check = Check::losing_run,
         .what = "8_trips_halve",
         .effect = Effect::reduces,
         .inside = ten,
         .outside =
             [](Desk& desk) {
                 lose(desk, 1);
                 return ten(desk);
             },
         .left = 5_quantity,
         .before = losing(7)},
        {.check = Check::losing_run,
         .what = "12_trips",
         .inside = [](Desk& desk) { return not_denied(ten(desk), Check::losing_run); },
         .outside =
             [](Desk& desk) {
                 lose(desk, 1);
                 return ten(desk);
             },
         .before = losing(11)},
    };
}

} // namespace grekko::test
