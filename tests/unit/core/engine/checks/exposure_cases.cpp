// 22-27 and 29: the worst case after the order against the limits of agent, instrument and book.
// What others hold is in the same coin, so that all of it is valued at M exactly.
#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

std::function<void(Desk&)> held(AgentId agent, Decimal quantity) {
    return [=](Desk& desk) { take_position(desk, agent, btc, quantity, 100_price, 99.9_price); };
}
// Agent one holds `held` already and buys `more`.
std::function<RiskAssessed(Desk&)> to(Decimal quantity) {
    return [=](Desk& desk) { return buy(desk, quantity); };
}
constexpr CheckSet quiet = set_of(Check::score, Check::turnover, Check::heat);

Cases of_the_agent() {
    return {
        {.check = Check::agent_gross,
         .what = "50_percent_at_t_1",
         .effect = Effect::reduces,
         .inside = to(500_d),
         .outside = to(500.01_d),
         .left = 100_quantity,
         .aside = quiet | set_of(Check::instrument), // half of N too
         .before = held(one, 400_d)},
        {.check = Check::agent_gross,
         .what = "25_percent_at_t_0_5",
         .effect = Effect::reduces,
         .inside = to(250_d),
         .outside = to(250.01_d),
         .left = 100_quantity,
         .aside = quiet,
         .plan = [](Plan& plan) { plan.tolerance = 0.5_rate; },
         .before = held(one, 150_d)},
        {.check = Check::agent_gross,
         .what = "its_allocation",
         .effect = Effect::reduces,
         .inside = to(100_d),
         .outside = to(100.01_d),
         .left = 100_quantity,
         .plan = [](Plan& plan) { plan.allocation = 10'000_notional; }},
        {.check = Check::heat,
         .what = "4_percent",
         .effect = Effect::reduces,
         .inside =
             [](Desk& desk) {
                 return buy(desk, 250_d, [](Action& action) { action.stop = 84_price; });
             },
         .outside =
             [](Desk& desk) {
                 return buy(desk, 250_d, [](Action& action) { action.stop = 83.99_price; });
             },
         .left = 249.84_quantity,
         .aside = set_of(Check::trade_risk, Check::score)},
    };
}

Cases of_the_book() {
    return {
        {.check = Check::instrument,
         .what = "major_50_percent",
         .effect = Effect::reduces,
         .inside = to(200_d),
         .outside = to(200.01_d),
         .left = 200_quantity,
         .aside = quiet,
         .before = held(two, 300_d)},
        {.check = Check::instrument,
         .what = "other_25_percent",
         .effect = Effect::reduces,
         .inside = to(200_d),
         .outside = to(200.01_d),
         .left = 200_quantity,
         .aside = quiet,
         .plan =
             [](Plan& plan) {
                 plan.universe = [](Universe& all) { all.instruments[1].major = false; };
             },
         .before = held(two, 50_d)},
        {.check = Check::book_gross,
         .what = "80_percent",
         .effect = Effect::reduces,
         .inside = to(200_d),
         .outside = to(200.01_d),
         .left = 200_quantity,
         .aside = quiet | set_of(Check::instrument, Check::virtual_gross, Check::cluster),
         .before = held(two, 600_d)},
        {.check = Check::virtual_gross,
         .what = "75_percent",
         .effect = Effect::reduces,
         .inside = to(150_d),
         .outside = to(150.01_d),
         .left = 150_quantity,
         .aside = quiet | set_of(Check::instrument, Check::cluster),
         .before = held(two, 600_d)},
        {.check = Check::cluster,
         .what = "60_percent",
         .effect = Effect::reduces,
         .inside = to(200_d),
         .outside = to(200.01_d),
         .left = 200_quantity,
         .aside = quiet | set_of(Check::instrument),
         .before = held(two, 400_d)},
        {.check = Check::leverage,
         .what = "all_of_n",
         .effect = Effect::reduces,
         .inside = to(200_d),
         .outside = to(200.01_d),
         .left = 200_quantity,
         .aside = quiet | set_of(Check::instrument, Check::virtual_gross, Check::cluster,
                                 Check::book_gross, Check::balance),
         .before = held(two, 800_d)},
        {.check = Check::leverage,
         .what = "margin_is_off",
         .inside = to(1_d),
         .outside = [](Desk& desk) { return buy(desk, 1_d, {}, sol); },
         .aside = set_of(Check::heat),
         .plan =
             [](Plan& plan) {
                 plan.universe = [](Universe& all) {
                     all.instruments[sol.value()].kind = InstrumentKind::perpetual;
                 };
             }},
        // 4 % of N is 4 000: 250 coins with 16 to the stop; at 16.01 it pays for 249.84.
    };
}

} // namespace

Cases exposure_cases() {
    Cases cases = of_the_agent();
    for (const Case& each : of_the_book())
        cases.push_back(each);
    return cases;
}

} // namespace grekko::test
