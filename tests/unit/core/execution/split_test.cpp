#include "core/execution/split.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace grekko::execution {
namespace {

Decimal sum(const std::vector<Decimal>& parts) {
    Decimal total;
    for (const Decimal part : parts)
        total += part;
    return total;
}

TEST(Splitting, GivesTheOddLotToTheLargestRemainderAndTiesToTheLowerAgent) {
    const std::vector<Weight> equal{{AgentId{2}, 1_d}, {AgentId{1}, 1_d}, {AgentId{3}, 1_d}};
    EXPECT_EQ(split_pro_rata(4_d, equal, 1_d), (std::vector{1_d, 2_d, 1_d}));
    const std::vector<Weight> uneven{{AgentId{1}, 1_d}, {AgentId{2}, 2_d}};
    EXPECT_EQ(split_pro_rata(2_d, uneven, 1_d), (std::vector{1_d, 1_d}));
    EXPECT_EQ(split_pro_rata(1_d, uneven, 1_d), (std::vector{0_d, 1_d}));
}

TEST(Splitting, LosesNoDigit) {
    EXPECT_TRUE(rc::check([] {
        std::vector<Weight> weights;
        for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
            weights.push_back({AgentId{static_cast<std::uint16_t>(i)},
                               Decimal::from_raw(*rc::gen::inRange(0, 1'000'000'000))});
        }
        const Decimal amount = Decimal::from_raw(*rc::gen::inRange(0, 2'000'000'000));
        const Decimal step = Decimal::from_raw(*rc::gen::inRange(0, 1'000));
        const auto shares = split_pro_rata(amount, weights, step);
        RC_ASSERT(sum(shares) == amount);
        for (const Decimal share : shares)
            RC_ASSERT(!share.is_negative());
        if (amount.is_positive()) {
            const Decimal money = Decimal::from_raw(*rc::gen::inRange(-999'999'999, 999'999'999));
            RC_ASSERT(sum(split_along(money, shares, amount)) == money);
        }
    }));
}

} // namespace
} // namespace grekko::execution
