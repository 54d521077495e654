// 28, 30, 31: what is there to pay with, where it lies, and whether it is worth its name.
#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

std::function<RiskAssessed(Desk&)> to(Decimal quantity) {
    return [=](Desk& desk) { return buy(desk, quantity); };
}
std::function<RiskAssessed(Desk&)> stable_at(Price bid, Price ask) {
    return [=](Desk& desk) {
        desk.price(btc_usdc, 100_price);
        desk.trade(btc_usdc, 100_price, 1'000'000_quantity);
        desk.quote(usdc, bid, ask);
        return buy(desk, 1_d, {}, btc_usdc);
    };
}
} // namespace

Cases money_cases() {
    constexpr CheckSet limits =
        set_of(Check::instrument, Check::virtual_gross, Check::cluster, Check::book_gross,
               Check::leverage, Check::heat, Check::score, Check::turnover);
    return {
        // 20 000 are free; a coin costs 100 and 1 %: 20 000 / 101 = 198.0198.
        {.check = Check::balance,
         .what = "cost_and_1_percent",
         .effect = Effect::reduces,
         .inside = to(198.01_d),
         .outside = to(198.02_d),
         .left = 198.01_quantity,
         .aside = limits,
         .before = [](Desk& desk) { take_position(desk, two, btc, 800_d, 100_price, 99.9_price); }},
        {.check = Check::venue_share,
         .what = "80_percent",
         .inside = to(1_d),
         .outside =
             [](Desk& desk) {
                 desk.engine.deposit(second, "USD", -0.01_d, desk.now);
                 return buy(desk, 1_d);
             },
         .plan =
             [](Plan& plan) {
                 plan.venues = 2;
                 plan.money = 80'000_d;
                 plan.money_second = 20'000_d;
             }},
        {.check = Check::quote_currency,
         .what = "1_percent_off_par",
         .inside = stable_at(0.9899_price, 0.9901_price),
         .outside = stable_at(0.9898_price, 0.9901_price),
         .plan = [](Plan& plan) { plan.stable_money = 10'000_d; }},
        {.check = Check::quote_currency,
         .what = "1_percent_above_par",
         .inside = stable_at(1.0099_price, 1.0101_price),
         .outside = stable_at(1.0099_price, 1.0102_price),
         .plan = [](Plan& plan) { plan.stable_money = 10'000_d; }},
    };
}

} // namespace grekko::test
