#include "core/consensus/weights.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

namespace grekko::consensus {
namespace {

Elector elector(std::uint16_t agent, std::uint16_t group, Rate weight) {
    return {.agent = AgentId{agent}, .group = group, .weight = weight};
}

std::vector<Elector> random_electors() {
    const int count = *rc::gen::inRange(1, 12);
    std::vector<Elector> electors;
    for (int i = 1; i <= count; ++i) {
        electors.push_back(elector(
            static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(*rc::gen::inRange(1, 6)),
            Rate::from_raw(*rc::gen::inRange<std::int64_t>(1, 4'000'000'000'000'000'000))));
    }
    return electors;
}

std::map<std::uint16_t, Decimal> by_group(const std::vector<Elector>& electors,
                                          const std::vector<Rate>& weights) {
    std::map<std::uint16_t, Decimal> groups;
    for (std::size_t i = 0; i < electors.size(); ++i) {
        groups[electors[i].group] += weights[i].decimal();
    }
    return groups;
}

TEST(Weights, ThreeEqualAgentsHaveAThirdEach) {
    const std::vector<Elector> electors{elector(1, 1, 1_rate), elector(2, 2, 1_rate),
                                        elector(3, 3, 1_rate)};
    for (const Rate weight : shares(electors, 0.40_rate)) {
        EXPECT_EQ(weight, 0.333333333333333333_rate);
    }
}

TEST(Weights, TwoGroupsAreHeldToHalfEach) {
    const std::vector<Elector> electors{elector(1, 1, 4_rate), elector(2, 2, 1_rate)};
    EXPECT_EQ(shares(electors, 0.40_rate), (std::vector<Rate>{0.5_rate, 0.5_rate}));
}

TEST(Weights, ExcessOfACappedGroupGoesToTheOthersInProportion) {
    const std::vector<Elector> electors{elector(1, 1, 8_rate), elector(2, 2, 2_rate),
                                        elector(3, 3, 1_rate)};
    // 8 of 11 is cut to 0.4; 0.6 is shared 2 : 1, which meets the cap exactly.
    EXPECT_EQ(shares(electors, 0.40_rate), (std::vector<Rate>{0.4_rate, 0.4_rate, 0.2_rate}));
}

TEST(Weights, RedistributionRepeatsUntilNoGroupIsAbove) {
    const std::vector<Elector> electors{elector(1, 1, 80_rate), elector(2, 2, 16_rate),
                                        elector(3, 3, 3_rate), elector(4, 4, 1_rate)};
    EXPECT_EQ(shares(electors, 0.40_rate),
              (std::vector<Rate>{0.4_rate, 0.4_rate, 0.15_rate, 0.05_rate}));
}

TEST(Weights, AGroupWeighsAsMuchAsItsHeaviestMember) {
    const std::vector<Elector> electors{elector(1, 1, 1_rate), elector(2, 1, 3_rate),
                                        elector(3, 2, 3_rate), elector(4, 3, 3_rate)};
    const std::vector<Rate> weights = shares(electors, 0.40_rate);
    EXPECT_EQ(weights[0] + weights[1], weights[2]);
    EXPECT_LE((weights[0] * 3 - weights[1]).abs(), Rate::from_raw(4));
}

TEST(Weights, NobodyHasNothing) {
    EXPECT_TRUE(shares({}, 0.40_rate).empty());
    EXPECT_EQ(count_groups({}), 0);
    EXPECT_EQ(count_groups(std::vector{elector(1, 1, Rate{}), elector(2, 2, 1_rate)}), 1);
}

TEST(Weights, NoGroupIsAboveTheCapAndTheSumIsOne) {
    EXPECT_TRUE(rc::check([] {
        const std::vector<Elector> electors = random_electors();
        const auto groups = by_group(electors, shares(electors, 0.40_rate));
        const Decimal even = divide(1_d, Decimal::whole(static_cast<std::int64_t>(groups.size())),
                                    Rounding::ceiling);
        Decimal sum;
        for (const auto& [group, share] : groups) {
            RC_ASSERT(share <= std::max(0.40_d, even));
            sum += share;
        }
        RC_ASSERT((sum - 1_d).abs() <= Decimal::from_raw(20));
    }));
}

TEST(Weights, OrderOfElectorsDoesNotMatter) {
    EXPECT_TRUE(rc::check([] {
        std::vector<Elector> electors = random_electors();
        const std::vector<Rate> before = shares(electors, 0.40_rate);
        std::map<AgentId, Rate> expected;
        for (std::size_t i = 0; i < electors.size(); ++i)
            expected[electors[i].agent] = before[i];
        const auto turn = *rc::gen::inRange<std::size_t>(0, electors.size());
        std::ranges::rotate(electors, electors.begin() + static_cast<std::ptrdiff_t>(turn));
        const std::vector<Rate> after = shares(electors, 0.40_rate);
        for (std::size_t i = 0; i < electors.size(); ++i) {
            RC_ASSERT(after[i] == expected[electors[i].agent]);
        }
    }));
}

TEST(Weights, CopiesOfAnAgentAddNothing) {
    EXPECT_TRUE(rc::check([] {
        std::vector<Elector> electors = random_electors();
        for (std::size_t i = 0; i < electors.size(); ++i) { // all alone
            electors[i].group = static_cast<std::uint16_t>(i + 1);
        }
        const auto before = by_group(electors, shares(electors, 0.40_rate));
        const auto copied = *rc::gen::inRange<std::size_t>(0, electors.size());
        for (std::uint16_t i = 0; i < *rc::gen::inRange<std::uint16_t>(1, 8); ++i) {
            Elector copy = electors[copied];
            copy.agent = AgentId{static_cast<std::uint16_t>(100 + i)};
            electors.push_back(copy);
        }
        RC_ASSERT(by_group(electors, shares(electors, 0.40_rate)) == before);
    }));
}

} // namespace
} // namespace grekko::consensus
