// covers: gate.cpp, assessment.hpp
#include <type_traits>

#include <gtest/gtest.h>

#include "unit/core/risk/scene.hpp"

namespace grekko::risk::tests {
namespace {

// There is no other door: neither the key nor an assessment can be made here.
static_assert(!std::is_default_constructible_v<Approved::Key>);
static_assert(!std::is_constructible_v<Approved, Order>);
static_assert(!std::is_default_constructible_v<Approved>);
static_assert(!std::is_default_constructible_v<Assessment>);
template <class T>
constexpr bool takes_braces = requires(Order order) { T{{}, order}; };
static_assert(!takes_braces<Approved>);

Order fitting(const Scene& scene, const Assessment& assessment) {
    Order order = scene.order(Side::buy, assessment.event().approved, assessment.event().limit);
    order.intent = scene.request.intent;
    return order;
}

TEST(Gate, PassesTheOrderThatWasAssessed) {
    const Scene scene;
    const Assessment assessment = scene.assessed();
    const auto approved = Gate::approve(assessment, fitting(scene, assessment));
    ASSERT_TRUE(approved.has_value());
    EXPECT_EQ(approved->order().quantity, 10_quantity);
}

TEST(Gate, RefusesWhatWasNotApproved) {
    Scene scene;
    scene.conditions.breaker_open = true;
    const Assessment assessment = scene.assessed();
    Order order = fitting(scene, assessment);
    order.quantity = 1_quantity;
    EXPECT_FALSE(Gate::approve(assessment, order).has_value());
}

TEST(Gate, RefusesAnyOtherOrder) {
    const Scene scene;
    const Assessment assessment = scene.assessed();
    void (*changes[])(Order&) = {
        [](Order& o) { o.agent = agent_two; },
        [](Order& o) { o.instrument = eth; },
        [](Order& o) { o.side = Side::sell; },
        [](Order& o) { o.intent = IntentId{1}; },
        [](Order& o) { o.parent = ParentId{1}; },
        [](Order& o) { o.stop = StopId{1}; },
        [](Order& o) { o.venue = VenueId{2}; },
        [](Order& o) { o.purpose = Purpose::mandate; },
        [](Order& o) { o.quantity += 0.01_quantity; },
        [](Order& o) { o.quantity = Quantity{}; },
        [](Order& o) { o.limit += 0.01_price; },
        [](Order& o) { o.limit = Price{}; },
    };
    for (const auto change : changes) {
        Order order = fitting(scene, assessment);
        change(order);
        EXPECT_FALSE(Gate::approve(assessment, order).has_value());
    }
}

TEST(Gate, PassesABetterLimitAndALessQuantity) {
    const Scene scene;
    const Assessment assessment = scene.assessed();
    Order order = fitting(scene, assessment);
    order.limit = 99_price;
    order.quantity = 1_quantity;
    EXPECT_TRUE(Gate::approve(assessment, order).has_value());
}

}  // namespace
}  // namespace grekko::risk::tests
