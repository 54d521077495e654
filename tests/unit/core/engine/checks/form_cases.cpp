// 7-9: the price and size that a venue takes.
#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

std::function<RiskAssessed(Desk&)> limited(Price limit) {
    return [limit](Desk& desk) {
        return buy(desk, 10_d, [&](Action& action) { action.limit = limit; });
    };
}
std::function<RiskAssessed(Desk&)> sized(Decimal quantity) {
    return [quantity](Desk& desk) { return buy(desk, quantity); };
}
std::function<void(Plan&)> listed(void (*with)(Listing&)) {
    return [with](Plan& plan) { plan.listing = with; };
}

} // namespace

Cases form_cases() {
    return {
        {.check = Check::price_form,
         .what = "highest_price",
         .inside = limited(100.05_price),
         .outside = limited(100.06_price),
         .plan = listed([](Listing& l) { l.price_max = 100.05_price; })},
        {.check = Check::price_form,
         .what = "band_up",
         .inside = limited(100.10_price),
         .outside = limited(100.11_price),
         .plan = listed([](Listing& l) { l.band_up = 0.001_rate; })},
        {.check = Check::price_form,
         .what = "band_down",
         .inside = limited(99.50_price),
         .outside = limited(99.49_price),
         .plan = listed([](Listing& l) { l.band_down = 0.005_rate; })},
        {.check = Check::size_form,
         .what = "largest",
         .inside = sized(10_d),
         .outside = sized(10.01_d),
         .plan = listed([](Listing& l) { l.quantity_max = 10_quantity; })},
        {.check = Check::size_form,
         .what = "smallest",
         .inside = sized(0.5_d),
         .outside = sized(0.49_d),
         .plan = listed([](Listing& l) { l.quantity_min = 0.5_quantity; })},
        {.check = Check::notional,
         .what = "two_percent_above_the_minimum",
         .inside = sized(0.51_d),
         .outside = sized(0.5_d),
         .plan = listed([](Listing& l) { l.notional_min = 50_notional; })},
    };
}

} // namespace grekko::test
