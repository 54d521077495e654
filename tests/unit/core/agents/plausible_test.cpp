#include "core/agents/plausible.hpp"

#include <gtest/gtest.h>

namespace grekko::agents {
namespace {

Action target(Decimal amount) {
    Action action;
    action.kind = ActionKind::target;
    action.instrument = InstrumentId{1};
    action.amount = amount;
    action.stop = 95_price;
    return action;
}

TEST(Plausible, TakesWhatAnOrderCanHold) {
    EXPECT_TRUE(plausible(target(2_d), 100_price));
    EXPECT_TRUE(plausible(target(-2_d), 100_price));
    EXPECT_TRUE(plausible(target(0_d), Price{}));
}

TEST(Plausible, RefusesAmountsThatArithmeticCannotBear) {
    EXPECT_FALSE(plausible(target(Decimal::max()), 100_price));
    EXPECT_FALSE(plausible(target(Decimal::min()), 100_price));
    EXPECT_FALSE(plausible(target(100'000'000'000'000_d), 100_price));
    Action stop = target(1_d);
    stop.stop = Price::max();
    EXPECT_FALSE(plausible(stop, 100_price));
}

TEST(Plausible, RefusesWeightsBeyondAThousandTimesTheBook) {
    Action action = target(1'001_d);
    action.sizing = Sizing::weight;
    EXPECT_FALSE(plausible(action, 100_price));
    action.amount = 1_d;
    EXPECT_TRUE(plausible(action, 100_price));
}

TEST(Plausible, RefusesKindsThatDoNotExist) {
    Action action = target(1_d);
    action.kind = static_cast<ActionKind>(200);
    EXPECT_FALSE(plausible(action, 100_price));
    action = target(1_d);
    action.working.algorithm = static_cast<Algorithm>(9);
    EXPECT_FALSE(plausible(action, 100_price));
}

TEST(Plausible, RefusesTimesBeyondTenYears) {
    Action action = target(1_d);
    action.horizon = Duration::days(4'000);
    EXPECT_FALSE(plausible(action, 100_price));
    action.horizon = Duration::hours(1);
    action.at = Instant::from_nanoseconds(-1);
    EXPECT_FALSE(plausible(action, 100_price));
}

} // namespace
} // namespace grekko::agents
