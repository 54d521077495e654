#include "base/strong_id.hpp"

#include <type_traits>

#include <gtest/gtest.h>

namespace grekko {
namespace {

using OrderLike = StrongId<struct OrderLikeTag, std::uint64_t>;
using AgentLike = StrongId<struct AgentLikeTag, std::uint16_t>;

static_assert(sizeof(AgentLike) == 2 && std::is_trivially_copyable_v<OrderLike>);
static_assert(!std::is_convertible_v<std::uint64_t, OrderLike>);
static_assert(!std::is_convertible_v<OrderLike, AgentLike>);
static_assert(!std::is_constructible_v<OrderLike, AgentLike>);

TEST(StrongId, OrdersByValueAndZeroIsNone) {
    EXPECT_LT(OrderLike{1}, OrderLike{2});
    EXPECT_EQ(OrderLike{7}.value(), 7U);
    EXPECT_TRUE(OrderLike{}.is_none());
    EXPECT_FALSE(static_cast<bool>(OrderLike{}));
    EXPECT_TRUE(static_cast<bool>(AgentLike{3}));
}

} // namespace
} // namespace grekko
