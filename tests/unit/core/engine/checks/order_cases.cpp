// 16-19: whether this order is worth its risk.
#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

std::function<RiskAssessed(Desk&)> sized(Decimal quantity, Price stop = 97_price) {
    return [=](Desk& desk) {
        return buy(desk, quantity, [&](Action& action) { action.stop = stop; });
    };
}
std::function<RiskAssessed(Desk&)> takes(Price take) {
    return [=](Desk& desk) { return buy(desk, 1_d, [&](Action& action) { action.take = take; }); };
}
Case edge(std::string what, Mode mode, Price inside, Price outside) {
    return {.check = Check::edge,
            .what = std::move(what),
            .inside = takes(inside),
            .outside = takes(outside),
            .plan = [mode](Plan& plan) {
                plan.mode = mode;
                plan.fee = 0.0009_rate; // with half a spread of 1 bp a round trip costs 20 bp
            }};
}

} // namespace

Cases order_cases() {
    return {
        {.check = Check::order_value,
         .what = "25_percent",
         .inside = sized(250_d),
         .outside = sized(250.01_d)},
        {.check = Check::order_value,
         .what = "absolute_cap",
         .inside = sized(20_d),
         .outside = sized(20.01_d),
         .plan = [](Plan& plan) { plan.settings.risk.order_value_cap = 2'000_notional; }},
        {.check = Check::order_value,
         .what = "no_cap_when_live",
         .inside = [](Desk& desk) { return leave(desk, 5_d); },
         .outside = sized(20_d),
         .plan =
             [](Plan& plan) {
                 plan.settings.money = engine::Money::live;
                 plan.settings.stops.disaster = risk::DisasterMode::off;
             },
         .before = [](Desk& desk) { take_position(desk, one, btc, 10_d, 100_price, 99_price); }},
        // 1.25 % of N at t = 0.5 is 625; 3 to the stop and 20 bp a coin: 625 / 3.20 = 195.3125.
        {.check = Check::trade_risk,
         .what = "1_25_percent",
         .effect = Effect::reduces,
         .inside = sized(195.31_d),
         .outside = sized(195.32_d),
         .left = 195.31_quantity,
         .plan =
             [](Plan& plan) {
                 plan.tolerance = 0.5_rate;
                 plan.fee = 0.0009_rate;
             }},
        {.check = Check::stop_sane,
         .what = "3_spreads",
         .inside = sized(1_d, 99.94_price),
         .outside = sized(1_d, 99.95_price)},
        {.check = Check::stop_sane,
         .what = "20_percent",
         .inside = sized(1_d, 80_price),
         .outside = sized(1_d, 79.99_price)},
        edge("balanced_2_round_trips", Mode::balanced, 100.40_price, 100.39_price),
        edge("aggressive_1_5_round_trips", Mode::aggressive, 100.30_price, 100.29_price),
        edge("conservative_3_round_trips", Mode::conservative, 100.60_price, 100.59_price),
    };
}

} // namespace grekko::test
