#include "runtime/held_effects.hpp"

#include <gtest/gtest.h>

namespace grekko::runtime {
namespace {

const ClientOrderId placed{"placed"}, before{"before"}, after{"after"}, other{"other"};

Effect place(const ClientOrderId& name) {
    PlaceOrder effect;
    effect.order.client_id = name;
    return effect;
}

Effect replace() {
    ReplaceOrder effect;
    effect.client_id = before;
    effect.replacement.client_id = after;
    return effect;
}

template <class About>
Effect about(const ClientOrderId& name) {
    About effect{};
    effect.client_id = name;
    return effect;
}

// One order that is to be placed and one that is to be replaced.
HeldEffects holding() {
    HeldEffects held;
    held.add(place(placed));
    held.add(replace());
    return held;
}

TEST(HeldEffects, KeepsCommitEffectsAndLetsTheRestGoWhileNothingWaits) {
    const HeldEffects held;
    EXPECT_TRUE(held.must_wait(place(placed)));
    EXPECT_TRUE(held.must_wait(replace()));
    EXPECT_FALSE(held.must_wait(about<CancelOrder>(placed)));
    EXPECT_FALSE(held.must_wait(about<QueryOrder>(placed)));
    EXPECT_FALSE(held.must_wait(QuerySnapshot{}));
    EXPECT_FALSE(held.must_wait(SetTimer{}));
    EXPECT_FALSE(held.must_wait(AlertOperator{}));
}

TEST(HeldEffects, ACancelWaitsOnlyForTheNameItGives) {
    const HeldEffects held = holding();
    EXPECT_TRUE(held.must_wait(about<CancelOrder>(placed)));
    EXPECT_TRUE(held.must_wait(about<CancelOrder>(after)));
    EXPECT_FALSE(held.must_wait(about<CancelOrder>(before))); // it rests at the venue
    EXPECT_FALSE(held.must_wait(about<CancelOrder>(other)));
}

TEST(HeldEffects, AQuestionWaitsForWhatItAsksAbout) {
    const HeldEffects held = holding();
    EXPECT_TRUE(held.must_wait(about<QueryOrder>(placed)));
    EXPECT_TRUE(held.must_wait(about<QueryOrder>(after)));
    EXPECT_FALSE(held.must_wait(about<QueryOrder>(before)));
    EXPECT_FALSE(held.must_wait(about<QueryOrder>(other)));
    EXPECT_TRUE(held.must_wait(QuerySnapshot{}));
    EXPECT_FALSE(held.must_wait(SetTimer{}));
}

TEST(HeldEffects, GiveBackAnOrderThatIsCancelledWhileItWaits) {
    HeldEffects held = holding();
    CancelOrder cancel{};
    cancel.client_id = other;
    EXPECT_FALSE(held.withdraw(cancel));
    cancel.client_id = placed;
    const auto report = held.withdraw(cancel);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->kind, ReportKind::cancelled);
    EXPECT_EQ(report->client_id, placed);
    EXPECT_FALSE(held.withdraw(cancel));
    ASSERT_EQ(held.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<ReplaceOrder>(held.all().front()));
}

TEST(HeldEffects, GiveBackAReplaceWhoseOrderIsCancelledAndKnowItsNameUntilTheInstantIsOver) {
    HeldEffects held = holding();
    CancelOrder cancel{};
    cancel.client_id = before;
    const auto report = held.withdraw(cancel);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->kind, ReportKind::replace_rejected);
    EXPECT_EQ(report->client_id, after);
    EXPECT_TRUE(held.never_left(after));
    EXPECT_FALSE(held.never_left(before));
    ASSERT_EQ(held.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<PlaceOrder>(held.all().front()));
    held.clear();
    EXPECT_FALSE(held.never_left(after));
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
