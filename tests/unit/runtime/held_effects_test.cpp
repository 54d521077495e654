#include "runtime/held_effects.hpp"

#include <gtest/gtest.h>

namespace grekko::runtime {
namespace {

constexpr OrderId placed{7}, replaced{8}, other{9};

Effect place(OrderId id) {
    PlaceOrder effect;
    effect.order.id = id;
    return effect;
}

template <class About>
Effect about(OrderId id) {
    About effect{};
    effect.id = id;
    return effect;
}

// One order that is to be placed and one that is to be replaced.
HeldEffects holding() {
    HeldEffects held;
    held.add(place(placed));
    held.add(about<ReplaceOrder>(replaced));
    return held;
}

TEST(HeldEffects, KeepsCommitEffectsAndLetsTheRestGoWhileNothingWaits) {
    const HeldEffects held;
    EXPECT_TRUE(held.must_wait(place(placed)));
    EXPECT_TRUE(held.must_wait(about<ReplaceOrder>(replaced)));
    EXPECT_FALSE(held.must_wait(about<CancelOrder>(placed)));
    EXPECT_FALSE(held.must_wait(about<QueryOrder>(placed)));
    EXPECT_FALSE(held.must_wait(QuerySnapshot{}));
    EXPECT_FALSE(held.must_wait(SetTimer{}));
    EXPECT_FALSE(held.must_wait(AlertOperator{}));
}

TEST(HeldEffects, ACancelWaitsForNothingButThePlacingOfItsOwnOrder) {
    const HeldEffects held = holding();
    EXPECT_TRUE(held.must_wait(about<CancelOrder>(placed)));
    EXPECT_FALSE(held.must_wait(about<CancelOrder>(replaced))); // it rests at the venue
    EXPECT_FALSE(held.must_wait(about<CancelOrder>(other)));
}

TEST(HeldEffects, AQuestionWaitsForWhatItAsksAbout) {
    const HeldEffects held = holding();
    EXPECT_TRUE(held.must_wait(about<QueryOrder>(placed)));
    EXPECT_TRUE(held.must_wait(about<QueryOrder>(replaced)));
    EXPECT_FALSE(held.must_wait(about<QueryOrder>(other)));
    EXPECT_TRUE(held.must_wait(QuerySnapshot{}));
    EXPECT_FALSE(held.must_wait(SetTimer{}));
}

TEST(HeldEffects, KeepsTheOrderInWhichTheyCame) {
    HeldEffects held = holding();
    held.add(about<CancelOrder>(placed));
    ASSERT_EQ(held.size(), 3U);
    EXPECT_TRUE(std::holds_alternative<PlaceOrder>(held.all().front()));
    EXPECT_TRUE(std::holds_alternative<CancelOrder>(held.all().back()));
    held.clear();
    EXPECT_TRUE(held.empty());
}

} // namespace
} // namespace grekko::runtime
