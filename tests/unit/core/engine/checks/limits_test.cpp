// covers: core/engine/gate.cpp core/engine/context.cpp core/risk/assess.cpp
#include <gtest/gtest.h>

#include <set>

#include "unit/core/engine/checks/cases.hpp"

namespace grekko::test {
namespace {

Cases every_case() {
    Cases all;
    for (const Cases& some :
         {authority_cases(), form_cases(), market_cases(), order_cases(), exposure_cases(),
          money_cases(), activity_cases(), loss_cases(), score_cases()}) {
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

class CheckAtItsLimit : public ::testing::TestWithParam<Case> {
protected:
    RiskAssessed drive(const std::function<RiskAssessed(Desk&)>& how, CheckSet disabled) {
        const Case& each = GetParam();
        if (each.before) {
            Desk before{plan_of(each, every_check)};
            each.before(before);
            desk_ = std::make_unique<Desk>(plan_of(each, each.aside | disabled), before);
        } else {
            desk_ = std::make_unique<Desk>(plan_of(each, each.aside | disabled));
        }
        return how(*desk_);
    }
    static std::string names(CheckSet set) {
        std::string text;
        for (int i = 1; i <= risk::check_count; ++i) {
            const auto check = static_cast<Check>(i);
            if (risk::has(set, check)) text += std::string(risk::name(check)) + " ";
        }
        return text;
    }

    std::unique_ptr<Desk> desk_;
};

TEST_P(CheckAtItsLimit, LetsPassWhatIsInside) {
    const RiskAssessed seen = drive(GetParam().inside, 0);
    EXPECT_EQ(seen.verdict, Verdict::approved);
    EXPECT_EQ(seen.blocked, 0U) << names(seen.blocked);
    EXPECT_EQ(seen.reduced, 0U) << names(seen.reduced);
    EXPECT_EQ(seen.approved, seen.requested);
    EXPECT_EQ(seen.reason, 0U);
}

TEST_P(CheckAtItsLimit, StopsWhatIsOutside) {
    const Case& each = GetParam();
    const RiskAssessed seen = drive(each.outside, 0);
    if (each.effect == Effect::blocks) {
        EXPECT_EQ(seen.verdict, Verdict::denied);
        EXPECT_EQ(seen.blocked, risk::bit(each.check)) << names(seen.blocked);
        EXPECT_EQ(seen.reason, static_cast<std::uint8_t>(each.check));
        EXPECT_TRUE(seen.approved.is_zero());
        EXPECT_TRUE(desk_->sent_for(seen).is_zero());
        return;
    }
    const Quantity left = each.expected ? each.expected(*desk_, seen) : each.left;
    EXPECT_EQ(seen.verdict, Verdict::approved);
    EXPECT_EQ(seen.blocked, 0U) << names(seen.blocked);
    EXPECT_EQ(seen.reduced, risk::bit(each.check)) << names(seen.reduced);
    EXPECT_EQ(seen.approved, left);
    EXPECT_LT(seen.approved, seen.requested);
    EXPECT_LE(desk_->sent_for(seen), left);
}

TEST_P(CheckAtItsLimit, WouldHaveLetItPassIfItWereOff) {
    const Case& each = GetParam();
    const RiskAssessed seen = drive(each.outside, risk::bit(each.check));
    EXPECT_FALSE(risk::has(seen.blocked | seen.reduced, each.check));
    EXPECT_EQ(seen.verdict, Verdict::approved) << names(seen.blocked) << names(seen.reduced);
    EXPECT_EQ(seen.approved, seen.requested) << names(seen.reduced);
}

INSTANTIATE_TEST_SUITE_P(Rules, CheckAtItsLimit, ::testing::ValuesIn(every_case()),
                         [](const auto& each) {
                             return std::string(risk::name(each.param.check)) + "_" +
                                    each.param.what;
                         });

TEST(CheckAtItsLimit, HasACaseForEachOfThe41Checks) {
    std::set<Check> seen;
    for (const Case& each : every_case())
        seen.insert(each.check);
    EXPECT_EQ(seen.size(), 41U);
    for (int i = 1; i <= 41; ++i) {
        EXPECT_TRUE(seen.contains(static_cast<Check>(i))) << risk::name(static_cast<Check>(i));
    }
}

} // namespace
} // namespace grekko::test
