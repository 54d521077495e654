// 41: the score, on the size that the other checks left.
#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

// The size of the position alone makes the score.
std::function<void(Plan&)> scored(Rate intercept) {
    return [=](Plan& plan) {
        plan.settings.risk.score.weights = {2_rate};
        plan.settings.risk.score.intercept = intercept;
    };
}
// The largest quantity whose recorded score is still inside `most`.
Decimal largest(Desk& desk, Rate most) {
    std::int64_t low = 1, high = 25'000; // lots
    while (high - low > 1) {
        const std::int64_t middle = (low + high) / 2;
        Desk trial{desk.plan};
        (buy(trial, Decimal::from_units(middle, -2)).score > most ? high : low) = middle;
    }
    return Decimal::from_units(low, -2);
}
} // namespace

Cases score_cases() {
    return {
        // q x (1 - 0.75 (s - 0.40) / 0.35) in lots, above 0.40.
        {.check = Check::score,
         .what = "reduces_above_0_40",
         .effect = Effect::reduces,
         .inside = [](Desk& desk) { return buy(desk, largest(desk, 0.40_rate)); },
         .outside = [](Desk& desk) { return buy(desk, largest(desk, 0.40_rate) + 0.01_d); },
         .plan = scored(-1_rate),
         .expected =
             [](Desk&, const RiskAssessed& seen) {
                 const Decimal over = seen.score.decimal() - 0.40_d;
                 const Decimal share = 1_d - divide(multiply(over, 0.75_d, Rounding::half_even),
                                                    0.35_d, Rounding::half_even);
                 return round_to(
                     Quantity{multiply(seen.requested.decimal(), share, Rounding::half_even)},
                     0.01_quantity, Rounding::toward_zero);
             }},
        {.check = Check::score,
         .what = "blocks_above_0_75",
         .inside =
             [](Desk& desk) {
                 RiskAssessed seen = buy(desk, largest(desk, 0.75_rate));
                 if (seen.reduced == risk::bit(Check::score)) seen.reduced = 0;
                 if (seen.approved.is_positive()) seen.requested = seen.approved;
                 return seen;
             },
         .outside = [](Desk& desk) { return buy(desk, largest(desk, 0.75_rate) + 0.01_d); },
         .plan = scored(0.5_rate)},
    };
}

} // namespace grekko::test
