#include "core/agents/settings.hpp"

#include <gtest/gtest.h>

namespace grekko::agents {
namespace {

TEST(Settings, ModesAreTheTableOfTheTradingRules) {
    const auto of = [](Mode mode) { return profile(mode, default_risk_tolerance(mode)); };
    const Profile aggressive = of(Mode::aggressive), balanced = of(Mode::balanced),
                  conservative = of(Mode::conservative);
    EXPECT_EQ(aggressive.trade_risk, 0.01_rate);
    EXPECT_EQ(balanced.trade_risk, 0.00625_rate);
    EXPECT_EQ(conservative.trade_risk, 0.00375_rate);
    EXPECT_EQ(aggressive.gross_exposure, 0.4_rate);
    EXPECT_EQ(balanced.gross_exposure, 0.25_rate);
    EXPECT_EQ(conservative.gross_exposure, 0.15_rate);
    EXPECT_EQ(aggressive.day_loss, 0.02_rate);
    EXPECT_EQ(balanced.day_loss, 0.0125_rate);
    EXPECT_EQ(conservative.day_loss, 0.0075_rate);
    EXPECT_EQ(aggressive.edge, 1.5_rate);
    EXPECT_EQ(balanced.edge, 2_rate);
    EXPECT_EQ(conservative.edge, 3_rate);
    EXPECT_EQ(aggressive.working.urgency, Urgency::normal);
    EXPECT_EQ(balanced.working.on_timeout, OnTimeout::cross);
    EXPECT_EQ(conservative.working.urgency, Urgency::passive);
    EXPECT_EQ(conservative.working.on_timeout, OnTimeout::cancel);
}

TEST(Settings, ToleranceIsHeldBetweenZeroAndOne) {
    EXPECT_EQ(profile(Mode::balanced, 2_rate).trade_risk, 0.0125_rate);
    EXPECT_EQ(profile(Mode::balanced, -1_rate).trade_risk, Rate{});
}

} // namespace
} // namespace grekko::agents
