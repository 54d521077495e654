#include "domain/approved.hpp"

#include <type_traits>

#include <gtest/gtest.h>

namespace grekko::risk {

// The production Gate lives in core/risk; this one stands in its place in this program alone.
class Gate {
public:
    static Approved approve(const Order& order) { return {Approved::Key{}, order}; }
};

} // namespace grekko::risk

namespace grekko {
namespace {

TEST(Approved, IsMadeByTheGateAlone) {
    static_assert(!std::is_default_constructible_v<Approved>);
    static_assert(!std::is_constructible_v<Approved, Order>);
    static_assert(!std::is_convertible_v<Order, Approved>);
    static_assert(!std::is_default_constructible_v<Approved::Key>);
    static_assert(!std::is_aggregate_v<Approved::Key>);
    Order order;
    order.quantity = 2_quantity;
    EXPECT_EQ(risk::Gate::approve(order).order().quantity, 2_quantity);
}

TEST(Approved, LetsNobodyChangeTheOrderAfterwards) {
    using Held = decltype(std::declval<Approved&>().order());
    static_assert(std::is_same_v<Held, const Order&>);
}

} // namespace
} // namespace grekko
